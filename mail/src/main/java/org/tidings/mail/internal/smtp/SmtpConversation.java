package org.tidings.mail.internal.smtp;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.Diagnostic.Why;
import org.tidings.mail.internal.composing.ByteSink;
import org.tidings.mail.internal.composing.Envelope;
import org.tidings.mail.internal.outcomes.Reply;
import org.tidings.mail.internal.replies.ReplyClassifier.Stage;
import org.tidings.mail.internal.settings.MailSettings;

/**
 * One connection to a mail server after it was greeted, secured and signed in to. Prepared bytes go straight to the socket;
 * where the server offers PIPELINING, commands go together, the next mail's with the content of the one before (RFC 2920
 * section 3.1): one write and one wait for each mail.
 */
final class SmtpConversation implements Relay.Connection {

    private static final byte[] END_OF_CONTENT = {'.', '\r', '\n'};
    /** With a server slower than this no mail is announced ahead: its DATA would be old when the server comes to it. */
    private static final long PROMPT_NANOS = 200_000_000L;

    private static final int MAX_REPLY = 16_384;
    private static final List<Stage> ANNOUNCED = List.of(Stage.MAIL, Stage.RCPT, Stage.DATA);

    private final MailSettings settings;
    private final int mailsPerConnection;
    private final SMTPTransport transport;
    private final SmtpSockets sockets;
    private final Consumer<SmtpConversation> whenClosed;
    private final InputStream in;
    private final OutputStream out;
    private final boolean pipelining;
    private final boolean dsn;
    private final boolean utf8;
    private final boolean size;

    private final ByteSink group = new ByteSink(64 * 1024);
    private final byte[] received = new byte[4096];
    private int receivedTo;
    private int receivedFrom;
    private String replyText = "";
    private boolean usable = true;
    private boolean prompt;
    /** A refused transaction is still open at the server. */
    private boolean resetDue;
    /** Its RSET stands in front of the commands last written. */
    private boolean resetWritten;

    private int mails;
    private volatile OptionalLong writingSince = OptionalLong.empty();

    /**
     * @param transport connected, with nothing of the server's words unread
     * @param whenClosed told of the end
     */
    SmtpConversation(
            MailSettings settings,
            int mailsPerConnection,
            SMTPTransport transport,
            SmtpSockets sockets,
            Consumer<SmtpConversation> whenClosed)
            throws IOException {
        this.settings = settings;
        this.mailsPerConnection = mailsPerConnection;
        this.transport = transport;
        this.sockets = sockets;
        this.whenClosed = whenClosed;
        this.in = sockets.in();
        this.out = sockets.out();
        this.pipelining = transport.supportsExtension("PIPELINING");
        this.dsn = transport.supportsExtension("DSN");
        this.utf8 = transport.supportsExtension("SMTPUTF8");
        this.size = transport.supportsExtension("SIZE");
        sockets.timeout((int) settings.replyTimeout().toMillis());
    }

    @Override
    public boolean usable() {
        return usable && mails < mailsPerConnection;
    }

    @Override
    public void send(Relay.Handover first, Supplier<Relay.@Nullable Handover> more) {
        boolean orderly = false;
        try {
            Relay.Handover mail = isReachable(first) ? first : null;
            boolean announced = false;
            while (mail != null) {
                mail = exchange(mail, announced, more);
                announced = true;
            }
            orderly = true;
        } finally {
            usable &= orderly;
        }
    }

    /** Hands over one mail. Returns the next one, announced already. */
    private Relay.@Nullable Handover exchange(
            Relay.Handover mail, boolean announced, Supplier<Relay.@Nullable Handover> more) {
        Relay.Handover next = null;
        boolean begun = false;
        Reply reply;
        mails++;
        try {
            Optional<Reply> refused = announced ? answers(mail) : announce(mail);
            if (refused.isPresent()) {
                reply = refused.get();
            } else {
                next = mail.mayBegin() ? inTheSameBreath(more) : null;
                // Asked again: to get the next one may have taken its time.
                if (mail.mayBegin()) {
                    mail.begins();
                    begun = true;
                    reply = content(mail, next);
                } else {
                    // The server waits for a content: only the end of the connection tells it that none comes.
                    usable = false;
                    sockets.abort();
                    reply = new Reply(Reply.Kind.WITHDRAWN, "");
                }
            }
        } catch (IOException e) {
            usable = false;
            String why = Reply.line(SmtpRelay.words(e), "");
            reply = begun
                    ? Reply.broken(Reply.Kind.DOUBTFUL, Why.BROKE_AFTER_CONTENT, why)
                    : Reply.broken(Reply.Kind.NOT_BEGUN, Why.BROKE, why);
        }
        mail.over(reply);
        if (next != null && !usable) {
            next.over(new Reply(Reply.Kind.NOT_BEGUN, Why.BEFORE, reply.text()));
            return null;
        }
        return next;
    }

