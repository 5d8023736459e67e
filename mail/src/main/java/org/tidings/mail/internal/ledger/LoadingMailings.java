package org.tidings.mail.internal.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.tidings.mail.Attachment;
import org.tidings.mail.AudienceQuery;
import org.tidings.mail.ListHeaders;
import org.tidings.mail.MailKind;
import org.tidings.mail.MailingLimits;
import org.tidings.mail.RenderedMail;
import org.tidings.mail.SendingHours;
import org.tidings.mail.internal.composing.MessageTemplate;
import org.tidings.mail.internal.composing.RunningMailing;
import org.tidings.mail.internal.settings.MailSettings;
import org.tidings.site.Sql;

/** Reads mailings, and prepares their contents for sending. */
final class LoadingMailings {

    private final Sql sql;
    private final MailSettings settings;

    LoadingMailings(Sql sql, MailSettings settings) {
        this.sql = sql;
        this.settings = settings;
    }

    /** Reads and prepares a mailing. */
    RunningMailing load(int number) {
        Map<Integer, List<Attachment>> attachments = new HashMap<>();
        sql.list(
                        "select position, file_name, content_type, content from mail.mailing_attachments where mailing = ?"
                                + " order by position, place",
                        row -> Map.entry(
                                row.getInt("position"),
                                new Attachment(
                                        row.getString("file_name"),
                                        row.getString("content_type"),
                                        row.getBytes("content"))),
                        number)
                .forEach(e -> attachments
                        .computeIfAbsent(e.getKey(), k -> new ArrayList<>())
                        .add(e.getValue()));
        return sql.first("select * from mail.mailings where number = ?", row -> running(row, attachments), number)
                .orElseThrow();
    }

    private RunningMailing running(ResultSet row, Map<Integer, List<Attachment>> attachments) throws SQLException {
        UUID id = Sql.id(row, "id");
        int number = row.getInt("number");
        MailKind kind = MailKind.valueOf(row.getString("kind"));
        OffsetDateTime created = Sql.time(row, "created_at");
        OffsetDateTime notBefore = Sql.time(row, "not_before");
        String listId = row.getString("list_id");
        Optional<ListHeaders> list = listId == null
                ? Optional.empty()
                : Optional.of(new ListHeaders(
                        Objects.requireNonNullElse(row.getString("list_name"), ""),
                        listId,
                        Objects.requireNonNullElse(row.getString("list_help"), ""),
                        Sql.text(row, "list_archive")));
        List<RunningMailing.Content> contents = sql.list(
                "select position, language, subject, html, body_text from mail.mailing_contents where mailing = ?"
                        + " order by position",
                content -> new RunningMailing.Content(
                        Locale.forLanguageTag(content.getString("language")),
                        MessageTemplate.compile(
                                settings,
                                kind,
                                id.toString(),
                                new RenderedMail(
                                        content.getString("subject"),
                                        content.getString("html"),
                                        content.getString("body_text")),
                                attachments.getOrDefault(content.getInt("position"), List.of()),
                                list,
                                slot -> true)),
                number);
        return new RunningMailing(
                id,
                number,
                kind,
                row.getString("audience"),
                new AudienceQuery(kind, Sql.id(row, "subject"), created),
                notBefore,
                Sql.time(row, "expires_at"),
                list,
                Optional.ofNullable(Sql.idOrNull(row, "in_reply_to")),
                limits(row),
                row.getLong("expected"),
                contents);
    }

    private static MailingLimits limits(ResultSet row) throws SQLException {
        LocalTime opens = row.getObject("opens_at", LocalTime.class);
        LocalTime closes = row.getObject("closes_at", LocalTime.class);
        return new MailingLimits(
                Duration.ofSeconds(row.getInt("spread_seconds")),
                row.getInt("per_second"),
                opens == null || closes == null ? Optional.empty() : Optional.of(new SendingHours(opens, closes)));
    }
}
