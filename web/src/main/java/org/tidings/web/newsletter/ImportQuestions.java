package org.tidings.web.newsletter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.tidings.newsletter.ImportAnswer;
import org.tidings.newsletter.ImportReport;
import org.tidings.newsletter.ImportReport.Question;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.PageContext;

/** The questions of an import as a form asks them, and the answers as it sends them. */
public final class ImportQuestions {

    static final String ASKED = "asked";
    static final String ANSWER = "answer";
    /** Each is two fields, of the 200 that a form may have. What is left is asked in the next round. */
    private static final int MOST_LINES = 90;

    private ImportQuestions() {}

    /**
     * One line of the form.
     *
     * @param key column and value, sent along with the answer
     * @param answer chosen before, or empty
     */
    public record Line(String key, String label, String hint, String answer) {}

    static Map<String, ImportAnswer> answers(Form form) {
        List<String> asked = form.values(ASKED);
        List<String> given = form.values(ANSWER);
        Map<String, ImportAnswer> answers = new HashMap<>();
        for (int i = 0; i < Math.min(asked.size(), given.size()); i++) {
            for (ImportAnswer answer : ImportAnswer.values()) {
                if (answer.name().equals(given.get(i))) {
                    answers.put(asked.get(i), answer);
                }
            }
        }
        return answers;
    }

    /** For each column all the rest, then what is open, then what was answered before; so many as a form can send. */
    public static List<Line> lines(PageContext page, Map<String, ImportAnswer> answered, List<Question> open) {
        List<Line> lines = new ArrayList<>();
        Set<String> columns = new LinkedHashSet<>();
        Map<String, Integer> counts = new HashMap<>();
        for (Question question : open) {
            columns.add(question.column());
            counts.merge(question.column(), 1, Integer::sum);
        }
        for (String column : columns) {
            if (counts.getOrDefault(column, 0) > 1) {
                lines.add(new Line(
                        column + ":*",
                        page.t("subscribers.import.question.all", column),
                        page.t("subscribers.import.question.column"),
                        ""));
            }
        }
        for (Question question : open) {
            lines.add(new Line(
                    question.key(),
                    label(page, question.column(), question.value()),
                    page.t(
                            "subscribers.import.question.rows",
                            question.rows(),
                            question.lines().stream().map(page::number).collect(Collectors.joining(", "))),
                    ""));
        }
        answered.forEach((key, answer) -> {
            int colon = key.lastIndexOf(':');
            lines.add(new Line(
                    key,
                    label(page, key.substring(0, Math.max(colon, 0)), key.substring(colon + 1)),
                    "",
                    answer.name()));
        });
        return lines.size() <= MOST_LINES ? lines : lines.subList(0, MOST_LINES);
    }

    private static String label(PageContext page, String column, String value) {
        return switch (value) {
            case "" -> page.t("subscribers.import.question.empty", column);
            case "*" -> page.t("subscribers.import.question.all", column);
            default -> page.t("subscribers.import.question", column, value);
        };
    }

    /** The choices, by what is sent. */
    public static Map<String, String> choices(PageContext page) {
        Map<String, String> choices = new LinkedHashMap<>();
        choices.put("", page.t("subscribers.import.answer.choose"));
        for (ImportAnswer answer : ImportAnswer.values()) {
            choices.put(
                    answer.name(),
                    page.t("subscribers.import.answer."
                            + answer.name().toLowerCase(Locale.ROOT).replace('_', '-')));
        }
        return choices;
    }

    /** The figures that count rows, by the end of their text's key; those that are none are left out, but for new ones. */
    public static Map<String, Long> figures(ImportReport report) {
        Map<String, Long> figures = new LinkedHashMap<>();
        figures.put("rows", report.rows());
        figures.put("added", report.added());
        figures.put("completed", report.completed());
        figures.put("known", report.known());
        figures.put("opted-out", report.optedOut());
        figures.put("left", report.left());
        figures.put("blocked", report.blocked());
        figures.put("pending", report.pending());
        figures.put("left-out", report.leftOut());
        figures.put("duplicates", report.duplicates());
        figures.put("wrong", report.errors());
        figures.entrySet()
                .removeIf(figure -> figure.getValue() == 0
                        && !figure.getKey().equals("rows")
                        && !figure.getKey().equals("added"));
        return figures;
    }
}
