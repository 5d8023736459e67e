package org.tidings.web.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.tidings.mail.SendingFigures.Day;

/**
 * Columns of a chart over days, as whole numbers of an SVG's units: drawn by the template without script or style. The figures
 * themselves stand in a table beside it.
 *
 * @param columns from left to right
 * @param lines limits to compare with, by height
 * @param top what the chart's upper edge stands for
 */
public record Bars(int width, int height, List<Column> columns, List<Line> lines, long top) {

    private static final int COLUMN = 20;
    private static final int GAP = 4;
    private static final int HEIGHT = 160;

    /** One day: its parts stand on each other. */
    public record Column(Day day, int x, int width, List<Part> parts) {}

    /** A part of a column; {@code tone} is a class of the style sheet. */
    public record Part(int y, int height, String tone) {}

    /** A line across, at this value. */
    public record Line(int y, long value) {}

    /** What a part stands for. */
    public record Series(String tone, ToLongFunction<Day> value) {}

    /** A limit. */
    public record Limit(long value) {}

    static Bars of(List<Day> days, List<Series> series, List<Limit> limits) {
        long highest = days.stream()
                .mapToLong(day -> series.stream()
                        .mapToLong(s -> s.value().applyAsLong(day))
                        .sum())
                .max()
                .orElse(0);
        long limit = limits.stream().mapToLong(Limit::value).max().orElse(0);
        long top = Math.max(1, Math.max(highest, limit + limit / 5));
        Function<Long, Integer> scaled = value -> (int) Math.round(value * (double) HEIGHT / top);
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < days.size(); i++) {
            columns.add(new Column(days.get(i), i * (COLUMN + GAP), COLUMN, parts(days.get(i), series, scaled)));
        }
        List<Line> lines = limits.stream()
                .map(l -> new Line(HEIGHT - scaled.apply(l.value()), l.value()))
                .toList();
        return new Bars(Math.max(1, days.size() * (COLUMN + GAP) - GAP), HEIGHT, columns, lines, top);
    }

    private static List<Part> parts(Day day, List<Series> series, Function<Long, Integer> scaled) {
        List<Part> parts = new ArrayList<>();
        int y = HEIGHT;
        for (Series one : series) {
            long value = one.value().applyAsLong(day);
            // What is there is seen, however little it is.
            int height = value == 0 ? 0 : Math.max(2, scaled.apply(value));
            y -= height;
            if (height > 0) {
                parts.add(new Part(Math.max(0, y), height, one.tone()));
            }
        }
        return parts;
    }
}
