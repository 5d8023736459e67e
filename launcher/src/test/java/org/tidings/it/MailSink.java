package org.tidings.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.testing.RecordingSmtpServer;

/**
 * A mail server on loopback that takes thousands of mails a second (PIPELINING, 8BITMIME, SMTPUTF8) and keeps a line of each, not
 * the mail: when it was announced and begun, to whom, its Message-ID, the reply. The proofs count there, not in the product's books.
 *
 * <p>Each server under test is given a gate of its own ({@link #gate}), so that a mail says who sent it.
 */
final class MailSink implements AutoCloseable {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(4);
    private static final int CONTENT_KEPT = 64 * 1024;

    private final List<ServerSocket> gates = new CopyOnWriteArrayList<>();
    private final Map<String, Queue<Mail>> bySubject = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();
    private final Map<String, Queue<RecordingSmtpServer.Mail>> whole = new ConcurrentHashMap<>();
    private final Object holding = new Object();
    private final Set<String> held = new HashSet<>();
    private final Map<String, AtomicInteger> heldBy = new ConcurrentHashMap<>();
    private volatile String wholeDomain = "no such domain";
    private volatile long delayMillis;
    private volatile boolean dropping;

    private MailSink() {}

    /** Takes mails as soon as it has a gate. */
    static MailSink open() {
        return new MailSink();
    }

    /**
     * One mail's line. Times are of {@link System#nanoTime}.
     *
     * @param gate at which it came
     * @param announcedAt when DATA was read; a server that pipelines says it before it is sure
     * @param begunAt when the first octet of the content came
     * @param reply 250, or 0 where none was given
     * @param complete false when the connection ended within the content: nobody has it
     * @param oneClick path of its one-click address, empty where it has none
     */
    record Mail(
            String gate,
            String from,
            String to,
            String subject,
            String messageId,
            long announcedAt,
            long begunAt,
            int reply,
            boolean complete,
            String oneClick) {}

