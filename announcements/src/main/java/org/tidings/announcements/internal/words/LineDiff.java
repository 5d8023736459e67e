package org.tidings.announcements.internal.words;

import java.util.ArrayList;
import java.util.List;
import org.tidings.announcements.Policies.DiffLine;
import org.tidings.announcements.Policies.DiffLine.Kind;

/** The longest common subsequence of two texts' lines; beyond the limit everything counts as replaced. */
public final class LineDiff {

    private static final int MAX_LINES = 2_000;

    private LineDiff() {}

    public static List<DiffLine> between(String before, String after) {
        String[] old = before.split("\n", -1);
        String[] now = after.split("\n", -1);
        List<DiffLine> lines = new ArrayList<>();
        if (old.length > MAX_LINES || now.length > MAX_LINES) {
            for (String line : old) {
                lines.add(new DiffLine(Kind.REMOVED, line));
            }
            for (String line : now) {
                lines.add(new DiffLine(Kind.ADDED, line));
            }
            return lines;
        }
        int[][] common = commonFrom(old, now);
        int i = 0;
        int j = 0;
        while (i < old.length || j < now.length) {
            if (i < old.length && j < now.length && old[i].equals(now[j])) {
                lines.add(new DiffLine(Kind.SAME, old[i]));
                i++;
                j++;
            } else if (j == now.length || (i < old.length && common[i + 1][j] >= common[i][j + 1])) {
                lines.add(new DiffLine(Kind.REMOVED, old[i]));
                i++;
            } else {
                lines.add(new DiffLine(Kind.ADDED, now[j]));
                j++;
            }
        }
        return lines;
    }

    /** Length of what is common from line i of the one and line j of the other on. */
    private static int[][] commonFrom(String[] old, String[] now) {
        int[][] common = new int[old.length + 1][now.length + 1];
        for (int i = old.length - 1; i >= 0; i--) {
            for (int j = now.length - 1; j >= 0; j--) {
                common[i][j] =
                        old[i].equals(now[j]) ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }
}
