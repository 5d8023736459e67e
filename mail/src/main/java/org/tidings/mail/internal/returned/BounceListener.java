package org.tidings.mail.internal.returned;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes mail for the bounce domain, and for nothing else (RFC 5321, the minimum of section 4.5.1 with SIZE and 8BITMIME). Our own and
 * small, since it needs one recipient, no relaying and hard limits, and a library would bring a second mail stack into the WAR.
 *
 * <p>A mail is acknowledged only after it was stored; if storing fails, the other side keeps it and tries again. Connections, lines,
 * commands, recipients, bytes and time are bounded.
 */
public final class BounceListener implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(BounceListener.class.getName());
    private static final int COMMANDS_AT_MOST = 200;
    private static final int LINE_BYTES_AT_MOST = 2_048;
    private static final int MAIL_BYTES_AT_MOST = 5 * 1024 * 1024;
    /** Larger mails take turns, so that forty of them together cannot fill the memory. */
    private static final int LIGHT_BYTES_AT_MOST = 256 * 1024;

    private static final int HEAVY_AT_ONCE = 3;
    private static final String ENOUGH = "452 4.3.1 enough for now, try again later";
    private static final Pattern SIZE = Pattern.compile("(?i).* SIZE=(\\d{1,18})(?: .*)?");
    private static final Pattern RCPT = Pattern.compile("(?i)RCPT TO: ?<([^<>\\s]{3,320})>.*");

    /** Stores a mail; what it throws is answered with 451, or 452 where it is {@link TooMuch}. */
    @FunctionalInterface
    public interface Keeper {
        void keep(String envelopeRecipient, byte[] raw);
    }

    /** Whether mail to an envelope recipient is taken. */
    public enum Admission {
        WELCOME,
        /** Not for here, now or later. */
        FOREIGN,
        /** Ours, and too many came lately: the other side keeps it and tries again. */
        NOT_NOW
    }

    /** More than is taken in so short a time; nothing was stored. */
    public static final class TooMuch extends RuntimeException {
        public TooMuch() {
            super("more returned mail than is taken in an hour");
        }
    }

    /**
     * How much of everything.
     *
     * @param connections at once
     * @param connectionsOfOne at once from one address; in IPv6 from one network of 64 bits, which is what one customer has
     * @param idleMillis longest wait for the next byte, and for the whole of a command; twice that for a mail to begin
     * @param sessionMillis longest connection, however busy
     */
    public record Limits(int connections, int connectionsOfOne, int idleMillis, long sessionMillis) {
        public static final Limits USUAL = new Limits(40, 8, 60_000, 600_000);
    }

    private final ServerSocket listener;
    private final Limits limits;
    private final ThreadFactory threads;
    private final String hostName;
    private final Function<String, Admission> accepts;
    private final Keeper keeper;
    private final Semaphore heavy = new Semaphore(HEAVY_AT_ONCE);
    private final Set<Socket> open = new HashSet<>();

    /**
     * Begins to listen.
     *
     * @param address where; port 0 for any
     * @param hostName what it calls itself
     * @param accepts which envelope recipients are ours
     * @param threads for the listener and one for each connection
     */
    public BounceListener(
            InetSocketAddress address,
            String hostName,
            Function<String, Admission> accepts,
            Keeper keeper,
            Limits limits,
            ThreadFactory threads) {
        this.hostName = hostName;
        this.accepts = accepts;
        this.keeper = keeper;
        this.limits = limits;
        this.threads = threads;
        try {
            listener = new ServerSocket();
            listener.setReuseAddress(true);
            listener.bind(address, limits.connections());
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot listen for returned mail on port " + address.getPort(), refused);
        }
        start(this::listen);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Stops listening and hangs up: what was not acknowledged comes again. */
    @Override
    public void close() {
        try {
            listener.close();
            synchronized (open) {
                for (Socket socket : open) {
                    socket.close();
                }
            }
        } catch (IOException ignored) {
            LOG.log(Level.FINE, "closing the listener for returned mail", ignored);
        }
    }

    private void listen() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                if (admitted(socket)) {
                    start(() -> serve(socket));
                } else {
                    try (socket) {
                        socket.getOutputStream()
                                .write("421 4.3.2 too many connections\r\n".getBytes(StandardCharsets.US_ASCII));
                    }
                }
            } catch (IOException closedOrRefused) {
                LOG.log(Level.FINE, "accepting a connection for returned mail", closedOrRefused);
            }
        }
    }

    private boolean admitted(Socket socket) {
        synchronized (open) {
            String place = place(socket.getInetAddress());
            long ofThisOne = open.stream()
                    .filter(other -> place(other.getInetAddress()).equals(place))
                    .count();
            return open.size() < limits.connections() && ofThisOne < limits.connectionsOfOne() && open.add(socket);
        }
    }

    /** Who is behind an address: of IPv6 the first 64 bits, since the others cost nothing. */
    static String place(@Nullable InetAddress address) {
        if (address == null) {
            return "";
        }
        byte[] bytes = address.getAddress();
        return HexFormat.of().formatHex(bytes, 0, bytes.length == 16 ? 8 : bytes.length);
    }

    private void start(Runnable work) {
        Thread thread = threads.newThread(work);
        thread.setName("tidings-returned-smtp");
        thread.start();
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setSoTimeout(limits.idleMillis());
            socket.setTcpNoDelay(true);
            new Session(
                            new BufferedInputStream(socket.getInputStream(), 16_384),
                            new BufferedOutputStream(socket.getOutputStream(), 1_024))
                    .talk();
        } catch (IOException broken) {
            LOG.log(Level.FINE, "a connection with returned mail broke", broken);
        } finally {
            synchronized (open) {
                open.remove(socket);
            }
        }
    }

    private final class Session {
        private final InputStream in;
        private final OutputStream out;
        private final long until = System.nanoTime() + limits.sessionMillis() * 1_000_000;
        /** Who does not come to a mail must not keep the place of somebody who does. */
        private long mailBeginsUntil = System.nanoTime() + 2L * limits.idleMillis() * 1_000_000L;

        private boolean sender;
        private @Nullable String recipient;

        Session(InputStream in, OutputStream out) {
            this.in = in;
            this.out = out;
        }

        void talk() throws IOException {
            reply("220 " + hostName + " ESMTP returned mail only");
            for (int i = 0; i < COMMANDS_AT_MOST && isInTime(); i++) {
                String line = readLine();
                if (line == null) {
                    return;
                }
                String verb = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
                switch (verb) {
                    case "EHLO" ->
                        reply("250-" + hostName + "\r\n250-SIZE " + MAIL_BYTES_AT_MOST
                                + "\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SMTPUTF8");
                    case "HELO" -> reply("250 " + hostName);
                    case "MAIL" -> reply(begin(line));
                    case "RCPT" -> reply(take(line));
                    case "DATA" -> data();
                    case "RSET" -> {
                        sender = false;
                        recipient = null;
                        reply("250 2.0.0 ok");
                    }
                    case "NOOP" -> reply("250 2.0.0 ok");
                    case "VRFY" -> reply("252 2.5.0 send some mail and see");
                    case "QUIT" -> {
                        reply("221 2.0.0 bye");
                        return;
                    }
                    default -> reply("500 5.5.2 unknown command");
                }
            }
            reply("421 4.7.0 enough for one connection");
        }

        private boolean isInTime() {
            long now = System.nanoTime();
            return now - until < 0 && now - mailBeginsUntil < 0;
        }

        private String begin(String line) {
            Matcher size = SIZE.matcher(line);
            recipient = null;
            sender = !size.matches() || Long.parseLong(size.group(1)) <= MAIL_BYTES_AT_MOST;
            return sender ? "250 2.1.0 ok" : "552 5.3.4 too large";
        }

        private String take(String line) {
            Matcher matcher = RCPT.matcher(line);
            if (!sender) {
                return "503 5.5.1 MAIL first";
            }
            if (!matcher.matches()) {
                return "501 5.1.3 no address";
            }
            Admission admission = accepts.apply(matcher.group(1));
            if (admission != Admission.WELCOME) {
                return admission == Admission.FOREIGN ? "550 5.7.1 not for here" : ENOUGH;
            }
            if (recipient != null) {
                return "452 4.5.3 one recipient at a time";
            }
            recipient = matcher.group(1);
            return "250 2.1.5 ok";
        }

        private void data() throws IOException {
            String to = recipient;
            if (to == null) {
                reply("503 5.5.1 RCPT first");
                return;
            }
            reply("354 go on");
            sender = false;
            recipient = null;
            Mail mail = new Mail();
            try {
                readMail(mail);
                reply(outcome(to, mail));
            } finally {
                mail.done();
                mailBeginsUntil = System.nanoTime() + 2L * limits.idleMillis() * 1_000_000L;
            }
        }

        private String outcome(String to, Mail mail) {
            if (mail.tooLarge) {
                return "552 5.3.4 too large";
            }
            if (mail.tooMany) {
                return "452 4.3.1 too many large mails at once, try again";
            }
            try {
                keeper.keep(to, mail.bytes.toByteArray());
                return "250 2.0.0 stored";
            } catch (TooMuch notStored) {
                return ENOUGH;
            } catch (RuntimeException notStored) {
                LOG.log(Level.WARNING, "a returned mail could not be stored; the other side keeps it", notStored);
                return "451 4.3.0 not stored, try again";
            }
        }

        private void reply(String text) throws IOException {
            out.write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }

        private @Nullable String readLine() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream(80);
            long lineUntil = System.nanoTime() + limits.idleMillis() * 1_000_000L;
            while (true) {
                int b = in.read();
                boolean late = System.nanoTime() - lineUntil > 0 || !isInTime();
                if (b < 0 || late || line.size() > LINE_BYTES_AT_MOST) {
                    return null;
                }
                if (b == '\n') {
                    return line.toString(StandardCharsets.UTF_8).stripTrailing();
                }
                line.write(b);
            }
        }

        /** Reads to the line with one dot, also what is too large; only CRLF ends it, so that no bare LF smuggles a second mail in. */
        private void readMail(Mail mail) throws IOException {
            long size = 0;
            int matched = 2;
            // How much of CR LF . CR LF was seen; a mail may begin with the dot.
            while (true) {
                int b = in.read();
                if (b < 0 || System.nanoTime() - until > 0 || size > 20L * MAIL_BYTES_AT_MOST) {
                    throw new IOException("the mail broke off");
                }
                size++;
                if (matched == 2 && b == '.') {
                    matched = 3;
                    continue;
                }
                if (matched == 3 && b != '\r') {
                    // A dot that was doubled, or one that is alone on the way: the first is not part of the mail.
                    matched = 0;
                } else if (matched == 4 && b != '\n') {
                    mail.append('\r');
                    matched = 0;
                }
                if (matched == 3) {
                    matched = 4;
                    continue;
                }
                if (matched == 4) {
                    return;
                }
                mail.append(b);
                matched = b == '\r' ? 1 : b == '\n' && matched == 1 ? 2 : 0;
            }
        }
    }

    /** A mail while it comes in; lets go of what is too large. */
    private final class Mail {
        private ByteArrayOutputStream bytes = new ByteArrayOutputStream(8_192);
        private boolean tooLarge;
        private boolean tooMany;
        private boolean isHeavy;

        void append(int b) {
            if (tooLarge || tooMany) {
                return;
            }
            if (!isHeavy && bytes.size() >= LIGHT_BYTES_AT_MOST) {
                isHeavy = heavy.tryAcquire();
                tooMany = !isHeavy;
            }
            tooLarge = bytes.size() >= MAIL_BYTES_AT_MOST;
            if (tooLarge || tooMany) {
                bytes = new ByteArrayOutputStream(0);
            } else {
                bytes.write(b);
            }
        }

        void done() {
            if (isHeavy) {
                isHeavy = false;
                heavy.release();
            }
        }
    }
}
