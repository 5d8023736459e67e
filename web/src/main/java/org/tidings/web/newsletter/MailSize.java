package org.tidings.web.newsletter;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.tidings.mail.Appearance;
import org.tidings.newsletter.IssueText;
import org.tidings.newsletter.IssueTextRejected;
import org.tidings.newsletter.Issues;
import org.tidings.newsletter.NewsletterId;

/**
 * How large the HTML of an issue's mail is. Gmail shows the first 102 KB of it and hides the rest behind a link, and with it the way to
 * unsubscribe.
 *
 * @param bytes as UTF-8, before it is encoded for its way
 */
public record MailSize(int bytes) {

    private static final int KILO = 1_000;
    private static final int LARGE_BYTES = 100 * KILO;

    /** Empty while the text cannot be sent. */
    static Optional<MailSize> of(Issues issues, NewsletterId newsletter, IssueText text, String name) {
        try {
            String html =
                    issues.preview(newsletter, text, name, Appearance.AS_SET).html();
            return Optional.of(new MailSize(html.getBytes(StandardCharsets.UTF_8).length));
        } catch (IssueTextRejected e) {
            return Optional.empty();
        }
    }

    /** Begun ones count. */
    public int kilobytes() {
        return (bytes + KILO - 1) / KILO;
    }

    /** Whether it is asked about before it is sent. */
    public boolean large() {
        return bytes > LARGE_BYTES;
    }
}
