package org.tidings.newsletter.internal;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.tidings.newsletter.AttributeChoice;
import org.tidings.newsletter.AttributeDetails;
import org.tidings.newsletter.AttributeDetailsRejected;
import org.tidings.newsletter.AttributeDetailsRejected.Reason;
import org.tidings.newsletter.AttributeType;
import org.tidings.newsletter.AttributeView;
import org.tidings.newsletter.AttributeWords;
import org.tidings.site.Languages;
import org.tidings.site.OddCharacter;

/** What a definition must have. */
final class AttributeRules {

    private static final int MOST = 100;
    private static final int MOST_CHOICES = 50;
    private static final int LONGEST_LABEL = 120;
    private static final int SHORTEST_PURPOSE = 10;
    private static final int LONGEST_PURPOSE = 300;
    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9_]{0,39}");
    private static final Pattern CODE = Pattern.compile("[a-z0-9][a-z0-9_-]{0,39}");

    /** Merge fields, columns of the export and of other systems' exports, words of the API. */
    private static final Set<String> RESERVED = Set.of(
            "name",
            "address",
            "email",
            "language",
            "zone",
            "state",
            "status",
            "since",
            "confirmed",
            "ended_by",
            "suppressed",
            "suppressed_since",
            "confirmed_ip",
            "tags",
            "tag",
            "newsletter",
            "segment",
            "account",
            "id",
            "subscription",
            "subscriber");

    private AttributeRules() {}

    static void check(AttributeDetails details, Map<String, AttributeView> known) {
        Map<String, Reason> wrong = words(details);
        if (details.key().isEmpty()) {
            wrong.put("key", Reason.EMPTY);
        } else if (!KEY.matcher(details.key()).matches()) {
            wrong.put("key", Reason.CHARACTERS);
        } else if (RESERVED.contains(details.key())) {
            wrong.put("key", Reason.RESERVED);
        } else if (known.containsKey(details.key())) {
            wrong.put("key", Reason.TAKEN);
        } else if (known.size() >= MOST) {
            wrong.put("key", Reason.TOO_MANY);
        }
        refuse(wrong);
    }

    /** @param inUse values that readers have */
    static void checkChange(AttributeDetails details, AttributeView before, List<String> inUse) {
        Map<String, Reason> wrong = words(details);
        if (before.type() == AttributeType.CHOICE) {
            Set<String> offered = new HashSet<>();
            details.choices().forEach(choice -> offered.add(choice.code()));
            if (!offered.containsAll(inUse)) {
                wrong.putIfAbsent("choices", Reason.CHOICE_IN_USE);
            }
        }
        refuse(wrong);
    }

    private static void refuse(Map<String, Reason> wrong) {
        if (!wrong.isEmpty()) {
            throw new AttributeDetailsRejected(wrong);
        }
    }

    private static Map<String, Reason> words(AttributeDetails details) {
        Map<String, Reason> wrong = new LinkedHashMap<>();
        if (!details.words().containsKey(Languages.FALLBACK)) {
            wrong.put("label.en", Reason.EMPTY);
        }
        details.words().forEach((language, words) -> words(language, words, wrong));
        if (details.seenBy().isEmpty() && details.changedBy().isEmpty()) {
            wrong.put("seen-by", Reason.EMPTY);
        }
        choices(details, wrong);
        return wrong;
    }

    private static void words(Locale language, AttributeWords words, Map<String, Reason> wrong) {
        String code = language.getLanguage();
        line("label." + code, words.label(), LONGEST_LABEL, wrong);
        line("purpose." + code, words.purpose(), LONGEST_PURPOSE, wrong);
        if (words.purpose().strip().length() < SHORTEST_PURPOSE) {
            wrong.put("purpose." + code, Reason.PURPOSE_MISSING);
        }
    }

    private static void line(String field, String text, int longest, Map<String, Reason> wrong) {
        if (OddCharacter.showsNothing(text)) {
            wrong.put(field, Reason.EMPTY);
        } else if (text.length() > longest) {
            wrong.put(field, Reason.TOO_LONG);
        } else if (OddCharacter.inLine(text).isPresent()) {
            wrong.put(field, Reason.CHARACTERS);
        }
    }

    private static void choices(AttributeDetails details, Map<String, Reason> wrong) {
        List<AttributeChoice> choices = details.choices();
        if (details.type() != AttributeType.CHOICE) {
            if (!choices.isEmpty()) {
                wrong.put("choices", Reason.CHOICES);
            }
            return;
        }
        Set<String> codes = new HashSet<>();
        if (choices.size() < 2
                || choices.size() > MOST_CHOICES
                || !choices.stream().allMatch(c -> codes.add(c.code()))) {
            wrong.put("choices", Reason.CHOICES);
        }
        for (AttributeChoice choice : choices) {
            if (!CODE.matcher(choice.code()).matches()) {
                wrong.putIfAbsent("choices", Reason.CHARACTERS);
            }
            choice.labels().values().forEach(label -> line("choices", label, LONGEST_LABEL, wrong));
            if (!choice.labels().containsKey(Languages.FALLBACK)) {
                wrong.putIfAbsent("choices", Reason.EMPTY);
            }
        }
    }
}