    private boolean isReachable(Relay.Handover mail) {
        if (mail.envelope().needsUtf8() && !utf8) {
            mail.over(new Reply(Reply.Kind.ADDRESS_NOT_REACHABLE, Why.NO_UTF8));
            return false;
        }
        return true;
    }

    private Relay.@Nullable Handover inTheSameBreath(Supplier<Relay.@Nullable Handover> more) {
        if (!pipelining || !prompt || !usable()) {
            return null;
        }
        Relay.Handover next = more.get();
        if (next == null || !isReachable(next)) {
            return null;
        }
        if (!next.mayBegin()) {
            next.over(new Reply(Reply.Kind.WITHDRAWN, ""));
            return null;
        }
        return next;
    }

    /** MAIL, RCPT and DATA. Returns why not, or nothing when the content may come. */
    private Optional<Reply> announce(Relay.Handover mail) throws IOException {
        if (!pipelining) {
            return announceOneByOne(mail);
        }
        if (!mail.mayBegin()) {
            return Optional.of(new Reply(Reply.Kind.WITHDRAWN, ""));
        }
        group.clear();
        putCommands(mail);
        flush();
        return answers(mail);
    }

    private void putCommands(Relay.Handover mail) {
        resetWritten = resetDue;
        resetDue = false;
        if (resetWritten) {
            group.put("RSET\r\n");
        }
        putMail(mail);
        putRcpt(mail.envelope());
        group.put("DATA\r\n");
    }

    /** Reads what the server says to commands written together. */
    private Optional<Reply> answers(Relay.Handover mail) throws IOException {
        if (resetWritten) {
            resetWritten = false;
            if (reply() / 100 != 2) {
                throw new IOException("RSET refused: " + replyText);
            }
        }
        Reply refused = null;
        int code = 0;
        for (Stage stage : ANNOUNCED) {
            try {
                code = reply();
            } catch (IOException e) {
                if (refused == null) {
                    throw e;
                }
                usable = false; // it said why and hung up
                return Optional.of(withoutContent(refused));
            }
            boolean granted = stage == Stage.DATA ? code == 354 : code / 100 == 2;
            if (refused == null && !granted) {
                refused = Reply.of(stage, code, replyText, mail.envelope());
                if (refused.kind() == Reply.Kind.NOT_BEGUN) {
                    return Optional.of(withoutContent(refused)); // SND-02: it answers nothing that follows
                }
            }
        }
        if (refused == null) {
            return Optional.empty();
        }
        if (code == 354) {
            // The server wants a content though it took no recipient (RFC 2920 section 3.1): an empty one.
            group.clear();
            group.put(END_OF_CONTENT);
            flush();
            reply();
        }
        return Optional.of(withoutContent(refused));
    }

    private Optional<Reply> announceOneByOne(Relay.Handover mail) throws IOException {
        if (resetDue) {
            resetDue = false;
            group.clear();
            group.put("RSET\r\n");
            flush();
            if (reply() / 100 != 2) {
                throw new IOException("RSET refused: " + replyText);
            }
        }
        group.clear();
        putMail(mail);
        flush();
        int code = reply();
        if (code / 100 != 2) {
            return Optional.of(withoutContent(Reply.of(Stage.MAIL, code, replyText, mail.envelope())));
        }
        group.clear();
        putRcpt(mail.envelope());
        flush();
        code = reply();
        if (code / 100 != 2) {
            return Optional.of(withoutContent(Reply.of(Stage.RCPT, code, replyText, mail.envelope())));
        }
        if (!mail.mayBegin()) {
            return Optional.of(withoutContent(new Reply(Reply.Kind.WITHDRAWN, "")));
        }
        group.clear();
        group.put("DATA\r\n");
        flush();
        code = reply();
        return code == 354
                ? Optional.empty()
                : Optional.of(withoutContent(Reply.of(Stage.DATA, code, replyText, mail.envelope())));
    }

    private Reply withoutContent(Reply refused) {
        if (refused.kind() == Reply.Kind.NOT_BEGUN) {
            usable = false;
        } else {
            resetDue = true;
        }
        // A server cannot accept before the content.
        return refused.kind() == Reply.Kind.ACCEPTED ? refused.as(Reply.Kind.DEFERRED) : refused;
    }

