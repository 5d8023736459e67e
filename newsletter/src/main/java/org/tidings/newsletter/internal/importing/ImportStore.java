package org.tidings.newsletter.internal.importing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tidings.newsletter.ColumnUse;
import org.tidings.newsletter.ImportAnswer;
import org.tidings.newsletter.ImportReport.Question;
import org.tidings.newsletter.ImportReport.Reason;
import org.tidings.newsletter.ImportReport.RowError;
import org.tidings.newsletter.ImportState;
import org.tidings.newsletter.ImportView;
import org.tidings.newsletter.KnownSystem;
import org.tidings.site.Ids;
import org.tidings.site.Sql;

/** Imports in the database, between their steps. Calls join the caller's transaction. */
public final class ImportStore {

    private static final String COLUMNS =
            "id, newsletter, state, file_name, basis, begun_by, created_at, changed_at, on_its_own, octets, encoding,"
                    + " problem, problem_columns, found, figures, done, total, ran_from, first_id, last_id";
    private static final String SELECT = "select " + COLUMNS + " from newsletter.subscriber_import ";
    private static final String WORKING = "state in ('LOOKING', 'CHECKING', 'RUNNING', 'UNDOING')";

    private final Sql sql;

    public ImportStore(Sql sql) {
        this.sql = sql;
    }

    /** One import, without what was found in it. */
    public record Job(
            UUID id,
            UUID newsletter,
            ImportState state,
            String fileName,
            String basis,
            UUID by,
            OffsetDateTime createdAt,
            OffsetDateTime changedAt,
            boolean onItsOwn,
            long octets,
            String encoding,
            String problem,
            String problemColumns,
            String found,
            String figures,
            long done,
            long total,
            @Nullable OffsetDateTime ranFrom,
            @Nullable UUID firstId,
            @Nullable UUID lastId) {

        static Job read(ResultSet row) throws SQLException {
            return new Job(
                    Sql.id(row, "id"),
                    Sql.id(row, "newsletter"),
                    ImportState.valueOf(row.getString("state")),
                    row.getString("file_name"),
                    row.getString("basis"),
                    Sql.id(row, "begun_by"),
                    Sql.time(row, "created_at"),
                    Sql.time(row, "changed_at"),
                    row.getBoolean("on_its_own"),
                    row.getLong("octets"),
                    row.getString("encoding"),
                    row.getString("problem"),
                    row.getString("problem_columns"),
                    row.getString("found"),
                    row.getString("figures"),
                    row.getLong("done"),
                    row.getLong("total"),
                    row.getObject("ran_from", OffsetDateTime.class),
                    row.getObject("first_id", UUID.class),
                    row.getObject("last_id", UUID.class));
        }
    }

    public void insert(
            UUID id,
            UUID newsletter,
            String fileName,
            String basis,
            UUID by,
            boolean onItsOwn,
            long octets,
            OffsetDateTime now) {
        sql.update(
                "insert into newsletter.subscriber_import (" + COLUMNS
                        + ") values (?, ?, 'LOOKING', ?, ?, ?, ?, ?, ?, ?, '', '', '', '', '', 0, 0, null, null, null)",
                id,
                newsletter,
                cut(fileName, 255),
                basis,
                by,
                now,
                now,
                onItsOwn,
                octets);
    }

    public Optional<Job> find(UUID id) {
        return sql.first(SELECT + "where id = ?", Job::read, id);
    }

    public List<Job> newest(@Nullable UUID newsletter, @Nullable UUID before, int limit) {
        UUID last = before == null ? new UUID(-1L, -1L) : before;
        return newsletter == null
                ? sql.list(SELECT + "where id < ? order by id desc limit ?", Job::read, last, limit)
                : sql.list(
                        SELECT + "where newsletter = ? and id < ? order by id desc limit ?",
                        Job::read,
                        newsletter,
                        last,
                        limit);
    }

    /** @return false if it was in another state */
    public boolean move(UUID id, ImportState from, ImportState to, OffsetDateTime now) {
        return sql.update(
                        "update newsletter.subscriber_import set state = ?, changed_at = ?, done = 0, worker = null,"
                                + " leased_until = null where id = ? and state = ?",
                        to.name(),
                        now,
                        id,
                        from.name())
                > 0;
    }

