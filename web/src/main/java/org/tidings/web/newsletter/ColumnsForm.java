package org.tidings.web.newsletter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tidings.newsletter.AttributeView;
import org.tidings.newsletter.ColumnUse;
import org.tidings.newsletter.ColumnsUnclear;
import org.tidings.newsletter.ImportView;
import org.tidings.newsletter.ImportView.Column;
import org.tidings.newsletter.ImportView.Standing;
import org.tidings.newsletter.Imports.Chosen;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.PageContext;

/** What the columns of an import mean, as a form says it: a choice for each, by its place. */
public final class ColumnsForm {

    /** A form has 200 fields at most; the columns behind are those without a value. */
    private static final int MOST = 120;

    private static final String ATTRIBUTE = "ATTRIBUTE:";

    private ColumnsForm() {}

    /**
     * A column on the page.
     *
     * @param chosen what is sent for it as it stands
     */
    public record Line(String name, Column column, String chosen) {}

    /** Those that somebody can say something about: with a value, or with a meaning. */
    public static List<Line> lines(Form form, ImportView view) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < view.columns().size() && lines.size() < MOST; i++) {
            Column column = view.columns().get(i);
            boolean plain = column.examples().isEmpty()
                    && column.use().filter(use -> use != ColumnUse.NOTHING).isEmpty()
                    && column.use().isPresent();
            if (!plain) {
                String name = "use-" + i;
                String sent = form.value(name);
                lines.add(new Line(name, column, sent.isEmpty() ? sent(column) : sent));
            }
        }
        return lines;
    }

    private static String sent(Column column) {
        return column.use()
                .map(use -> use == ColumnUse.ATTRIBUTE ? ATTRIBUTE + column.key() : use.name())
                .orElse("");
    }

    /** How many are not on the page. */
    public static int without(Form form, ImportView view) {
        return view.columns().size() - lines(form, view).size();
    }

    static Map<String, Chosen> columns(Form form, ImportView view) {
        Map<String, Chosen> columns = new LinkedHashMap<>();
        for (Line line : lines(form, view)) {
            String sent = form.value(line.name());
            if (sent.startsWith(ATTRIBUTE)) {
                columns.put(line.column().title(), new Chosen(ColumnUse.ATTRIBUTE, sent.substring(ATTRIBUTE.length())));
            }
            for (ColumnUse use : ColumnUse.values()) {
                if (use.name().equals(sent)) {
                    columns.put(
                            line.column().title(), new Chosen(use, line.column().key()));
                }
            }
        }
        return columns;
    }

    static Map<Integer, Standing> everybody(Form form, ImportView view) {
        Map<Integer, Standing> everybody = new HashMap<>();
        for (int i = 0; i < view.files().size(); i++) {
            for (Standing standing : Standing.values()) {
                if (standing.name().equals(form.value("everybody-" + i))) {
                    everybody.put(i, standing);
                }
            }
        }
        return everybody;
    }

    static Form refused(Form form, ImportView view, ColumnsUnclear e) {
        String key = "imports.columns.unclear."
                + e.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
        if (e.titles().isEmpty()) {
            return form.reject("", key);
        }
        for (Line line : lines(form, view)) {
            if (e.titles().contains(line.column().title())) {
                form.reject(line.name(), key);
            }
        }
        return form;
    }

    /** What can be said of a column, by what is sent. */
    public static Map<String, String> choices(PageContext page, Column column, List<AttributeView> attributes) {
        Map<String, String> choices = new LinkedHashMap<>();
        if (column.use().isEmpty()) {
            choices.put("", page.t("imports.columns.choose"));
        }
        for (ColumnUse use : ImportWords.OFFERED) {
            choices.put(use.name(), ImportWords.use(page, use));
        }
        for (AttributeView attribute : attributes) {
            choices.put(ATTRIBUTE + attribute.key(), page.t("imports.use.attribute", attribute.label(page.locale())));
        }
        return choices;
    }

    public static Map<String, String> standings(PageContext page) {
        Map<String, String> standings = new LinkedHashMap<>();
        for (Standing standing : Standing.values()) {
            standings.put(
                    standing.name(),
                    page.t("imports.everybody." + standing.name().toLowerCase(Locale.ROOT)));
        }
        return standings;
    }
}
