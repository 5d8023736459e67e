package org.tidings.announcements.internal.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text's sentences. What is too short to say anything by itself stays with what follows: "More room. Less money. The new plan." */
final class Sentences {

    /** Not after a single letter (z. B., s. a. l. e.) nor after an ordinal (am 3. Mai). */
    private static final Pattern END = Pattern.compile(
            "(?<![\\s.(]\\p{L})(?<!\\d)[.!?…]+[\"”’»)]*(?=\\s+\\S)|(?<=\\d)[.](?=\\s+\\p{Lu}\\p{Ll}+ (?!\\d))(?<!\\b\\d\\.)(?<!\\b\\d\\d\\.)|\\n\\s*\\n|\\n(?=\\s*(?:[-*•]|#{1,6}|\\d+[.)])\\s)");

    private static final int TOO_SHORT = 24;
    /** Nobody writes longer ones; what has no full stop is looked at in pieces. */
    private static final int TOO_LONG = 600;

    private Sentences() {}

    static List<String> in(String text) {
        List<String> sentences = new ArrayList<>();
        Matcher matcher = END.matcher(text);
        int start = 0;
        while (matcher.find()) {
            boolean paragraph = matcher.group().startsWith("\n");
            if (paragraph || matcher.end() - start >= TOO_SHORT) {
                add(sentences, text.substring(start, matcher.end()));
                start = matcher.end();
            }
        }
        add(sentences, text.substring(start));
        return sentences;
    }

    private static void add(List<String> sentences, String sentence) {
        String rest = sentence.strip();
        while (rest.length() > TOO_LONG) {
            int cut = rest.lastIndexOf(' ', TOO_LONG);
            int end = cut < TOO_LONG / 2 ? TOO_LONG : cut;
            sentences.add(rest.substring(0, end));
            rest = rest.substring(end).strip();
        }
        if (!rest.isEmpty()) {
            sentences.add(rest);
        }
    }
}
