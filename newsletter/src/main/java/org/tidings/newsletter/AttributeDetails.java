package org.tidings.newsletter;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What is to be known of readers.
 *
 * @param key a lower-case letter, then at most 39 letters, digits and low lines; none of the words that mean something else already
 * @param words by language; English is among them
 * @param choices of {@link AttributeType#CHOICE}, 2 to 50, in order; else none
 * @param seenBy at least one; whoever may change it sees it
 * @param changedBy may be nobody: then only imports fill it in
 */
public record AttributeDetails(
        String key,
        AttributeType type,
        Map<Locale, AttributeWords> words,
        List<AttributeChoice> choices,
        Set<AttributeParty> seenBy,
        Set<AttributeParty> changedBy) {

    public AttributeDetails {
        words = Map.copyOf(words);
        choices = List.copyOf(choices);
        seenBy = Set.copyOf(seenBy);
        changedBy = Set.copyOf(changedBy);
    }
}