    /** Unless it is over already. */
    void fail(UUID id, String problem, List<String> columns, OffsetDateTime now) {
        sql.update(
                "update newsletter.subscriber_import set state = 'FAILED', problem = ?, problem_columns = ?, changed_at = ?,"
                        + " worker = null, leased_until = null where id = ? and " + WORKING,
                problem,
                cut(String.join("\n", columns), 1_000),
                now,
                id);
    }

    /** Whoever gave the word is who imported. */
    public void runBy(UUID id, UUID by) {
        sql.update("update newsletter.subscriber_import set begun_by = ? where id = ?", by, id);
    }

    public void encoding(UUID id, String encoding) {
        sql.update("update newsletter.subscriber_import set encoding = ? where id = ?", encoding, id);
    }

    // Who works on it. By the database's clock: those of the nodes may differ.

    /** The first import that is to be worked on and that nobody works on. */
    Optional<UUID> waiting() {
        return sql.first(
                "select id from newsletter.subscriber_import where " + WORKING
                        + " and (leased_until is null or leased_until < current_timestamp) order by id limit 1",
                row -> Sql.id(row, "id"));
    }

    /** @return false if somebody else was faster, or there is nothing to do */
    boolean claim(UUID id, UUID worker, int seconds) {
        return sql.update(
                        "update newsletter.subscriber_import set worker = ?, leased_until = current_timestamp + interval '"
                                + seconds + "' second where id = ? and " + WORKING
                                + " and (leased_until is null or leased_until < current_timestamp)",
                        worker,
                        id)
                > 0;
    }

    /** @return false if it is no longer this worker's */
    boolean goOn(UUID id, UUID worker, int seconds, long done) {
        return sql.update(
                        "update newsletter.subscriber_import set done = ?, leased_until = current_timestamp + interval '"
                                + seconds + "' second where id = ? and worker = ?",
                        done,
                        id,
                        worker)
                > 0;
    }

    void release(UUID id, UUID worker) {
        sql.update(
                "update newsletter.subscriber_import set worker = null, leased_until = null where id = ? and worker = ?",
                id,
                worker);
    }

    /** On a database that only this process uses, just after its start. */
    public void releaseAll() {
        sql.update(
                "update newsletter.subscriber_import set worker = null, leased_until = null where worker is not null");
    }

    void total(UUID id, long total) {
        sql.update("update newsletter.subscriber_import set total = ? where id = ?", total, id);
    }

    void found(UUID id, Reading.Found found) {
        sql.update(
                "update newsletter.subscriber_import set found = ? where id = ?",
                found.rows() + " " + found.duplicates() + " " + found.errors() + " " + found.notes(),
                id);
        sql.update("delete from newsletter.subscriber_import_finding where import = ?", id);
        findings(id, "ERROR", found.firstErrors());
        findings(id, "NOTE", found.firstNotes());
        sql.update("delete from newsletter.subscriber_import_question where import = ? and answer = ''", id);
        for (Question question : found.questions()) {
            sql.update(
                    "insert into newsletter.subscriber_import_question (import, title, answered, rows, lines, answer)"
                            + " values (?, ?, ?, ?, ?, '') on conflict do nothing",
                    id,
                    question.column(),
                    question.value(),
                    question.rows(),
                    String.join(
                            " ", question.lines().stream().map(String::valueOf).toList()));
        }
    }

    private void findings(UUID id, String kind, List<RowError> findings) {
        List<@Nullable Object[]> lines = new ArrayList<>();
        for (int i = 0; i < findings.size(); i++) {
            RowError one = findings.get(i);
            lines.add(new @Nullable Object[] {
                id,
                kind,
                i,
                cut(one.file(), 255),
                one.line(),
                cut(one.column(), 100),
                one.reason().name()
            });
        }
        sql.batch(
                "insert into newsletter.subscriber_import_finding (import, kind, position, file, line, title, reason)"
                        + " values (?, ?, ?, ?, ?, ?, ?)",
                lines);
    }

    Reading.Found found(Job job) {
        if (job.found().isEmpty()) {
            return new Reading.Found(0, 0, 0, List.of(), 0, List.of(), List.of());
        }
        String[] numbers = job.found().split(" ", -1);
        return new Reading.Found(
                Long.parseLong(numbers[0]),
                Long.parseLong(numbers[1]),
                Long.parseLong(numbers[2]),
                findings(job.id(), "ERROR"),
                Long.parseLong(numbers[3]),
                findings(job.id(), "NOTE"),
                questions(job.id()));
    }

