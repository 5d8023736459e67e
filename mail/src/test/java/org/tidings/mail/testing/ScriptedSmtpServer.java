package org.tidings.mail.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A mail server that says what a test wants, offers what a test wants, and sees what comes ahead of its replies. Quick: made for
 * many thousands of mails.
 */
public final class ScriptedSmtpServer implements AutoCloseable {

    /** A reply that is none: the connection is closed. */
    public static final String HANG_UP = "";

    /**
     * A mail as it came.
     *
     * @param source as sent, without the dot stuffing
     * @param dataNanos when DATA was read, by {@link System#nanoTime}
     * @param secured whether it came by TLS
     * @param user who had signed in, or empty
     */
    public record Mail(String from, String to, byte[] source, long dataNanos, boolean secured, String user) {

        public String text() {
            return new String(source, StandardCharsets.ISO_8859_1);
        }

        /** The unfolded value of the first header of that name. */
        public String header(String name) {
            String head = text();
            String unfolded = head.substring(0, head.indexOf("\r\n\r\n")).replaceAll("\r\n([ \t])", "$1");
            for (String line : unfolded.split("\r\n", -1)) {
                if (line.regionMatches(true, 0, name + ":", 0, name.length() + 1)) {
                    return line.substring(name.length() + 1).strip();
                }
            }
            return "";
        }
    }

    private final ServerSocket server;
    private final List<Mail> mails = new ArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger ahead = new AtomicInteger();

    private volatile List<String> extensions = List.of("8BITMIME", "PIPELINING");
    private volatile @Nullable SSLContext tls;
    private volatile Optional<String> credentials = Optional.empty();
    private volatile Function<String, @Nullable String> onRecipient = recipient -> null;
    private volatile Function<Mail, @Nullable String> onContent = mail -> null;
    private volatile long contentPauseMillis;
    private volatile boolean keepsMails = true;
    private volatile boolean keepsCommands;
    private volatile boolean asleep;
    private volatile BiConsumer<String, Long> begun = (to, at) -> {};
    private volatile Consumer<Mail> listener = mail -> {};

