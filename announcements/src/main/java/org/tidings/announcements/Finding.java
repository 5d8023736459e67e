package org.tidings.announcements;

import java.util.Locale;

/**
 * Something in an announcement that looks like promotion.
 *
 * @param match the words or characters that were found
 */
public record Finding(Locale language, Slot slot, Rule rule, String match) {

    /** What was found. */
    public enum Rule {
        /** A currency, a price or a percentage. */
        PRICE(true),
        /** A word of advertising: free, offer, sale, discount, upgrade, … */
        PROMOTIONAL_WORD(true),
        SUPERLATIVE(true),
        EXCLAMATION_MARK(true),
        EMOJI(true),
        /** A link to a shop or a price list. */
        SHOP_LINK(true),
        /** More than two links in one language. */
        MANY_LINKS(true),
        /** A link with utm_ or another tracking parameter; cannot be confirmed. */
        TRACKING_LINK(false),
        /** A link to a host that is not on the site's list; cannot be confirmed. */
        FOREIGN_LINK(false);

        private final boolean confirmable;

        Rule(boolean confirmable) {
            this.confirmable = confirmable;
        }

        /** Whether a second person may let it stand with a written reason; otherwise it has to go. */
        public boolean confirmable() {
            return confirmable;
        }
    }

    /** Names it within one content: {@code en.what.PRICE.20 %}. */
    public String key() {
        return language.getLanguage() + "." + slot.key() + "." + rule + "." + match;
    }
}