    private List<RowError> findings(UUID id, String kind) {
        return sql.list(
                "select line, title, reason, file from newsletter.subscriber_import_finding where import = ? and kind = ?"
                        + " order by position",
                row -> new RowError(
                        row.getLong("line"),
                        row.getString("title"),
                        Reason.valueOf(row.getString("reason")),
                        row.getString("file")),
                id,
                kind);
    }

    private List<Question> questions(UUID id) {
        return sql.list(
                "select title, answered, rows, lines from newsletter.subscriber_import_question where import = ? and answer = ''"
                        + " order by title, answered",
                row -> new Question(
                        row.getString("title"),
                        row.getString("answered"),
                        row.getLong("rows"),
                        List.of(row.getString("lines").split(" ", -1)).stream()
                                .filter(line -> !line.isEmpty())
                                .map(Long::valueOf)
                                .toList()),
                id);
    }

    public Map<String, ImportAnswer> answers(UUID id) {
        Map<String, ImportAnswer> answers = new LinkedHashMap<>();
        sql.list(
                "select title, answered, answer from newsletter.subscriber_import_question where import = ? and answer <> ''"
                        + " order by title, answered",
                row -> answers.put(
                        row.getString("title") + ":" + row.getString("answered"),
                        ImportAnswer.valueOf(row.getString("answer"))),
                id);
        return answers;
    }

    public void answer(UUID id, String key, ImportAnswer answer) {
        int colon = key.lastIndexOf(':');
        String title = cut(key.substring(0, Math.max(colon, 0)), 100);
        String value = cut(key.substring(colon + 1), 100);
        if (sql.update(
                        "update newsletter.subscriber_import_question set answer = ? where import = ? and title = ? and answered = ?",
                        answer.name(),
                        id,
                        title,
                        value)
                == 0) {
            sql.update(
                    "insert into newsletter.subscriber_import_question (import, title, answered, rows, lines, answer)"
                            + " values (?, ?, ?, 0, '', ?)",
                    id,
                    title,
                    value,
                    answer.name());
        }
    }

    void figures(UUID id, Figures figures) {
        sql.update("update newsletter.subscriber_import set figures = ? where id = ?", figures.written(), id);
    }

    void begun(UUID id, OffsetDateTime now) {
        sql.update(
                "update newsletter.subscriber_import set ran_from = ?, first_id = ? where id = ? and ran_from is null",
                now,
                Ids.next(),
                id);
    }

    void ended(UUID id) {
        sql.update("update newsletter.subscriber_import set last_id = ? where id = ?", Ids.next(), id);
    }

    // What was found in it

    void files(UUID id, List<ImportView.File> files) {
        sql.update("delete from newsletter.subscriber_import_file where import = ?", id);
        List<@Nullable Object[]> lines = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            ImportView.File file = files.get(i);
            lines.add(new @Nullable Object[] {
                id,
                i,
                cut(file.name(), 255),
                file.system().map(Enum::name).orElse(""),
                file.encoding(),
                Character.toString(file.separator()),
                file.rows(),
                file.headless(),
                file.everybody().name(),
                file.skipped()
            });
        }
        sql.batch(
                "insert into newsletter.subscriber_import_file"
                        + " (import, position, name, system, encoding, separator, rows, headless, everybody, skipped)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                lines);
    }

    public List<ImportView.File> files(UUID id) {
        return sql.list(
                "select name, system, encoding, separator, rows, headless, everybody, skipped from newsletter.subscriber_import_file"
                        + " where import = ? order by position",
                row -> new ImportView.File(
                        row.getString("name"),
                        Optional.of(row.getString("system"))
                                .filter(one -> !one.isEmpty())
                                .map(KnownSystem::valueOf),
                        row.getString("encoding"),
                        row.getString("separator").charAt(0),
                        row.getLong("rows"),
                        row.getBoolean("headless"),
                        ImportView.Standing.valueOf(row.getString("everybody")),
                        row.getBoolean("skipped")),
                id);
    }

    public void everybody(UUID id, int file, ImportView.Standing standing) {
        sql.update(
                "update newsletter.subscriber_import_file set everybody = ? where import = ? and position = ?",
                standing.name(),
                id,
                file);
    }

