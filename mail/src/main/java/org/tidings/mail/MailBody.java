package org.tidings.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a mail says, as blocks from which the one layout makes the HTML and the text part, so that both say the same.
 * Texts are plain text; {@code {{name}}} stands for a slot of a mailing. Urls are absolute.
 *
 * @param preheader the line that a mail client shows beside the subject
 * @param footer lines below the rule: why you get this, how to leave; the site's name and postal address are added
 */
public record MailBody(Locale language, String preheader, List<Block> blocks, List<FooterLine> footer) {

    public MailBody {
        blocks = List.copyOf(blocks);
        footer = List.copyOf(footer);
    }

    /** One piece of a mail. */
    public sealed interface Block {
        /** This block in a rendering. */
        <T> T in(Rendering<T> rendering);
    }

    /** What each block becomes; a new one does not compile until it is something in all renderings. */
    public interface Rendering<T> {
        T heading(Heading heading);

        T paragraph(Paragraph paragraph);

        T note(Note note);

        T button(Button button);

        T facts(Facts facts);

        T written(Written written);
    }

    public record Heading(String text) implements Block {
        @Override
        public <T> T in(Rendering<T> rendering) {
            return rendering.heading(this);
        }
    }

    public record Paragraph(String text) implements Block {
        @Override
        public <T> T in(Rendering<T> rendering) {
            return rendering.paragraph(this);
        }
    }

    /** Smaller, quieter text, such as when a link expires. */
    public record Note(String text) implements Block {
        @Override
        public <T> T in(Rendering<T> rendering) {
            return rendering.note(this);
        }
    }

    public record Button(String label, String url) implements Block {
        @Override
        public <T> T in(Rendering<T> rendering) {
            return rendering.button(this);
        }
    }

    /** Label and value pairs: what, when, who. */
    public record Facts(List<Fact> facts) implements Block {
        @Override
        public <T> T in(Rendering<T> rendering) {
            return rendering.facts(this);
        }
    }

    public record Fact(String label, String value) {}

    /** Sanitised HTML, inline-styled by the layout, and the same as text: the written part of an issue. */
    public record Written(String html, String text) implements Block {
        @Override
        public <T> T in(Rendering<T> rendering) {
            return rendering.written(this);
        }
    }

    /** A footer line; {@code url} empty for plain text. */
    public record FooterLine(String text, String url) {}

    public static Builder in(Locale language) {
        return new Builder(language);
    }

    /** Collects blocks in reading order. */
    public static final class Builder {
        private final Locale language;
        private String preheader = "";
        private final List<Block> blocks = new ArrayList<>();
        private final List<FooterLine> footer = new ArrayList<>();

        private Builder(Locale language) {
            this.language = language;
        }

        public Builder preheader(String text) {
            preheader = text;
            return this;
        }

        public Builder heading(String text) {
            return add(new Heading(text));
        }

        public Builder paragraph(String text) {
            return add(new Paragraph(text));
        }

        public Builder note(String text) {
            return add(new Note(text));
        }

        public Builder button(String label, String url) {
            return add(new Button(label, url));
        }

        public Builder facts(List<Fact> facts) {
            return add(new Facts(List.copyOf(facts)));
        }

        public Builder written(String html, String text) {
            return add(new Written(html, text));
        }

        public Builder add(Block block) {
            blocks.add(block);
            return this;
        }

        public Builder footer(String text) {
            return footer(text, "");
        }

        public Builder footer(String text, String url) {
            footer.add(new FooterLine(text, url));
            return this;
        }

        public MailBody build() {
            return new MailBody(language, preheader, blocks, footer);
        }
    }
}
