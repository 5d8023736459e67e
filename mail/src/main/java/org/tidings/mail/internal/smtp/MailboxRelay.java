package org.tidings.mail.internal.smtp;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.Diagnostic.Why;
import org.tidings.mail.LocalMailbox;
import org.tidings.mail.internal.composing.Envelope;
import org.tidings.mail.internal.outcomes.Reply;
import org.tidings.site.Now;
import org.tidings.site.Sql;
import org.tidings.site.Transactions;

/** Stands for a relay while none is configured: keeps the newest mails in a table, for a page on this machine. */
public final class MailboxRelay implements Relay, LocalMailbox {

    private static final int KEPT = 500;
    private static final Session NO_SESSION = Session.getInstance(new Properties());

    private final Sql sql;
    private final Transactions transactions;
    private final Clock clock;
    private final boolean inUse;

    public MailboxRelay(Sql sql, Transactions transactions, Clock clock, boolean inUse) {
        this.sql = sql;
        this.transactions = transactions;
        this.clock = clock;
        this.inUse = inUse;
    }

    @Override
    public String label() {
        return "local mailbox";
    }

    @Override
    public Connection connect() {
        return new Connection() {
            @Override
            public void send(Handover mail, Supplier<@Nullable Handover> more) {
                if (!mail.mayBegin()) {
                    mail.over(new Reply(Reply.Kind.WITHDRAWN, ""));
                    return;
                }
                Reply reply;
                try {
                    mail.begins();
                    keep(mail.envelope(), mail.content());
                    reply = new Reply(Reply.Kind.ACCEPTED, Why.KEPT_HERE);
                } catch (RuntimeException e) {
                    reply = new Reply(Reply.Kind.NOT_BEGUN, Why.NOT_KEPT_HERE);
                }
                mail.over(reply);
            }

            @Override
            public boolean usable() {
                return true;
            }

            @Override
            public void close() {}
        };
    }

    private void keep(Envelope envelope, byte[] source) {
        String subject = subject(source);
        transactions.run(() -> {
            sql.update(
                    "insert into mail.local_mails (at, sender, recipient, subject, source) values (?, ?, ?, ?, ?)",
                    Now.by(clock),
                    envelope.sender(),
                    envelope.recipient(),
                    subject.length() > 1000 ? subject.substring(0, 1000) : subject,
                    source);
            sql.update("delete from mail.local_mails where id <= (select max(id) from mail.local_mails) - ?", KEPT);
        });
    }

    private static String subject(byte[] source) {
        try {
            return Objects.requireNonNullElse(parse(source).getSubject(), "");
        } catch (MessagingException e) {
            return "";
        }
    }

    private static MimeMessage parse(byte[] source) throws MessagingException {
        return new MimeMessage(NO_SESSION, new ByteArrayInputStream(source));
    }

    @Override
    public boolean inUse() {
        return inUse;
    }

    @Override
    public List<Entry> newest(String search, int limit) {
        if (!inUse) {
            return List.of();
        }
        String pattern = "%"
                + search.toLowerCase(Locale.ROOT)
                        .replace("!", "!!")
                        .replace("%", "!%")
                        .replace("_", "!_") + "%";
        return sql.list(
                "select id, at, sender, recipient, subject from mail.local_mails"
                        + " where lower(recipient) like ? escape '!' or lower(subject) like ? escape '!'"
                        + " order by id desc limit ?",
                MailboxRelay::entry,
                pattern,
                pattern,
                limit);
    }

    private static Entry entry(java.sql.ResultSet row) throws java.sql.SQLException {
        return new Entry(
                row.getLong("id"),
                Sql.time(row, "at"),
                row.getString("sender"),
                row.getString("recipient"),
                row.getString("subject"));
    }

    @Override
    public Optional<StoredMail> find(long id) {
        if (!inUse) {
            return Optional.empty();
        }
        return sql.first(
                "select id, at, sender, recipient, subject, source from mail.local_mails where id = ?",
                row -> stored(entry(row), row.getBytes("source")),
                id);
    }

    private static StoredMail stored(Entry entry, byte[] source) {
        String whole = new String(source, StandardCharsets.UTF_8);
        int end = whole.indexOf("\r\n\r\n");
        String headers = end < 0 ? whole : whole.substring(0, end);
        String[] found = {"", ""};
        try {
            collect(parse(source).getContent(), found);
        } catch (MessagingException | IOException e) {
            found[0] = whole;
        }
        return new StoredMail(entry, source, headers, found[1], found[0]);
    }

    private static void collect(@Nullable Object content, String[] found) throws MessagingException, IOException {
        if (content instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart part = parts.getBodyPart(i);
                if (part.isMimeType("multipart/*")) {
                    collect(part.getContent(), found);
                } else if (part.isMimeType("text/plain") && found[0].isEmpty()) {
                    found[0] = text(part);
                } else if (part.isMimeType("text/html") && found[1].isEmpty()) {
                    found[1] = text(part);
                }
            }
        }
    }

    private static String text(BodyPart part) throws IOException, MessagingException {
        return new String(part.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void clear() {
        transactions.run(() -> sql.update("delete from mail.local_mails"));
    }
}
