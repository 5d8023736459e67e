package org.tidings.newsletter;

import java.text.Normalizer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.tidings.accounts.AccountId;
import org.tidings.site.OddCharacter;

/** Words by which staff sort readers: "VIP", "met at the fair". A tag that is first given exists from then on. */
public interface Tags {

    /** The column of the export, the tags of one reader divided by commas. An import reads it back. */
    String COLUMN = "tags";

    int LONGEST = 60;

    /**
     * A tag's name out of what was typed or stands in a file: one line without commas and semicolons, at most 60 characters. Empty if nothing
     * is left.
     */
    static Optional<String> name(String typed) {
        String clean = Normalizer.normalize(OddCharacter.without(typed), Normalizer.Form.NFC)
                .replaceAll("[\\s\\p{Z},;\"]+", " ")
                .strip();
        int end = clean.offsetByCodePoints(0, Math.min(LONGEST, clean.codePointCount(0, clean.length())));
        String name = clean.substring(0, Math.min(end, clean.length()));
        while (name.length() > LONGEST) {
            name = name.substring(0, name.offsetByCodePoints(name.length(), -1));
        }
        return OddCharacter.showsNothing(name) ? Optional.empty() : Optional.of(name.strip());
    }

    /** All, by name. */
    List<String> all();

    /** Those of several readers, by the reader's id; each by name. */
    Map<UUID, List<String>> of(Collection<UUID> readers);

    /** Those of one reader, by name. */
    List<String> of(SubscriberId reader);

    /** Gives one reader these tags and no others; names are cleaned as {@link #name} does it. */
    void set(SubscriberId reader, Collection<String> names, AttributeOrigin origin);

    /** One tag for one reader, of many. */
    record Tagged(UUID reader, String name) {}

    /**
     * Adds tags.
     *
     * @return how many readers got one that they had not
     */
    long add(Collection<Tagged> tagged, AttributeOrigin origin);

    /** Takes the tag from everybody. */
    void remove(String name, AccountId by);
}
