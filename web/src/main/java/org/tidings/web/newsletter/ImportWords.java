package org.tidings.web.newsletter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tidings.newsletter.ColumnUse;
import org.tidings.newsletter.ImportRejected;
import org.tidings.newsletter.ImportView;
import org.tidings.newsletter.ImportView.File;
import org.tidings.web.pages.PageContext;

/** How pages speak of imports. */
public final class ImportWords {

    /** As which a file can be read; empty for what it looks like. */
    static final List<String> ENCODINGS =
            List.of("", "UTF-8", "windows-1252", "windows-1250", "windows-1251", "x-MacRoman", "UTF-16LE", "UTF-16BE");

    /** What can be said of a column, in the order of the choice. */
    static final List<ColumnUse> OFFERED = List.of(
            ColumnUse.NOTHING,
            ColumnUse.ADDRESS,
            ColumnUse.NAME,
            ColumnUse.FIRST_NAME,
            ColumnUse.LAST_NAME,
            ColumnUse.LANGUAGE,
            ColumnUse.ZONE,
            ColumnUse.STATUS,
            ColumnUse.SUBSCRIBED,
            ColumnUse.LEFT,
            ColumnUse.BOUNCED,
            ColumnUse.BLOCKED,
            ColumnUse.COMPLAINED,
            ColumnUse.CONFIRMED,
            ColumnUse.CONFIRMED_AT,
            ColumnUse.UNCONFIRMED,
            ColumnUse.AGREED,
            ColumnUse.AGREED_AT,
            ColumnUse.AGREED_FROM,
            ColumnUse.SINCE,
            ColumnUse.SOURCE,
            ColumnUse.TAGS,
            ColumnUse.ATTRIBUTES);

    private ImportWords() {}

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static String rejected(ImportRejected.Reason reason) {
        return "subscribers.import.rejected." + word(reason);
    }

    static String use(PageContext page, ColumnUse use) {
        return page.t("imports.use." + word(use));
    }

    /** What is wrong with the file, for a person. */
    public static String problem(PageContext page, ImportView view) {
        return view.problem()
                .map(problem -> page.t(rejected(problem.reason()), String.join(", ", problem.columns())))
                .orElse(page.t("imports.failed.text"));
    }

    public static String state(PageContext page, ImportView view) {
        return page.t("imports.state." + word(view.state()));
    }

    public static String tone(ImportView view) {
        return switch (view.state()) {
            case LOOKING, CHECKING, RUNNING, UNDOING -> "busy";
            case MAPPING, ASKING, READY -> "warning";
            case DONE -> "done";
            case FAILED -> "danger";
            case UNDONE, GIVEN_UP -> "quiet";
        };
    }

    /** How a file was read: its system, its letters, what divides its columns. */
    public static List<String> how(PageContext page, File file) {
        List<String> how = new ArrayList<>();
        file.system().ifPresent(system -> how.add(page.t("imports.file.system", system.title())));
        how.add(page.t("imports.file.encoding", encoding(page, file.encoding())));
        if (file.separator() != ' ') {
            how.add(page.t("imports.file.separator." + separator(file.separator())));
        }
        if (file.headless()) {
            how.add(page.t("imports.file.headless"));
        }
        how.add(page.t("imports.file.rows", file.rows()));
        return how;
    }

    private static String separator(char separator) {
        return switch (separator) {
            case ',' -> "comma";
            case ';' -> "semicolon";
            case '\t' -> "tab";
            case '|' -> "bar";
            default -> "other";
        };
    }

    private static String encoding(PageContext page, String encoding) {
        return encoding.isEmpty()
                ? page.t("imports.encoding.look")
                : switch (encoding) {
                    case "x-MacRoman" -> "Mac Roman";
                    case "windows-1252" -> "Windows-1252";
                    case "windows-1250" -> "Windows-1250";
                    case "windows-1251" -> "Windows-1251";
                    case "UTF-16LE", "UTF-16BE" -> "UTF-16 (" + encoding.substring(6) + ")";
                    default -> encoding;
                };
    }

    public static Map<String, String> encodings(PageContext page) {
        Map<String, String> encodings = new LinkedHashMap<>();
        ENCODINGS.forEach(encoding -> encodings.put(encoding, encoding(page, encoding)));
        return encodings;
    }

    /** What it is called in lists: by its file, or by when it was. */
    public static String title(PageContext page, ImportView view) {
        return view.fileName().isEmpty() ? page.t("imports.pasted") : view.fileName();
    }
}
