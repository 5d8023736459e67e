package org.tidings.mail.internal.sending;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.io.IOException;
import java.io.StringReader;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.tidings.mail.Addressee;
import org.tidings.mail.Audience;
import org.tidings.mail.AudienceCount;
import org.tidings.mail.AudienceQuery;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.PersonState;
import org.tidings.mail.Standing;
import org.tidings.mail.internal.tables.Sql;

/** People in a table, for benchmarks and for tests with more than one process: they see each other's commits. */
final class ReadersTable implements Audience, Standing {

    private static final int PAGE = 10_000;

    private final Sql sql;
    private final String name;
    private final int atMost;

    /**
     * @param name of the audience
     * @param atMost only the first so many are in it
     */
    ReadersTable(Sql sql, String name, int atMost) {
        this.sql = sql;
        this.name = name;
        this.atMost = atMost;
    }

    /** Makes the table with so many people, {@code r0@example.org} and so on, all subscribed. */
    static ReadersTable filled(Sql sql, int count) {
        sql.update("create schema if not exists bench");
        sql.update(
                "create table bench.readers (id uuid primary key, number integer not null, address varchar(254) not null,"
                        + " name varchar(100) not null, state varchar(20) not null)");
        TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();
        for (int from = 0; from < count; from += PAGE) {
            int to = Math.min(count, from + PAGE);
            if (sql.isPostgres()) {
                copy(sql, ids, from, to);
            } else {
                List<@Nullable Object[]> lines = new ArrayList<>();
                for (int i = from; i < to; i++) {
                    lines.add(new @Nullable Object[] {ids.generate(), i, address(i), "Reader " + i, "SUBSCRIBED"});
                }
                sql.batch("insert into bench.readers (id, number, address, name, state) values (?, ?, ?, ?, ?)", lines);
            }
        }
        if (sql.isPostgres()) {
            sql.update("analyze bench.readers");
        }
        return new ReadersTable(sql, "readers", Integer.MAX_VALUE);
    }

    private static void copy(Sql sql, TimeBasedEpochGenerator ids, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(ids.generate()).append('\t').append(i).append('\t').append(address(i));
            text.append("\tReader ").append(i).append("\tSUBSCRIBED\n");
        }
        sql.use(connection -> {
            try {
                return connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn(
                                "copy bench.readers (id, number, address, name, state) from stdin",
                                new StringReader(text.toString()));
            } catch (IOException e) {
                throw new SQLException(e);
            }
        });
    }

    static String address(int number) {
        return "r" + number + "@example.org";
    }

    /** Commits at once, when no transaction is running. */
    void become(int number, PersonState state) {
        sql.update("update bench.readers set state = ? where number = ?", state.name(), number);
    }

    /** For {@link #become}: without it every change reads the whole table. */
    void indexNumbers() {
        sql.update("create index readers_number on bench.readers (number)");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Addressee> after(AudienceQuery query, @Nullable UUID after, int limit) {
        return sql.list(
                "select id, number, address, name, state from bench.readers where id > ? and number < ? order by id limit ?",
                ReadersTable::addressee,
                after == null ? new UUID(0, 0) : after,
                atMost,
                limit);
    }

    @Override
    public List<Addressee> lookUp(AudienceQuery query, Collection<UUID> recipients) {
        return sql.list(
                "select id, number, address, name, state from bench.readers where id = any (?)",
                ReadersTable::addressee,
                recipients);
    }

    private static Addressee addressee(java.sql.ResultSet row) throws SQLException {
        UUID id = Sql.id(row, "id");
        String token = id.toString().replace("-", "");
        return new Addressee(
                id,
                PersonState.valueOf(row.getString("state")),
                EmailAddress.parse(row.getString("address")),
                row.getString("name"),
                Locale.ENGLISH,
                Map.of(
                        "name", row.getString("name"),
                        "unsubscribeUrl", "https://acme.example.com/u/" + token + token.substring(0, 11),
                        "preferencesUrl", "https://acme.example.com/preferences/" + token + token.substring(0, 11)));
    }

    @Override
    public AudienceCount count(AudienceQuery query) {
        return new AudienceCount(sql.number("select count(*) from bench.readers where number < ?", atMost), Map.of());
    }

    @Override
    public String realm() {
        return "reader";
    }

    @Override
    public Map<UUID, PersonState> statesOf(Collection<UUID> persons) {
        Map<UUID, PersonState> states = new HashMap<>();
        sql.list(
                        "select id, state from bench.readers where id = any (?)",
                        row -> Map.entry(Sql.id(row, "id"), PersonState.valueOf(row.getString("state"))),
                        persons)
                .forEach(e -> states.put(e.getKey(), e.getValue()));
        return states;
    }
}
