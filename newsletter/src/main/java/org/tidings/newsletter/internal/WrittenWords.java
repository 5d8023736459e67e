package org.tidings.newsletter.internal;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.tidings.newsletter.IssueText;
import org.tidings.newsletter.OwnText;
import org.tidings.newsletter.OwnText.Kind;
import org.tidings.newsletter.OwnWordsRejected;
import org.tidings.newsletter.OwnWordsRejected.Reason;
import org.tidings.site.OddCharacter;

/** Own words that may be kept. */
final class WrittenWords {

    private final Map<OwnText, String> texts;

    private WrittenWords(Map<OwnText, String> texts) {
        this.texts = texts;
    }

    /** @throws OwnWordsRejected naming texts and reasons */
    static WrittenWords of(Map<OwnText, String> typed) {
        Map<OwnText, String> texts = new EnumMap<>(OwnText.class);
        Map<OwnText, Reason> wrong = new EnumMap<>(OwnText.class);
        typed.forEach((text, words) -> {
            String stripped = words.replace("\r\n", "\n").strip();
            if (!stripped.isEmpty()) {
                texts.put(text, stripped);
                whyNot(text, stripped).ifPresent(reason -> wrong.put(text, reason));
            }
        });
        if (texts.containsKey(OwnText.WELCOME) != texts.containsKey(OwnText.WELCOME_SUBJECT)) {
            wrong.put(texts.containsKey(OwnText.WELCOME) ? OwnText.WELCOME_SUBJECT : OwnText.WELCOME, Reason.HALF);
        }
        if (!wrong.isEmpty()) {
            throw new OwnWordsRejected(wrong);
        }
        return new WrittenWords(texts);
    }

    String words(OwnText text) {
        return texts.getOrDefault(text, "");
    }

    private static Optional<Reason> whyNot(OwnText text, String words) {
        if (words.length() > text.longest()) {
            return Optional.of(Reason.TOO_LONG);
        }
        boolean odd = text.kind() == Kind.LINE
                ? OddCharacter.inLine(words).isPresent()
                : OddCharacter.inText(words).isPresent();
        if (odd) {
            return Optional.of(Reason.CHARACTERS);
        }
        if (text == OwnText.WELCOME || text == OwnText.WELCOME_SUBJECT) {
            return sendable(text, words) ? Optional.empty() : Optional.of(Reason.MARKDOWN);
        }
        return fields(text, words);
    }

    private static boolean sendable(OwnText text, String words) {
        IssueText issue =
                text == OwnText.WELCOME ? new IssueText("Welcome", "", words) : new IssueText(words, "", "Welcome");
        return Markdown.problems(issue).isEmpty();
    }

    private static Optional<Reason> fields(OwnText text, String words) {
        boolean hours = Voice.FIELD
                .matcher(words)
                .results()
                .anyMatch(field -> field.group(1).equals("hours"));
        String rest = Voice.FIELD.matcher(words).replaceAll("");
        if (rest.contains("{{") || rest.contains("}}") || (hours && text != OwnText.CONFIRM_EXPIRES)) {
            return Optional.of(Reason.UNKNOWN_FIELD);
        }
        boolean named = Voice.FIELD
                .matcher(words)
                .results()
                .anyMatch(field -> field.group(1).equals("newsletter"));
        return text == OwnText.CONSENT && !named ? Optional.of(Reason.FIELD_MISSING) : Optional.empty();
    }
}
