package org.tidings.mail.internal.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** What happened, in its order: the last lines to read, and a number over all of them to compare. */
public final class Trace {

    private record Line(long nanos, String who, String what, Object detail) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%12.6f  %-22s %s %s", nanos / 1e9, who, what, detail)
                    .stripTrailing();
        }
    }

    private final int kept;
    private final Deque<Line> last = new ArrayDeque<>();
    private long hash = 1;

    Trace(int kept) {
        this.kept = kept;
    }

    void add(long nanos, String who, String what, Object detail) {
        hash = 31 * hash + nanos;
        hash = 31 * hash + who.hashCode();
        hash = 31 * hash + what.hashCode();
        hash = 31 * hash + (detail instanceof String || detail instanceof Number ? detail.hashCode() : text(detail));
        last.addLast(new Line(nanos, who, what, detail));
        if (last.size() > kept) {
            last.removeFirst();
        }
    }

    private static int text(Object detail) {
        return detail.toString().hashCode();
    }

    /** Over every line, kept or not. */
    public long hash() {
        return hash;
    }

    /** As text. */
    public List<String> lastLines() {
        List<String> text = new ArrayList<>();
        last.forEach(line -> text.add(line.toString()));
        return text;
    }
}
