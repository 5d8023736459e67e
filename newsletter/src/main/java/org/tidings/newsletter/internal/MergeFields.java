package org.tidings.newsletter.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tidings.newsletter.IssueProblem;
import org.tidings.newsletter.IssueText;

/**
 * The merge fields of an issue that have a fallback of their own: <code>{{city|your town}}</code>, and <code>{{name|friend}}</code>. Each becomes a
 * slot of the mail, by its place in the text: in a table its stroke would begin a cell.
 */
record MergeFields(List<Field> fields) {

    static final Pattern FIELD = Pattern.compile("\\{\\{([^{}\\n]{0,200})}}");

    private static final Pattern SLOT = Pattern.compile("field[a-z]{1,4}");
    private static final int LETTERS = 26;

    /**
     * @param name of an attribute, or {@code name}
     * @param fallback what stands there for a reader of whom it is not known; may be empty
     */
    record Field(String slot, String name, String fallback) {}

    /** What stands between the braces: a name, and what follows the stroke. */
    record Written(String name, Optional<String> fallback) {

        static Written read(String between) {
            int stroke = between.indexOf('|');
            if (stroke < 0) {
                return new Written(between.strip(), Optional.empty());
            }
            // Editors of tables put a backslash before it.
            String name = between.substring(0, stroke).strip();
            return new Written(
                    name.endsWith("\\") ? name.substring(0, name.length() - 1).strip() : name,
                    Optional.of(between.substring(stroke + 1).strip()));
        }
    }

    MergeFields {
        fields = List.copyOf(fields);
    }

    static MergeFields of(IssueText text) {
        List<Field> fields = new ArrayList<>();
        for (String part : List.of(text.subject(), text.preheader(), text.markdown())) {
            collect(part, fields);
        }
        return new MergeFields(fields);
    }

    static MergeFields of(String markdown) {
        return of(new IssueText("", "", markdown));
    }

    private static void collect(String text, List<Field> fields) {
        Matcher found = FIELD.matcher(text);
        while (found.find()) {
            Written written = Written.read(found.group(1));
            written.fallback().ifPresent(fallback -> {
                boolean known = fields.stream()
                        .anyMatch(field -> field.name().equals(written.name())
                                && field.fallback().equals(fallback));
                if (!known) {
                    fields.add(new Field(slot(fields.size()), written.name(), fallback));
                }
            });
        }
    }

    private static String slot(int place) {
        StringBuilder letters = new StringBuilder();
        int rest = place;
        do {
            letters.insert(0, (char) ('a' + rest % LETTERS));
            rest /= LETTERS;
        } while (rest > 0);
        return "field" + letters;
    }

    static boolean isSlot(String name) {
        return SLOT.matcher(name).matches();
    }

    /** The same text with the slots in place of the fields. */
    IssueText slotted(IssueText text) {
        return new IssueText(slotted(text.subject()), slotted(text.preheader()), slotted(text.markdown()));
    }

    String slotted(String text) {
        return fields.isEmpty()
                ? text
                : FIELD.matcher(text)
                        .replaceAll(m -> Matcher.quoteReplacement(slotOf(Written.read(m.group(1)))
                                .map(slot -> "{{" + slot + "}}")
                                .orElse(m.group())));
    }

    private Optional<String> slotOf(Written written) {
        return written.fallback()
                .flatMap(fallback -> fields.stream()
                        .filter(field -> field.name().equals(written.name())
                                && field.fallback().equals(fallback))
                        .map(Field::slot)
                        .findFirst());
    }

    /** The problem, speaking of a field as it was written. */
    IssueProblem named(IssueProblem problem) {
        return fields.stream()
                .filter(field -> field.slot().equals(problem.detail()))
                .map(field -> new IssueProblem(problem.kind(), problem.field(), problem.line(), field.name()))
                .findFirst()
                .orElse(problem);
    }

    /** For who is nobody: the archive, a preview. */
    Map<String, String> fallbacks() {
        Map<String, String> values = new LinkedHashMap<>();
        fields.forEach(field -> values.put(field.slot(), field.fallback()));
        return values;
    }
}