    /** Opens a gate, on a free port of loopback. Returns what {@code tidings.smtp.url} must be to come through it. */
    String gate(String name) {
        try {
            ServerSocket server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
            gates.add(server);
            heldBy.put(name, new AtomicInteger());
            thread("sink-" + name, () -> admit(name, server));
            return "smtp://127.0.0.1:" + server.getLocalPort() + "?tls=none";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void admit(String name, ServerSocket server) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                thread("sink-talk", () -> new Conversation(name, socket).talk());
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private static void thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    // What it is told

    /** Takes this long for every mail, on each connection. */
    void delayEveryMail(Duration delay) {
        delayMillis = delay.toMillis();
    }

    /** From now on whatever has come whole at this gate waits for its reply. */
    void hold(String gate) {
        synchronized (holding) {
            held.add(gate);
        }
    }

    /** Gives the replies that were held back. */
    void release() {
        synchronized (holding) {
            held.clear();
            holding.notifyAll();
        }
    }

    /** Takes the mail and closes the connection without a reply: the sender cannot know. */
    void dropAfterContent(boolean drop) {
        dropping = drop;
    }

    /** Keeps mails to this domain whole, 64 KB of each at most, so that links in them can be followed. */
    void keepWhole(String domain) {
        wholeDomain = domain;
    }

    // What it saw

    /** All that came under this subject, also what did not come whole. */
    List<Mail> mails(String subject) {
        return List.copyOf(bySubject.getOrDefault(subject, new ConcurrentLinkedQueue<>()));
    }

    /** How many have come whole under this subject. */
    int count(String subject) {
        return counts.getOrDefault(subject, new AtomicInteger()).get();
    }

    /** Waits until so many have come whole under this subject. */
    void awaitCount(String subject, int count) {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (count(subject) < count) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited " + LONGEST_WAIT + " for " + count + " mails \"" + subject
                        + "\", there are " + count(subject));
            }
            TidingsProcess.pause(5);
        }
    }

    /** Waits until a mail of this gate has come whole and its reply is held back. */
    void awaitHeld(String gate) {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (heldBy.getOrDefault(gate, new AtomicInteger()).get() == 0) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited " + LONGEST_WAIT + " for a mail of " + gate);
            }
            TidingsProcess.pause(5);
        }
    }

    /** The first address with this in it, of a mail kept whole for this recipient, as soon as there is one. */
    String to(String address, String inLink) {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (true) {
            for (RecordingSmtpServer.Mail mail : whole.getOrDefault(address, new ConcurrentLinkedQueue<>())) {
                MailProbe.Received received = new MailProbe.Received(mail);
                if (received.text().contains(inLink)) {
                    return received.link(inLink);
                }
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("no mail with " + inLink + " to " + address + " within " + LONGEST_WAIT);
            }
            TidingsProcess.pause(20);
        }
    }

    /** How many mails kept whole came to this address. */
    int countTo(String address) {
        return whole.getOrDefault(address, new ConcurrentLinkedQueue<>()).size();
    }

    @Override
    public void close() {
        release();
        for (ServerSocket gate : gates) {
            try {
                gate.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void record(Mail mail) {
        bySubject
                .computeIfAbsent(mail.subject(), subject -> new ConcurrentLinkedQueue<>())
                .add(mail);
        if (mail.complete()) {
            counts.computeIfAbsent(mail.subject(), subject -> new AtomicInteger())
                    .incrementAndGet();
        }
    }

    private void waitWhileHeld(String gate) throws InterruptedException {
        synchronized (holding) {
            if (!held.contains(gate)) {
                return;
            }
            AtomicInteger here = heldBy.getOrDefault(gate, new AtomicInteger());
            here.incrementAndGet();
            while (held.contains(gate)) {
                holding.wait();
            }
            here.decrementAndGet();
        }
    }

    /** One connection and its thread. */
    private final class Conversation {
        private static final String END = "\r\n.\r\n";

        private final String gate;
        private final Socket socket;
        private final byte[] buffer = new byte[1 << 16];
        private int begin;
        private int end;
        private final StringBuilder replies = new StringBuilder();
        private String sender = "";
        private String recipient = "";

        Conversation(String gate, Socket socket) {
            this.gate = gate;
            this.socket = socket;
        }

        void talk() {
            try (socket;
                    InputStream in = socket.getInputStream();
                    OutputStream out = socket.getOutputStream()) {
                reply("220 sink ESMTP");
                for (String line = line(in, out); line != null; line = line(in, out)) {
                    String verb = line.substring(0, Math.min(4, line.length())).toUpperCase(Locale.ROOT);
                    switch (verb) {
                        case "EHLO" -> reply("250-sink\r\n250-PIPELINING\r\n250-SMTPUTF8\r\n250 8BITMIME");
                        case "MAIL" -> {
                            sender = path(line);
                            reply("250 ok");
                        }
                        case "RCPT" -> {
                            recipient = path(line);
                            reply("250 ok");
                        }
                        case "DATA" -> {
                            long announcedAt = System.nanoTime();
                            reply("354 go on");
                            if (!new Content(announcedAt).take(in, out)) {
                                return;
                            }
                        }
                        case "QUIT" -> {
                            reply("221 bye");
                            answer(out);
                            return;
                        }
                        default -> reply("250 ok");
                    }
                }
            } catch (IOException e) {
                // The other side was killed: what came until then is on record.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private static String path(String line) {
            return line.substring(line.indexOf('<') + 1, line.indexOf('>'));
        }

        /** One mail's content: header fields are read, the rest is searched for its end. */
        private final class Content {
            private final long announcedAt;
            private long begunAt;
            private String subject = "";
            private String messageId = "";
            private String oneClick = "";
            private final @Nullable ByteArrayOutputStream copy =
                    recipient.endsWith("@" + wholeDomain) ? new ByteArrayOutputStream() : null;

            Content(long announcedAt) {
                this.announcedAt = announcedAt;
            }

            /** Returns whether the connection goes on. */
            boolean take(InputStream in, OutputStream out) throws IOException, InterruptedException {
                boolean complete = false;
                try {
                    if (begin == end && !fill(in, out)) {
                        return false; // announced, and withdrawn
                    }
                    begunAt = System.nanoTime();
                    complete = header(in, out) && body(in, out);
                } finally {
                    // Also of what a kill cut off.
                    if (begunAt != 0) {
                        note(complete);
                    }
                }
                if (!complete || dropping) {
                    return false;
                }
                if (delayMillis > 0) {
                    Thread.sleep(delayMillis);
                }
                waitWhileHeld(gate);
                reply("250 taken");
                return true;
            }

            private void note(boolean complete) {
                int reply = complete && !dropping ? 250 : 0;
                record(new Mail(
                        gate, sender, recipient, subject, messageId, announcedAt, begunAt, reply, complete, oneClick));
                if (complete && copy != null) {
                    whole.computeIfAbsent(recipient, address -> new ConcurrentLinkedQueue<>())
                            .add(new RecordingSmtpServer.Mail(sender, recipient, copy.toByteArray()));
                }
            }

            private boolean header(InputStream in, OutputStream out) throws IOException {
                StringBuilder field = new StringBuilder();
                for (String line = line(in, out); line != null; line = line(in, out)) {
                    keep((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1), 0, line.length() + 2);
                    if (line.startsWith(" ") || line.startsWith("\t")) {
                        field.append(line);
                        continue;
                    }
                    read(field.toString());
                    field.setLength(0);
                    field.append(line);
                    if (line.isEmpty()) {
                        return true;
                    }
                }
                return false;
            }

            private void read(String field) {
                if (field.startsWith("Subject: ")) {
                    subject = field.substring(9).strip();
                } else if (field.startsWith("Message-ID: ")) {
                    messageId = field.substring(12).strip();
                } else if (field.startsWith("List-Unsubscribe: ")) {
                    int from = field.indexOf("/u/");
                    oneClick = from < 0 ? "" : field.substring(from, field.indexOf('>', from));
                }
            }

            private boolean body(InputStream in, OutputStream out) throws IOException {
                int matched = 2; // the line break before the dot may be the one that ended the header
                while (true) {
                    int from = begin;
                    while (begin < end) {
                        byte next = buffer[begin++];
                        matched = next == END.charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
                        if (matched == END.length()) {
                            keep(buffer, from, begin - from);
                            return true;
                        }
                    }
                    keep(buffer, from, begin - from);
                    if (!fill(in, out)) {
                        return false;
                    }
                }
            }

            private void keep(byte[] bytes, int from, int length) {
                if (copy != null && copy.size() + length <= CONTENT_KEPT) {
                    copy.write(bytes, from, length);
                }
            }
        }

        /** Null at the end of the connection. */
        private @Nullable String line(InputStream in, OutputStream out) throws IOException {
            int at = begin;
            while (true) {
                if (at == end) {
                    int read = at - begin;
                    if (!fill(in, out)) {
                        return null;
                    }
                    at = begin + read;
                }
                if (buffer[at] == '\n') {
                    String line = new String(buffer, begin, at - begin, StandardCharsets.ISO_8859_1);
                    begin = at + 1;
                    return line.stripTrailing();
                }
                at++;
            }
        }

        /** Replies go out when there is nothing more to read, as a client that pipelines expects. */
        private boolean fill(InputStream in, OutputStream out) throws IOException {
            answer(out);
            System.arraycopy(buffer, begin, buffer, 0, end - begin);
            end -= begin;
            begin = 0;
            int count = in.read(buffer, end, buffer.length - end);
            end += Math.max(0, count);
            return count > 0;
        }

        private void answer(OutputStream out) throws IOException {
            out.write(replies.toString().getBytes(StandardCharsets.US_ASCII));
            replies.setLength(0);
        }

        private void reply(String text) {
            replies.append(text).append("\r\n");
        }
    }
}
