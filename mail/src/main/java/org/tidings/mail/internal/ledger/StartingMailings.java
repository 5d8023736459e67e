package org.tidings.mail.internal.ledger;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.Attachment;
import org.tidings.mail.ListHeaders;
import org.tidings.mail.MailingContent;
import org.tidings.mail.MailingId;
import org.tidings.mail.MailingOrder;
import org.tidings.mail.RenderedMail;
import org.tidings.mail.SendingHours;
import org.tidings.mail.SkipReason;
import org.tidings.mail.internal.composing.MessageTemplate;
import org.tidings.mail.internal.layout.MailLayout;
import org.tidings.mail.internal.machine.Machine;
import org.tidings.mail.internal.outcomes.Codes;
import org.tidings.mail.internal.settings.MailSettings;
import org.tidings.mail.internal.standing.People;
import org.tidings.site.Now;
import org.tidings.site.Sql;

/**
 * Starts mailings, in the caller's transaction: writes down what is said and to whom. The contents are compiled here as well: what could
 * not be sent is refused while somebody is there to read why.
 */
final class StartingMailings {

    private static final int MAX_TITLE = 200;
    private static final int MAX_SUBJECT = 1_000;

    private final Sql sql;
    private final Clock clock;
    private final MailSettings settings;
    private final MailLayout layout;
    private final People people;
    private final Machine machine;

    StartingMailings(Sql sql, Clock clock, MailSettings settings, MailLayout layout, People people, Machine machine) {
        this.sql = sql;
        this.clock = clock;
        this.settings = settings;
        this.layout = layout;
        this.people = people;
        this.machine = machine;
    }

    MailingId start(MailingOrder order) {
        if (order.contents().isEmpty()) {
            throw new IllegalArgumentException("a mailing without a content");
        }
        people.audience(order.audience());
        UUID id = machine.newId();
        List<RenderedMail> rendered = new ArrayList<>();
        for (MailingContent content : order.contents()) {
            rendered.add(tried(order, id, content));
        }
        insert(order, id);
        int number = (int) sql.number("select number from mail.mailings where id = ?", id);
        for (int i = 0; i < rendered.size(); i++) {
            insert(number, i, order.contents().get(i), rendered.get(i));
        }
        insertFigures(number);
        return new MailingId(id);
    }

    private RenderedMail tried(MailingOrder order, UUID id, MailingContent content) {
        RenderedMail mail = layout.render(order.kind().messageClass(), content.subject(), content.body());
        if (mail.subject().length() > MAX_SUBJECT) {
            throw new IllegalArgumentException("subject too long");
        }
        MessageTemplate.compile(
                settings, order.kind(), id.toString(), mail, content.attachments(), order.list(), s -> true);
        return mail;
    }

    private void insert(MailingOrder order, UUID id) {
        sql.update(
                "insert into mail.mailings (id, kind, audience, subject, title, expected, created_at, not_before, expires_at,"
                        + " list_name, list_id, list_help, list_archive, in_reply_to, spread_seconds, per_second, opens_at,"
                        + " closes_at, state, active, exhausted)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'RUNNING', true, false)",
                id,
                order.kind().name(),
                order.audience(),
                order.subject(),
                order.title().length() > MAX_TITLE ? order.title().substring(0, MAX_TITLE) : order.title(),
                order.expected(),
                Now.by(clock),
                order.notBefore(),
                order.expiresAt(),
                order.list().map(ListHeaders::name).orElse(null),
                order.list().map(ListHeaders::listId).orElse(null),
                order.list().map(ListHeaders::helpUrl).orElse(null),
                order.list().flatMap(ListHeaders::archiveUrl).orElse(null),
                order.inReplyTo().map(MailingId::value).orElse(null),
                order.limits().spread().toSeconds(),
                order.limits().perSecond(),
                order.limits().hours().map(SendingHours::from).orElse(null),
                order.limits().hours().map(SendingHours::until).orElse(null));
    }

    private void insert(int number, int position, MailingContent content, RenderedMail mail) {
        sql.update(
                "insert into mail.mailing_contents (mailing, position, language, subject, html, body_text)"
                        + " values (?, ?, ?, ?, ?, ?)",
                number,
                position,
                content.body().language().toLanguageTag(),
                mail.subject(),
                mail.html(),
                mail.text());
        for (int place = 0; place < content.attachments().size(); place++) {
            Attachment attachment = content.attachments().get(place);
            sql.update(
                    "insert into mail.mailing_attachments (mailing, position, place, file_name, content_type, content)"
                            + " values (?, ?, ?, ?, ?, ?)",
                    number,
                    position,
                    place,
                    attachment.fileName(),
                    attachment.contentType(),
                    attachment.content());
        }
    }

    private void insertFigures(int number) {
        List<@Nullable Object[]> figures = new ArrayList<>();
        figures.add(new @Nullable Object[] {number, Codes.HANDED_OVER});
        figures.add(new @Nullable Object[] {number, Codes.FAILED});
        figures.add(new @Nullable Object[] {number, Codes.WAS_DOUBTFUL});
        for (SkipReason reason : SkipReason.values()) {
            figures.add(new @Nullable Object[] {number, Codes.SKIPPED + Codes.of(reason)});
        }
        sql.batch("insert into mail.mailing_counts (mailing, what, n) values (?, ?, 0)", figures);
    }
}