    private Reply content(Relay.Handover mail, Relay.@Nullable Handover next) throws IOException {
        byte[] content = mail.content();
        group.clear();
        group.put(content);
        group.put(END_OF_CONTENT);
        if (next != null) {
            putCommands(next);
        }
        long writtenAt = System.nanoTime();
        sockets.timeout((int) settings.contentTimeout().toMillis());
        flush();
        int code = reply();
        sockets.timeout((int) settings.replyTimeout().toMillis());
        prompt = System.nanoTime() - writtenAt < PROMPT_NANOS;
        Reply reply = Reply.of(Stage.CONTENT, code, replyText, mail.envelope());
        if (reply.kind() == Reply.Kind.NOT_BEGUN) {
            usable = false;
            return reply.as(Reply.Kind.DEFERRED);
        }
        return reply;
    }

    private void putMail(Relay.Handover mail) {
        Envelope envelope = mail.envelope();
        group.put("MAIL FROM:<").put(envelope.sender()).put(">");
        if (envelope.needsUtf8()) {
            group.put(" SMTPUTF8");
        }
        if (size) {
            group.put(" SIZE=").put(Integer.toString(mail.content().length));
        }
        if (dsn) {
            group.put(" RET=HDRS ENVID=").put(xtext(envelope.envelopeId()));
        }
        group.put("\r\n");
    }

    private void putRcpt(Envelope envelope) {
        group.put("RCPT TO:<").put(envelope.recipient()).put(">");
        if (dsn && !envelope.needsUtf8()) {
            group.put(" NOTIFY=FAILURE,DELAY ORCPT=rfc822;").put(xtext(envelope.recipient()));
        }
        group.put("\r\n");
    }

    /** RFC 3461 section 4, of ASCII. */
    private static String xtext(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > ' ' && c < 0x7f && c != '+' && c != '=') {
                out.append(c);
            } else {
                out.append('+').append(String.format(Locale.ROOT, "%02X", (int) c));
            }
        }
        return out.toString();
    }

    private void flush() throws IOException {
        writingSince = OptionalLong.of(System.nanoTime());
        try {
            out.write(group.array(), 0, group.length());
            out.flush();
        } finally {
            writingSince = OptionalLong.empty();
        }
    }

    /** Sockets know no time limit for writing (SND-04): called from another thread, this is it. */
    void endIfStuck() {
        OptionalLong since = writingSince;
        if (since.isPresent()
                && System.nanoTime() - since.getAsLong()
                        > settings.contentTimeout().toNanos()) {
            try {
                sockets.abort();
            } catch (IOException e) {
                // it is gone either way
            }
        }
    }

    /** Reads one reply of one or more lines; its words are in {@link #replyText}, its lines joined by LF. */
    private int reply() throws IOException {
        StringBuilder words = new StringBuilder(80);
        String line;
        do {
            line = line();
            if (line.length() < 3 || words.length() + line.length() > MAX_REPLY) {
                throw new IOException("no reply of RFC 5321: " + Reply.line(line, ""));
            }
            words.append(words.length() == 0 ? "" : "\n").append(line);
        } while (line.length() > 3 && line.charAt(3) == '-');
        replyText = words.toString();
        try {
            return Integer.parseInt(line.substring(0, 3));
        } catch (NumberFormatException e) {
            throw new IOException("no reply of RFC 5321: " + Reply.line(line, ""), e);
        }
    }

    private String line() throws IOException {
        StringBuilder line = null;
        while (true) {
            for (int i = receivedFrom; i < receivedTo; i++) {
                if (received[i] == '\n') {
                    int end = i > receivedFrom && received[i - 1] == '\r' ? i - 1 : i;
                    String last = new String(received, receivedFrom, end - receivedFrom, StandardCharsets.UTF_8);
                    receivedFrom = i + 1;
                    return line == null ? last : line.append(last).toString().stripTrailing();
                }
            }
            if (line == null) {
                line = new StringBuilder();
            }
            line.append(new String(received, receivedFrom, receivedTo - receivedFrom, StandardCharsets.UTF_8));
            if (line.length() > MAX_REPLY) {
                throw new IOException("a reply without end");
            }
            receivedFrom = 0;
            receivedTo = in.read(received);
            if (receivedTo < 0) {
                receivedTo = 0;
                throw new IOException("closed by the server");
            }
        }
    }

    @Override
    public void close() {
        usable = false;
        whenClosed.accept(this);
        try {
            transport.close();
        } catch (MessagingException e) {
            // it is gone either way
        }
    }
}