    private ScriptedSmtpServer() throws IOException {
        server = new ServerSocket(0, 300, InetAddress.getLoopbackAddress());
        Thread acceptor = new Thread(this::accept, "scripted-smtp");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    public static ScriptedSmtpServer started() {
        try {
            return new ScriptedSmtpServer();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What EHLO lists besides STARTTLS and AUTH, which come by {@link #secureBy} and {@link #require}. */
    public ScriptedSmtpServer offer(String... offered) {
        extensions = List.of(offered);
        return this;
    }

    /** Offers STARTTLS. */
    public ScriptedSmtpServer secureBy(SSLContext context) {
        tls = context;
        return this;
    }

    /** Wants AUTH PLAIN before anything else; after STARTTLS where that is offered. */
    public ScriptedSmtpServer require(String user, String secret) {
        credentials = Optional.of("\0" + user + "\0" + secret);
        return this;
    }

    /** Says what RCPT is answered, null for 250. */
    public ScriptedSmtpServer onRecipient(Function<String, @Nullable String> answer) {
        onRecipient = answer;
        return this;
    }

    /** Says what the content is answered, null for 250. A mail refused is not kept; one hung up on is. */
    public ScriptedSmtpServer onContent(Function<Mail, @Nullable String> answer) {
        onContent = answer;
        return this;
    }

    /** Takes so long over every content. */
    public ScriptedSmtpServer pauseAtContent(long millis) {
        contentPauseMillis = millis;
        return this;
    }

    /** Tells of each mail that was taken, on the connection's thread, and keeps none of them. */
    public ScriptedSmtpServer tell(Consumer<Mail> told) {
        listener = told;
        keepsMails = false;
        return this;
    }

    /** Tells of each content whose first line was read, for whom and when by {@link System#nanoTime}; not of one that was announced only. */
    public ScriptedSmtpServer tellBegun(BiConsumer<String, Long> told) {
        begun = told;
        return this;
    }

    /** Reads nothing of any content, and keeps the connection. */
    public ScriptedSmtpServer sleepAtContent() {
        asleep = true;
        return this;
    }

    /** Keeps the commands, see {@link #commands}. */
    public ScriptedSmtpServer keepCommands() {
        keepsCommands = true;
        return this;
    }

    public int port() {
        return server.getLocalPort();
    }

    public List<Mail> mails() {
        synchronized (mails) {
            return List.copyOf(mails);
        }
    }

    /** Commands in the order in which they were read, without what is secret. */
    public List<String> commands() {
        return List.copyOf(commands);
    }

    /** Contents that were answered with 250. */
    public int accepted() {
        return accepted.get();
    }

    /** Connections taken so far. */
    public int connections() {
        return connections.get();
    }

    /** Contents behind which the next commands lay before they were answered. */
    public int announcedAhead() {
        return ahead.get();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.incrementAndGet();
                open.add(socket);
                Thread thread = new Thread(() -> serve(socket), "scripted-smtp-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            new Conversation(socket).hold();
        } catch (IOException e) {
            // the other side is gone
        } finally {
            open.remove(socket);
        }
    }

    private final class Conversation {
        private final Socket plain;
        private InputStream in;
        private OutputStream out;
        private boolean secured;
        private String user = "";
        private String from = "";
        private String to = "";

        Conversation(Socket socket) throws IOException {
            plain = socket;
            in = new BufferedInputStream(socket.getInputStream(), 65_536);
            out = socket.getOutputStream();
        }

        void hold() throws IOException {
            say("220 scripted ESMTP");
            boolean more = true;
            while (more) {
                String line = line();
                if (keepsCommands) {
                    commands.add(line.startsWith("AUTH") ? "AUTH" : line);
                }
                more = handle(line);
            }
        }

        private boolean handle(String line) throws IOException {
            String verb = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
            switch (verb) {
                case "EHLO" -> greet();
                case "STARTTLS" -> secure();
                case "AUTH" -> signIn(line);
                case "MAIL" -> {
                    if (credentials.isPresent() && user.isEmpty()) {
                        say("530 5.7.0 Authentication required");
                    } else {
                        from = address(line);
                        to = "";
                        say("250 2.1.0 Ok");
                    }
                }
                case "RCPT" -> {
                    String refusal = from.isEmpty() ? "503 5.5.1 MAIL first" : onRecipient.apply(address(line));
                    if (refusal == null) {
                        to = address(line);
                    }
                    if (HANG_UP.equals(refusal)) {
                        return false;
                    }
                    say(refusal == null ? "250 2.1.5 Ok" : refusal);
                    if (refusal != null && refusal.startsWith("421")) {
                        return false; // RFC 5321 section 3.8: without waiting for what the client sends
                    }
                }
                case "DATA" -> {
                    return to.isEmpty() ? say("554 5.5.1 no valid recipients") : content(System.nanoTime());
                }
                case "RSET" -> {
                    from = "";
                    to = "";
                    say("250 2.0.0 Ok");
                }
                case "QUIT" -> {
                    say("221 2.0.0 Bye");
                    return false;
                }
                default -> say("500 5.5.1 unknown");
            }
            return true;
        }

        private void greet() throws IOException {
            StringBuilder lines = new StringBuilder("250-scripted\r\n");
            if (tls != null && !secured) {
                lines.append("250-STARTTLS\r\n");
            }
            if (credentials.isPresent() && (tls == null || secured)) {
                lines.append("250-AUTH PLAIN\r\n");
            }
            extensions.forEach(
                    extension -> lines.append("250-").append(extension).append("\r\n"));
            say(lines + "250 HELP");
        }

        private void secure() throws IOException {
            SSLContext context = tls;
            if (context == null) {
                say("502 5.5.1 not offered");
                return;
            }
            say("220 2.0.0 go on");
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, null, plain.getPort(), true);
            socket.setUseClientMode(false);
            socket.startHandshake();
            in = new BufferedInputStream(socket.getInputStream(), 65_536);
            out = socket.getOutputStream();
            secured = true;
        }

        private void signIn(String line) throws IOException {
            String given = line.substring(line.lastIndexOf(' ') + 1);
            if (given.equalsIgnoreCase("PLAIN")) {
                say("334 ");
                given = line();
            }
            String told = new String(Base64.getDecoder().decode(given), StandardCharsets.UTF_8);
            if (credentials.filter(told.substring(told.indexOf('\0'))::equals).isPresent()) {
                user = told.split("\0", -1)[1];
                say("235 2.7.0 welcome");
            } else {
                say("535 5.7.8 no");
            }
        }

        private boolean content(long dataNanos) throws IOException {
            say("354 go on");
            if (asleep) {
                awaitEnd();
                return false;
            }
            ByteArrayOutputStream source = new ByteArrayOutputStream(32_768);
            while (true) {
                byte[] line = bytes();
                if (source.size() == 0) {
                    begun.accept(to, System.nanoTime());
                }
                if (line.length == 3 && line[0] == '.') {
                    break;
                }
                boolean stuffed = line.length > 0 && line[0] == '.';
                source.write(line, stuffed ? 1 : 0, line.length - (stuffed ? 1 : 0));
            }
            Mail mail = new Mail(from, to, source.toByteArray(), dataNanos, secured, user);
            from = "";
            to = "";
            pause();
            if (in.available() > 0) {
                ahead.incrementAndGet();
            }
            String answer = onContent.apply(mail);
            if (answer == null || answer.equals(HANG_UP)) {
                listener.accept(mail);
                if (keepsMails) {
                    synchronized (mails) {
                        mails.add(mail);
                    }
                }
            }
            if (HANG_UP.equals(answer)) {
                return false;
            }
            if (answer == null) {
                accepted.incrementAndGet();
            }
            return say(answer == null ? "250 2.0.0 Ok: queued as " + mail.source().length : answer);
        }

        private void awaitEnd() {
            while (!server.isClosed()) {
                LockSupport.parkNanos(50_000_000L);
            }
        }

        private void pause() {
            if (contentPauseMillis > 0) {
                try {
                    Thread.sleep(contentPauseMillis);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        private boolean say(String reply) throws IOException {
            out.write((reply + "\r\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
            return true;
        }

        private String line() throws IOException {
            return new String(bytes(), StandardCharsets.UTF_8).strip();
        }

        private byte[] bytes() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream(100);
            int octet;
            do {
                octet = in.read();
                if (octet < 0) {
                    throw new IOException("gone");
                }
                line.write(octet);
            } while (octet != '\n');
            return line.toByteArray();
        }

        private static String address(String line) {
            return line.substring(line.indexOf('<') + 1, line.indexOf('>'));
        }
    }
}