    void columns(UUID id, List<ImportView.Column> columns) {
        sql.update("delete from newsletter.subscriber_import_column where import = ?", id);
        List<@Nullable Object[]> lines = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            ImportView.Column column = columns.get(i);
            lines.add(new @Nullable Object[] {
                id,
                i,
                column.title(),
                cut(String.join("\n", column.examples()), 1_000),
                column.use().map(Enum::name).orElse(""),
                column.key()
            });
        }
        sql.batch(
                "insert into newsletter.subscriber_import_column (import, position, title, examples, meaning, attribute)"
                        + " values (?, ?, ?, ?, ?, ?)",
                lines);
    }

    public List<ImportView.Column> columns(UUID id) {
        return sql.list(
                "select title, examples, meaning, attribute from newsletter.subscriber_import_column where import = ?"
                        + " order by position",
                row -> new ImportView.Column(
                        row.getString("title"),
                        row.getString("examples").lines().toList(),
                        Optional.of(row.getString("meaning"))
                                .filter(one -> !one.isEmpty())
                                .map(ColumnUse::valueOf),
                        row.getString("attribute")),
                id);
    }

    /** What somebody said of the same columns the last time; those of a list that has others are no help. */
    List<ImportView.Column> remembered(UUID newsletter, List<ImportView.Column> columns) {
        List<UUID> earlier = sql.list(
                "select id from newsletter.subscriber_import where newsletter = ? and state in ('DONE', 'UNDONE')"
                        + " order by id desc limit 20",
                row -> Sql.id(row, "id"),
                newsletter);
        List<String> titles = columns.stream().map(ImportView.Column::title).toList();
        for (UUID id : earlier) {
            List<ImportView.Column> known = columns(id);
            if (known.stream().map(ImportView.Column::title).toList().equals(titles)) {
                return IntStream.range(0, columns.size())
                        .mapToObj(i -> new ImportView.Column(
                                titles.get(i),
                                columns.get(i).examples(),
                                known.get(i).use(),
                                known.get(i).key().isEmpty()
                                        ? columns.get(i).key()
                                        : known.get(i).key()))
                        .toList();
            }
        }
        return columns;
    }

    public void column(UUID id, String title, ColumnUse use, String key) {
        sql.update(
                "update newsletter.subscriber_import_column set meaning = ?, attribute = ? where import = ? and title = ?",
                use.name(),
                key,
                id,
                title);
    }

    // Pieces

    /** What is kept in pieces. */
    enum Kind {
        FILE,
        ROWS,
        TWICE,
        WRONG
    }

    void put(UUID id, Kind kind, int position, byte[] content) {
        sql.update(
                "insert into newsletter.subscriber_import_part (import, kind, position, content) values (?, ?, ?, ?)",
                id,
                kind.name(),
                position,
                content);
    }

    Optional<byte[]> part(UUID id, Kind kind, int position) {
        return sql.first(
                "select content from newsletter.subscriber_import_part where import = ? and kind = ? and position = ?",
                row -> row.getBytes(1),
                id,
                kind.name(),
                position);
    }

    void drop(UUID id, Kind kind) {
        sql.update("delete from newsletter.subscriber_import_part where import = ? and kind = ?", id, kind.name());
    }

    /** Everything that names somebody; without the wrong rows, which are handed out for a week. */
    public void dropContent(UUID id) {
        sql.update("delete from newsletter.subscriber_import_part where import = ? and kind <> 'WRONG'", id);
        sql.update("update newsletter.subscriber_import_column set examples = '' where import = ?", id);
    }

    /** Ids of those that wait since before that time for somebody to go on. */
    public List<Job> forgotten(OffsetDateTime before) {
        return sql.list(
                SELECT + "where state in ('MAPPING', 'ASKING', 'READY') and changed_at < ? order by id limit 100",
                Job::read,
                before);
    }

    public void dropOldWrongRows(OffsetDateTime before) {
        sql.update(
                "delete from newsletter.subscriber_import_part where import in"
                        + " (select i.id from newsletter.subscriber_import i where i.changed_at < ?"
                        + " and i.state in ('DONE', 'UNDONE', 'FAILED', 'GIVEN_UP'))",
                before);
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }
}
