package org.tidings.mail.internal.layout;

import gg.jte.Content;
import java.util.List;
import org.tidings.mail.Appearance;

/** What the templates of mails are given, a record each; they escape what is no {@link Content}. */
public final class MailParts {

    private MailParts() {}

    /** @param blocks in reading order, rendered */
    public record Whole(
            MailLook look,
            Appearance appearance,
            String language,
            String direction,
            String messageClass,
            String subject,
            String preheader,
            String siteName,
            String postalAddress,
            List<Content> blocks,
            List<Line> footer) {

        /** As {@code color-scheme} takes them. */
        public String schemes() {
            return switch (appearance) {
                case AS_SET -> "light dark";
                case LIGHT -> "light";
                case DARK -> "dark";
            };
        }

        public boolean mayBeDark() {
            return appearance != Appearance.LIGHT;
        }

        /** As a media query. */
        public String darkWhen() {
            return appearance == Appearance.DARK ? "all" : "(prefers-color-scheme:dark)";
        }
    }

    /** A line of the foot; {@code url} empty for plain text. */
    public record Line(Content words, String url) {}

    /** A heading: the first one of a mail is its title. */
    public record Headline(MailLook look, boolean first, String text) {}

    /** A paragraph or a note. */
    public record Words(MailLook look, Content words) {}

    public record Button(MailLook look, String label, String url) {}

    public record Facts(MailLook look, List<Fact> facts) {}

    public record Fact(String label, Content value) {}
}
