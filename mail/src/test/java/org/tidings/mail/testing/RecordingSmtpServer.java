package org.tidings.mail.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;

/**
 * A mail server on a free loopback port that keeps what it is given and refuses what it is told to refuse.
 */
public final class RecordingSmtpServer implements AutoCloseable {

    /**
     * A mail as it came.
     *
     * @param source without the dot stuffing, CRLF line ends
     */
    public record Mail(String from, String to, byte[] source) {

        /** The bytes as ISO 8859-1 text: headers and 7-bit bodies read as they are. */
        public String text() {
            return new String(source, StandardCharsets.ISO_8859_1);
        }

        /** The unfolded value of a header, the first of that name. */
        public Optional<String> header(String name) {
            String head = text();
            int end = head.indexOf("\r\n\r\n");
            String unfolded = (end < 0 ? head : head.substring(0, end)).replaceAll("\r\n([ \t])", "$1");
            for (String line : unfolded.split("\r\n", -1)) {
                int colon = line.indexOf(':');
                if (colon > 0 && line.substring(0, colon).equalsIgnoreCase(name)) {
                    return Optional.of(line.substring(colon + 1).strip());
                }
            }
            return Optional.empty();
        }
    }

    private record Refusal(int code, String text) {}

    private final List<Mail> mails = new CopyOnWriteArrayList<>();
    private final Map<String, Refusal> refusals = new ConcurrentHashMap<>();
    private volatile @Nullable Refusal refusalOfAll;
    private volatile boolean dropAfterData;
    private volatile long delayMillis;
    private @Nullable SMTPServer server;
    private int port;

    private RecordingSmtpServer() {}

    /** Runs at once. */
    public static RecordingSmtpServer started() {
        RecordingSmtpServer recording = new RecordingSmtpServer();
        recording.start();
        return recording;
    }

    /** Comes (back) up, on the same port as before. */
    public synchronized void start() {
        if (server != null) {
            return;
        }
        SMTPServer started = SMTPServer.port(port)
                .bindAddress(InetAddress.getLoopbackAddress())
                .insertReceivedHeaders(false)
                .maxConnections(200)
                .messageHandlerFactory(Handler::new)
                .build();
        started.start();
        port = started.getPortAllocated();
        server = started;
    }

    /** Goes down: connections are refused until {@link #start}. */
    public synchronized void stop() {
        SMTPServer running = server;
        if (running != null) {
            running.stop();
            server = null;
        }
    }

    @Override
    public void close() {
        stop();
    }

    public int port() {
        return port;
    }

    /** For {@code tidings.smtp.url}. */
    public String url() {
        return "smtp://127.0.0.1:" + port + "?tls=none";
    }

    /** Answers RCPT for the address with this reply, for example {@code 550}, {@code 5.1.1 no such user}. */
    public void refuse(String address, int code, String text) {
        refusals.put(address, new Refusal(code, text));
    }

    /** Answers every RCPT with this reply. */
    public void refuseAll(int code, String text) {
        refusalOfAll = new Refusal(code, text);
    }

    /** Accepts everybody again. */
    public void acceptAll() {
        refusals.clear();
        refusalOfAll = null;
        dropAfterData = false;
        delayMillis = 0;
    }

    /** Takes the mail and closes the connection without a reply: the sender cannot know. */
    public void dropConnectionsAfterData(boolean drop) {
        dropAfterData = drop;
    }

    /** Takes this long for every mail. */
    public void delayEveryMail(long millis) {
        delayMillis = millis;
    }

    /** In the order in which they were accepted. */
    public List<Mail> mails() {
        return List.copyOf(mails);
    }

    public List<Mail> mailsTo(String address) {
        return mails.stream().filter(m -> m.to().equals(address)).toList();
    }

    public void clear() {
        mails.clear();
    }

    /** Waits up to 20 seconds until so many mails have come. */
    public List<Mail> await(int count) {
        waitUntil(() -> mails.size() >= count, count + " mails");
        return mails();
    }

    private void waitUntil(BooleanSupplier condition, String what) {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited 20 s for " + what + ", there are " + mails.size());
            }
            pause(10);
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private final class Handler implements MessageHandler {
        private final MessageContext context;
        private String from = "";
        private String to = "";

        Handler(MessageContext context) {
            this.context = context;
        }

        @Override
        public void from(String sender) {
            from = sender;
        }

        @Override
        public void recipient(String recipient) throws RejectException {
            Refusal refusal = refusals.getOrDefault(recipient, refusalOfAll);
            if (refusal != null) {
                throw new RejectException(refusal.code(), refusal.text());
            }
            to = recipient;
        }

        @Override
        public @Nullable String data(InputStream content) throws RejectException, IOException {
            byte[] source = content.readAllBytes();
            if (delayMillis > 0) {
                pause(delayMillis);
            }
            mails.add(new Mail(from, to, source));
            if (dropAfterData) {
                ((org.subethamail.smtp.server.Session) context).getSocket().close();
            }
            return null;
        }

        @Override
        public void done() {}
    }
}
