package org.tidings.web.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jsoup.nodes.Document;
import org.tidings.mail.Diagnostic;
import org.tidings.mail.MailingId;
import org.tidings.mail.MessageClass;
import org.tidings.mail.SendingFigures.Stopped;

/** A mailing that stopped by itself (BNC-05), and what every page must say about it. */
public final class StoppedMailing {

    private StoppedMailing() {}

    public static Stopped of(MessageClass lane) {
        return new Stopped(
                new MailingId(new UUID(6, 6)),
                "May news",
                lane,
                OffsetDateTime.parse("2026-11-22T10:00:00Z"),
                "BLOCKLISTED",
                Diagnostic.of("550 5.7.1 listed at example"),
                100,
                7);
    }

    /** One that stands still because an older database was put back. */
    static Stopped afterRestore() {
        return new Stopped(
                new MailingId(new UUID(6, 6)),
                "May news",
                MessageClass.NEWSLETTER,
                OffsetDateTime.parse("2026-11-22T10:00:00Z"),
                Stopped.RESTORED,
                Diagnostic.of(""),
                0,
                0);
    }

    public static void assertSaid(Document page, String resume) {
        var notice = page.select(".notice-danger");
        assertThat(notice.text())
                .contains("7", "100", "550 5.7.1 listed at example")
                .doesNotContain("BLOCKLISTED")
                .doesNotContain("mail.");
        assertThat(notice.select("form[method=post][action=" + resume + "] [name=_csrf]"))
                .hasSize(1);
    }
}
