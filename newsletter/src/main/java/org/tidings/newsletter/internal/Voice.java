package org.tidings.newsletter.internal;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tidings.newsletter.OwnText;

/** How one newsletter speaks in one language: in its own words, and where it has none in ours. */
final class Voice {

    static final Pattern FIELD = Pattern.compile("\\{\\{\\s{0,2}(newsletter|site|hours)\\s{0,2}}}");

    private static final Map<OwnText, String> OURS = new EnumMap<>(Map.of(
            OwnText.CONSENT, "consent.words",
            OwnText.CONFIRM_SUBJECT, "confirm.subject",
            OwnText.CONFIRM_HEADING, "confirm.heading",
            OwnText.CONFIRM_TEXT, "confirm.text",
            OwnText.CONFIRM_BUTTON, "confirm.button",
            OwnText.FOOTER_WHY, "footer.why",
            OwnText.FOOTER_UNSUBSCRIBE, "footer.unsubscribe",
            OwnText.FOOTER_PREFERENCES, "footer.preferences",
            OwnText.FOOTER_ARCHIVE, "footer.archive"));

    static {
        OURS.put(OwnText.CONFIRM_EXPIRES, "confirm.expires");
    }

    private final Locale language;
    private final Map<OwnText, String> own;
    private final Map<String, String> values;

    /** @param values of the fields, by their names */
    Voice(Locale language, Map<OwnText, String> own, Map<String, String> values) {
        this.language = language;
        this.own = own;
        this.values = values;
    }

    Locale language() {
        return language;
    }

    /** Without fields filled in; for those who write. */
    static Optional<String> ours(OwnText text, Locale language) {
        return Optional.ofNullable(OURS.get(text))
                .map(key ->
                        Texts.in(language).get(key, text == OwnText.CONFIRM_EXPIRES ? "{{hours}}" : "{{newsletter}}"));
    }

    Optional<String> own(OwnText text) {
        return Optional.ofNullable(own.get(text)).map(this::filled);
    }

    /** Of those that we have too. */
    String say(OwnText text) {
        return own(text).or(() -> ours(text, language).map(this::filled)).orElse("");
    }

    /** The same voice, knowing one field more. */
    Voice knowing(String field, String value) {
        Map<String, String> more = new java.util.HashMap<>(values);
        more.put(field, value);
        return new Voice(language, own, more);
    }

    private String filled(String words) {
        return FIELD.matcher(words)
                .replaceAll(field -> Matcher.quoteReplacement(values.getOrDefault(field.group(1), "")));
    }
}
