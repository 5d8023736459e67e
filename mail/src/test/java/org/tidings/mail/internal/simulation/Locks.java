package org.tidings.mail.internal.simulation;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Row locks as PostgreSQL has them, by the rows' keys. H2 never has to wait for anybody: it would wait in the real time, knows no locks on
 * keys, and spins when a transaction that it waits for has rolled back to a savepoint. So before a statement is executed it is told
 * here which rows it locks: those that its own condition finds.
 */
final class Locks {

    /** From the weakest to the strongest. */
    enum Mode {
        KEY_SHARE,
        NO_KEY_UPDATE,
        UPDATE;

        boolean conflicts(Mode other) {
            return switch (this) {
                case KEY_SHARE -> other == UPDATE;
                case NO_KEY_UPDATE -> other != KEY_SHARE;
                case UPDATE -> true;
            };
        }
    }

    /** What a statement locks: rows that a query finds, or the row that it inserts. */
    private record Plan(Mode mode, String table, String query, int from, List<String> inserted) {
        private static final Plan NOTHING = new Plan(Mode.KEY_SHARE, "", "", 0, List.of());
    }

    private static final Pattern SELECT =
            Pattern.compile("select .+? from (mail\\.\\w+) (where .+) (for update|for key share)", Pattern.DOTALL);
    private static final Pattern UPDATE = Pattern.compile("update (mail\\.\\w+) set (.+)", Pattern.DOTALL);
    private static final Pattern DELETE = Pattern.compile("delete from (mail\\.\\w+) (where .+)", Pattern.DOTALL);
    private static final Pattern INSERT = Pattern.compile(
            "insert into (mail\\.\\w+) \\(([^)]*)\\) values \\((.*?)\\)( on conflict do nothing)?", Pattern.DOTALL);
    private static final Pattern OTHER = Pattern.compile(
            "(select (?!.* for ).*|insert into mail\\.\\w+ \\([^)]*\\) select .*|--.*)", Pattern.DOTALL);

    private final Map<String, List<String>> keys;
    private final Map<String, Plan> plans = new HashMap<>();
    private final Map<String, Map<Object, Mode>> held = new HashMap<>();

    /** @param keys columns of each table's key */
    Locks(Map<String, List<String>> keys) {
        this.keys = keys;
    }

    /**
     * Takes what a statement locks, one after the other, until one is in the way.
     *
     * @return who holds the one that is in the way; empty when all is had
     */
    Set<Object> take(Object owner, String sql, @Nullable Object[] arguments, Storage.Line line) throws SQLException {
        Plan plan = plans.computeIfAbsent(sql, this::plan);
        if (plan.equals(Plan.NOTHING)) {
            return Set.of();
        }
        for (String key : rows(plan, arguments, line)) {
            Set<Object> others = take(owner, plan.table() + key, plan.mode());
            if (!others.isEmpty()) {
                return others;
            }
        }
        return Set.of();
    }

    @SuppressWarnings("ReferenceEquality") // the very same session
    private Set<Object> take(Object owner, String row, Mode mode) {
        Map<Object, Mode> holders = held.computeIfAbsent(row, r -> new LinkedHashMap<>());
        Set<Object> others = new LinkedHashSet<>();
        holders.forEach((holder, theirs) -> {
            if (holder != owner && theirs.conflicts(mode)) {
                others.add(holder);
            }
        });
        if (others.isEmpty()) {
            holders.merge(owner, mode, (a, b) -> a.compareTo(b) > 0 ? a : b);
        }
        return others;
    }

    void release(Object owner) {
        held.values().removeIf(holders -> {
            holders.remove(owner);
            return holders.isEmpty();
        });
    }

    private List<String> rows(Plan plan, @Nullable Object[] arguments, Storage.Line line) throws SQLException {
        List<String> found = new ArrayList<>();
        if (plan.query().isEmpty()) {
            StringBuilder key = new StringBuilder();
            for (String value : plan.inserted()) {
                key.append('/').append(value.startsWith("#") ? text(arguments[number(value)]) : value);
            }
            found.add(key.toString());
            return found;
        }
        PreparedStatement statement = line.prepare(plan.query());
        for (int i = plan.from(); i < arguments.length; i++) {
            statement.setObject(i - plan.from() + 1, arguments[i]);
        }
        try (ResultSet rows = statement.executeQuery()) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                StringBuilder key = new StringBuilder();
                for (int i = 1; i <= columns; i++) {
                    key.append('/').append(text(rows.getObject(i)));
                }
                found.add(key.toString());
            }
        }
        return found;
    }

    private static int number(String value) {
        return Integer.parseInt(value.substring(1));
    }

    private static String text(@Nullable Object value) {
        return value instanceof OffsetDateTime time ? time.toInstant().toString() : String.valueOf(value);
    }

    private Plan plan(String sql) {
        Matcher update = UPDATE.matcher(sql);
        if (update.matches()) {
            int where = whereOf(update.group(2));
            String condition = update.group(2).substring(where);
            return found(Mode.NO_KEY_UPDATE, update.group(1), condition, marks(sql) - marks(condition));
        }
        Matcher delete = DELETE.matcher(sql);
        if (delete.matches()) {
            return found(Mode.UPDATE, delete.group(1), delete.group(2), 0);
        }
        Matcher select = SELECT.matcher(sql);
        if (select.matches()) {
            boolean shares = select.group(3).equals("for key share");
            return found(
                    shares ? Mode.KEY_SHARE : Mode.UPDATE,
                    select.group(1),
                    select.group(2),
                    marks(sql) - marks(select.group(2)));
        }
        Matcher insert = INSERT.matcher(sql);
        if (insert.matches()) {
            return inserted(
                    insert.group(1),
                    insert.group(2).split(", *"),
                    insert.group(3).split(", *"));
        }
        if (OTHER.matcher(sql).matches()) {
            return Plan.NOTHING;
        }
        throw new IllegalArgumentException("the simulator does not know what this locks: " + sql);
    }

    /** Of an update's own condition, not of a query in it. */
    private static int whereOf(String text) {
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0 && text.startsWith("where ", i)) {
                return i;
            }
        }
        throw new IllegalArgumentException("an update of a whole table: " + text);
    }

    private static int marks(String sql) {
        return (int) sql.chars().filter(c -> c == '?').count();
    }

    private List<String> keyOf(String table) {
        return Optional.ofNullable(keys.get(table)).orElseThrow(() -> new IllegalArgumentException(table));
    }

    private Plan found(Mode mode, String table, String condition, int from) {
        return new Plan(
                mode,
                table,
                "select " + String.join(", ", keyOf(table)) + " from " + table + " " + condition,
                from,
                List.of());
    }

    private Plan inserted(String table, String[] columns, String[] values) {
        Map<String, String> given = new HashMap<>();
        int marks = 0;
        for (int i = 0; i < columns.length; i++) {
            given.put(columns[i].strip(), values[i].contains("?") ? "#" + marks++ : values[i].strip());
        }
        List<String> key = keyOf(table);
        // A key that the database makes is nobody else's.
        return given.keySet().containsAll(key)
                ? new Plan(
                        Mode.NO_KEY_UPDATE,
                        table,
                        "",
                        0,
                        key.stream().map(given::get).toList())
                : Plan.NOTHING;
    }
}
