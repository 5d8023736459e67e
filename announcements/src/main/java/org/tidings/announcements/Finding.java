package org.tidings.announcements;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import org.tidings.site.Secrets;

/**
 * A sentence in what has to reach everybody that looks like promotion.
 *
 * @param passage the words or the link that say it most plainly, as they were written
 * @param sentence in which they stand, for reading and marking; empty where there is none
 */
public record Finding(Locale language, Place place, Rule rule, String passage, String sentence) {

    private static final int PASSAGE_IN_KEY = 60;
    private static final int HASH_BYTES = 12;

    /** What was found. */
    public enum Rule {
        /** Offers or announces something that one could have: a product, a plan, something new. */
        OFFER(true),
        /** Invites to buy, book, upgrade, try, take part, recommend. */
        INVITATION(true),
        /** Says what one gains: free, cheaper, more, a prize. */
        BENEFIT(true),
        URGENCY(true),
        /** A price or a share beside what is offered. */
        PRICE(true),
        PRAISE(true),
        /** A question that wakes a wish. */
        QUESTION(true),
        /** Asks to subscribe or consent again. */
        CONSENT_REQUEST(true),
        /** No one word says it, but it sounds like adverts do. */
        TONE(true),
        /** Words whose letters are spaced, replaced or borrowed from another script. */
        DISGUISED_WORD(true),
        /** Several exclamation marks. */
        EXCLAMATION_MARK(true),
        EMOJI(true),
        /** A link to a shop or a price list. */
        SHOP_LINK(true),
        /** More than two links in one language. */
        MANY_LINKS(true),
        /** A link with utm_ or another tracking parameter; cannot be confirmed. */
        TRACKING_LINK(false),
        /** A link of our own that carries another address and could lead there; cannot be confirmed. */
        REDIRECT_LINK(false),
        /** A link to a host that is not on the site's list; cannot be confirmed but in the text of a policy. */
        FOREIGN_LINK(false);

        private final boolean confirmable;

        Rule(boolean confirmable) {
            this.confirmable = confirmable;
        }
    }

    /** Whether a second person may let it stand with a written reason; otherwise it has to go. */
    public boolean confirmable() {
        // The law may ask a policy to name others: an authority, a processor.
        return rule.confirmable || (rule == Rule.FOREIGN_LINK && place == Place.POLICY_TEXT);
    }

    /** Names it in every announcement of a thread: the same sentence at the same place. */
    public String key() {
        String words = passage.length() > PASSAGE_IN_KEY ? passage.substring(0, PASSAGE_IN_KEY) : passage;
        return language.getLanguage() + "." + place.key() + "." + rule + "." + words + "." + hash();
    }

    private String hash() {
        byte[] sha256 = Secrets.sha256((passage + "\n" + sentence).getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(sha256, 0, HASH_BYTES);
    }
}
