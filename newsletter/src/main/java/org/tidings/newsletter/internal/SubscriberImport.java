package org.tidings.newsletter.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.SuppressedAddresses;
import org.tidings.mail.TimeZones;
import org.tidings.newsletter.ImportAnswer;
import org.tidings.newsletter.ImportOrder;
import org.tidings.newsletter.ImportRejected;
import org.tidings.newsletter.ImportReport;
import org.tidings.newsletter.ImportReport.Question;
import org.tidings.newsletter.ImportReport.Reason;
import org.tidings.newsletter.ImportReport.RowError;
import org.tidings.newsletter.internal.ColumnMeaning.Kind;
import org.tidings.newsletter.internal.ImportBook.Row;
import org.tidings.newsletter.internal.ImportColumns.About;
import org.tidings.site.OddCharacter;
import org.tidings.site.Spreadsheet;

/**
 * One run over one file, which is read three times: for where what stands, for what is wrong or has to be asked, and, if there is nothing to
 * ask, for what it says (ADR 22). Every row ends in exactly one figure of the report.
 */
final class SubscriberImport {

    private static final int CHUNK = 5_000;
    private static final int MOST_NAMED = 100;
    private static final int MOST_QUESTIONS = 200;
    private static final int LINES_NAMED = 5;
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_VALUE = 80;
    private static final OffsetDateTime BEFORE_MAIL = OffsetDateTime.of(1990, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
    /** A time without an offset may have been written as far east as that. */
    private static final Duration EASTERNMOST = Duration.ofHours(14);

    private static final Pattern IP = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final Pattern LIKE_A_DAY = Pattern.compile(".*\\d{4}.*\\d.*|.*\\d.*\\d{4}.*|\\d{9,13}");

    /** However they are written. */
    private static final Map<String, String> ZONES = ZoneId.getAvailableZoneIds().stream()
            .filter(zone -> TimeZones.known(zone).isPresent())
            .collect(Collectors.toMap(zone -> zone.toLowerCase(Locale.ROOT), zone -> zone, (one, other) -> one));

    private final ImportBook into;
    private final SubscriptionBook book;
    private final int mostRows;
    private final ImportOrder order;
    private final OffsetDateTime now;

    private long rows;
    private long duplicates;
    private long errors;
    private long notes;
    private final List<RowError> firstErrors = new ArrayList<>();
    private final List<RowError> firstNotes = new ArrayList<>();
    private final Map<String, Asked> questions = new LinkedHashMap<>();
    /** By the first 8 octets of each address's hash: a fraction of what the addresses would take. */
    private final Map<Long, Said> strictest = new HashMap<>();

    SubscriberImport(ImportBook into, SubscriptionBook book, int mostRows, ImportOrder order) {
        this.into = into;
        this.book = book;
        this.mostRows = mostRows;
        this.order = order;
        this.now = book.now();
    }

    private static final class Asked {
        private final String column;
        private final String value;
        private long rows;
        private final List<Long> lines = new ArrayList<>();

        Asked(String column, String value) {
            this.column = column;
            this.value = value;
        }
    }

    /** Hears of what is dropped from a row, or asked about it. Only the second reading listens. */
    private interface Ear {
        void note(String column, Reason reason);

        void ask(String column, String value);
    }

    private static final Ear DEAF = new Ear() {
        @Override
        public void note(String column, Reason reason) {}

        @Override
        public void ask(String column, String value) {}
    };

    /** Takes a row that is not the header. */
    @FunctionalInterface
    private interface Rows {
        void take(long line, List<String> fields);
    }

    ImportReport run() throws IOException {
        String basis = order.basis().strip();
        if (basis.length() < 20
                || basis.length() > 1_000
                || OddCharacter.inText(basis).isPresent()) {
            throw new ImportRejected(ImportRejected.Reason.BASIS_MISSING);
        }
        try (ImportSource source = ImportSource.of(order.csv())) {
            ImportColumns columns = ImportColumns.find(source, mostRows);
            each(source, columns, (line, fields) -> judge(line, fields, columns));
            if (questions.isEmpty()) {
                take(source, columns, basis);
            }
            return report(source.encoding());
        }
    }

    private ImportReport report(String encoding) {
        ImportBook.Figures figures = into.figures();
        List<Question> open = questions.values().stream()
                .map(asked -> new Question(asked.column, asked.value, asked.rows, List.copyOf(asked.lines)))
                .toList();
        return new ImportReport(
                rows,
                figures.added,
                figures.completed,
                figures.known,
                figures.optedOut,
                figures.left,
                figures.blocked,
                figures.pending,
                figures.leftOut,
                figures.ended,
                duplicates,
                errors,
                List.copyOf(firstErrors),
                notes,
                List.copyOf(firstNotes),
                open,
                encoding,
                !order.dryRun() && open.isEmpty());
    }

    private static void each(ImportSource source, ImportColumns columns, Rows taker) throws IOException {
        boolean[] headerPassed = {columns.header().isEmpty()};
        source.read((line, fields) -> {
            if (headerPassed[0]) {
                taker.take(line, fields);
            }
            headerPassed[0] = true;
        });
    }

    // The second reading

    private void judge(long line, List<String> fields, ImportColumns columns) {
        rows++;
        Optional<RowError> wrong = wrong(line, fields, columns);
        if (wrong.isPresent()) {
            errors++;
            if (firstErrors.size() < MOST_NAMED) {
                firstErrors.add(wrong.get());
            }
            order.wrongRows().add(columns.header(), ImportSource.asWritten(fields), wrong.get());
            return;
        }
        Row row = row(fields, columns, new Ear() {
            @Override
            public void note(String column, Reason reason) {
                notes++;
                if (firstNotes.size() < MOST_NAMED) {
                    firstNotes.add(new RowError(line, column, reason));
                }
            }

            @Override
            public void ask(String column, String value) {
                String key = column + ":" + value;
                Asked asked = questions.get(key);
                if (asked == null) {
                    if (questions.size() >= MOST_QUESTIONS) {
                        return;
                    }
                    asked = new Asked(column, value);
                    questions.put(key, asked);
                }
                asked.rows++;
                if (asked.lines.size() < LINES_NAMED) {
                    asked.lines.add(line);
                }
            }
        });
        if (row.rank() != Said.SUBSCRIBED) {
            strictest.merge(key(row), row.rank(), Said::strictest);
        }
    }

    private static Optional<RowError> wrong(long line, List<String> fields, ImportColumns columns) {
        if (ImportSource.isBroken(fields)) {
            return Optional.of(new RowError(line, "", Reason.QUOTE_OPEN));
        }
        String typed = ImportedText.field(fields, columns.address());
        String title = columns.title(columns.address());
        int known =
                columns.header().isEmpty() ? fields.size() : columns.header().size();
        if (fields.stream().skip(known).anyMatch(field -> !ImportedText.isBlank(field))) {
            return Optional.of(new RowError(line, "", Reason.TOO_MANY_COLUMNS));
        }
        for (int column : new int[] {columns.address(), columns.name(), columns.firstName(), columns.lastName()}) {
            if (isOpen(ImportedText.field(fields, column), column == columns.address())) {
                return Optional.of(new RowError(line, columns.title(column), Reason.QUOTE_OPEN));
            }
        }
        if (ImportedText.isBlank(typed)) {
            return Optional.of(new RowError(line, title, Reason.ADDRESS_MISSING));
        }
        if (ImportedText.address(unguarded(typed, columns)).isEmpty()) {
            return Optional.of(new RowError(
                    line, title, ImportedText.isSeveral(typed) ? Reason.SEVERAL_ADDRESSES : Reason.ADDRESS_INVALID));
        }
        return Optional.empty();
    }

    /** Whether a line that has somebody else's address was read as part of the field. */
    private static boolean isOpen(String field, boolean ofAddress) {
        int end = field.indexOf('\n');
        return end >= 0 && field.indexOf('@', end) >= 0 && (!ofAddress || field.lastIndexOf('@', end) >= 0);
    }

    private static String unguarded(String field, ImportColumns columns) {
        return columns.own() ? Spreadsheet.unguarded(field) : field;
    }

    // The third reading

    private void take(ImportSource source, ImportColumns columns, String basis) throws IOException {
        Set<Long> seen = new HashSet<>();
        List<Row> chunk = new ArrayList<>(CHUNK);
        each(source, columns, (line, fields) -> {
            if (wrong(line, fields, columns).isPresent()) {
                return;
            }
            Row row = row(fields, columns, DEAF);
            Long key = key(row);
            if (row.rank() != strictest.getOrDefault(key, Said.SUBSCRIBED) || !seen.add(key)) {
                duplicates++;
                return;
            }
            chunk.add(row);
            if (chunk.size() == CHUNK) {
                into.handle(chunk, basis, order.dryRun());
                chunk.clear();
            }
        });
        if (!chunk.isEmpty()) {
            into.handle(chunk, basis, order.dryRun());
        }
    }

    private static Long key(Row row) {
        return ByteBuffer.wrap(Base64.getUrlDecoder().decode(row.hash())).getLong();
    }

    // What a row says

    private Row row(List<String> fields, ImportColumns columns, Ear ear) {
        String typed = unguarded(ImportedText.field(fields, columns.address()), columns);
        EmailAddress address = ImportedText.address(typed).orElseThrow();
        String name = unguarded(columns.nameIn(fields), columns);
        if (name.isEmpty()) {
            name = ImportedText.line(ImportedText.mailbox(typed).name());
        }
        if (name.length() > LONGEST_NAME) {
            ear.note(columns.title(Math.max(columns.name(), columns.firstName())), Reason.NAME_TOO_LONG);
            name = "";
        }
        String language = ImportedText.trimmed(ImportedText.field(fields, columns.language()));
        Optional<String> spoken = SpokenLanguages.of(language);
        if (spoken.isEmpty()) {
            ear.note(columns.title(columns.language()), Reason.LANGUAGE_UNKNOWN);
        }
        return standing(
                fields,
                columns,
                ear,
                new Person(
                        address,
                        book.hashOf(address.canonical()),
                        name,
                        spoken.orElse("und"),
                        zone(ImportedText.trimmed(ImportedText.field(fields, columns.zone())), columns, ear)));
    }

    /** Who it is, without where she stands. */
    private record Person(EmailAddress address, String hash, String name, String language, String zone) {}

    private static String zone(String typed, ImportColumns columns, Ear ear) {
        if (typed.isEmpty()) {
            return "";
        }
        Optional<String> known = zoneNamed(typed);
        if (known.isEmpty()) {
            ear.note(columns.title(columns.zone()), Reason.ZONE_UNKNOWN);
        }
        return known.orElse("");
    }

    private static Optional<String> zoneNamed(String typed) {
        return TimeZones.known(typed)
                .map(ZoneId::getId)
                .or(() -> Optional.ofNullable(ZONES.get(typed.toLowerCase(Locale.ROOT))));
    }

    /** What the columns of one row say together. */
    private static final class Standing {
        private Said said;
        private @Nullable OffsetDateTime saidAt;
        private @Nullable OffsetDateTime since;
        private int sinceRank = 9;
        private @Nullable OffsetDateTime agreedAt;
        private int agreedRank = 9;
        private String agreedFrom = "";
        private int fromRank = 9;

        Standing(Said everybody) {
            said = everybody;
        }

        void say(Said one, @Nullable OffsetDateTime at) {
            if (one != Said.SUBSCRIBED) {
                OffsetDateTime earlier = saidAt;
                // Of several dates the latest: then she had said it for certain.
                if (at != null && (earlier == null || at.isAfter(earlier))) {
                    saidAt = at;
                }
            }
            said = said.strictest(one);
        }

        void agreed(@Nullable OffsetDateTime at, int rank) {
            if (at != null && rank < agreedRank) {
                agreedAt = at;
                agreedRank = rank;
            }
        }

        void came(@Nullable OffsetDateTime at, int rank) {
            if (at != null && rank < sinceRank) {
                since = at;
                sinceRank = rank;
            }
        }

        void from(String address, int rank) {
            if (rank < fromRank && address.length() <= 45 && IP.matcher(address).matches()) {
                agreedFrom = address;
                fromRank = rank;
            }
        }

        @Nullable
        OffsetDateTime at() {
            return saidAt != null ? saidAt : since;
        }
    }

    private Row standing(List<String> fields, ImportColumns columns, Ear ear, Person person) {
        Standing standing = new Standing(columns.everybody());
        Set<SuppressedAddresses.Reason> suppressed = EnumSet.noneOf(SuppressedAddresses.Reason.class);
        OffsetDateTime suppressedAt = null;
        boolean suppressionsSaid = false;
        for (About about : columns.about()) {
            String value = ImportedText.trimmed(ImportedText.field(fields, about.column()));
            String title = columns.title(about.column());
            String plain = columns.own() ? StatusWords.plain(title) : "";
            if (plain.equals("suppressed")) {
                suppressionsSaid = true;
                for (SuppressedAddresses.Reason reason : SuppressedAddresses.Reason.values()) {
                    if (value.contains(reason.name())) {
                        suppressed.add(reason);
                    }
                }
            } else if (plain.equals("suppressedsince")) {
                suppressedAt = time(value, title, ear);
            } else {
                hear(value, about, title, standing, ear);
            }
        }
        Said said = standing.said;
        if (suppressionsSaid && said.suppresses()) {
            // Our own export says it in a column of its own: that a complaint ended it once is not that it still
            // stands.
            said = Said.LEFT;
        } else if (said.suppresses()) {
            suppressed.add(
                    said == Said.BOUNCED
                            ? SuppressedAddresses.Reason.HARD_BOUNCED
                            : SuppressedAddresses.Reason.COMPLAINED);
            suppressedAt = standing.at();
        }
        return new Row(
                person.address(),
                person.hash(),
                person.name(),
                person.language(),
                person.zone(),
                said.suppresses() ? Said.LEFT : said,
                standing.at(),
                standing.agreedAt,
                standing.agreedFrom,
                suppressed,
                suppressedAt,
                said.suppresses() ? "IMPORTED_" + said.name() : "IMPORTED");
    }

    private void hear(String value, About about, String title, Standing standing, Ear ear) {
        ColumnMeaning meaning = about.meaning();
        switch (meaning.kind()) {
            case STATUS -> status(value, about, title, standing, ear);
            case NEGATIVE, NEGATIVE_TEXT, NEGATIVE_COUNT -> against(value, meaning, title, standing, ear);
            case POSITIVE -> agreement(value, meaning, title, standing, ear);
            case CONFIRMED_AT -> {
                if (value.isEmpty() || StatusWords.isNo(value)) {
                    standing.say(Said.PENDING, null);
                } else {
                    standing.agreed(time(value, title, ear), meaning.rank());
                }
            }
            case AGREED_AT -> {
                if (!value.isEmpty() && !StatusWords.isNo(value)) {
                    standing.agreed(time(value, title, ear), meaning.rank());
                }
            }
            case AGREED_FROM -> standing.from(value, meaning.rank());
            case SINCE -> standing.came(time(value, title, DEAF), meaning.rank());
            case OTHER -> {}
        }
    }

    private void status(String value, About about, String title, Standing standing, Ear ear) {
        Optional<Said> known = StatusWords.of(value);
        if (known.isPresent() && (about.asked() || StatusWords.isUnmistakable(value))) {
            standing.say(known.get(), null);
        } else if (about.meaning().effect() != Said.SUBSCRIBED && (value.isEmpty() || StatusWords.isNo(value))) {
            // "Bounce status" without a bounce.
            standing.say(Said.SUBSCRIBED, null);
        } else if (about.asked() && !(about.found() && value.isEmpty())) {
            standing.say(answered(title, value, ear), null);
        }
    }

    private void against(String value, ColumnMeaning meaning, String title, Standing standing, Ear ear) {
        if (value.isEmpty() || StatusWords.isNo(value)) {
            return;
        }
        Said effect = meaning.effect();
        Optional<Said> word = StatusWords.of(value);
        if (meaning.kind() == Kind.NEGATIVE_TEXT) {
            standing.say(effect.strictest(word.orElse(effect)), null);
        } else if (meaning.kind() == Kind.NEGATIVE_COUNT) {
            standing.say(answered(title, value, ear), null);
        } else if (StatusWords.isYes(value)) {
            standing.say(effect, null);
        } else if (word.isPresent() && word.get() != Said.SUBSCRIBED) {
            standing.say(effect.strictest(word.get()), null);
        } else if (word.isEmpty() && isDay(value)) {
            // Also one that cannot be read for certain, or is still to come.
            standing.say(effect, time(value, title, ear));
        } else {
            standing.say(answered(title, value, ear), null);
        }
    }

    private static boolean isDay(String value) {
        return ImportedTimes.read(value).isPresent()
                || LIKE_A_DAY.matcher(value).matches();
    }

    private void agreement(String value, ColumnMeaning meaning, String title, Standing standing, Ear ear) {
        if (StatusWords.isYes(value)) {
            return;
        }
        // Nothing where others have proved their mailbox is a no; elsewhere it can be anything.
        boolean none = value.isEmpty() ? meaning.rank() == 0 : StatusWords.isNo(value);
        Optional<Said> word = StatusWords.of(value);
        if (none) {
            standing.say(meaning.effect(), null);
        } else if (word.isPresent()) {
            standing.say(word.get(), null);
        } else if (ImportedTimes.read(value).isPresent()) {
            standing.agreed(time(value, title, ear), meaning.rank());
        } else {
            standing.say(answered(title, value, ear), null);
        }
    }

    private Said answered(String column, String typed, Ear ear) {
        String line = ImportedText.line(typed);
        String value = line.length() <= LONGEST_VALUE ? line : line.substring(0, LONGEST_VALUE);
        ImportAnswer answer = order.answers().get(column + ":" + value);
        if (answer == null) {
            answer = order.answers().get(column + ":*");
        }
        if (answer == null) {
            ear.ask(column, value);
            return Said.SUBSCRIBED;
        }
        return switch (answer) {
            case SUBSCRIBED -> Said.SUBSCRIBED;
            case LEFT -> Said.LEFT;
            case BLOCKED -> Said.BLOCKED;
            case LEAVE_OUT -> Said.LEAVE_OUT;
        };
    }

    /** A time that is believed. */
    private @Nullable OffsetDateTime time(String value, String title, Ear ear) {
        if (value.isEmpty() || StatusWords.isNo(value)) {
            return null;
        }
        Optional<ImportedTimes.Read> read = ImportedTimes.read(value);
        if (read.isEmpty()) {
            ear.note(title, Reason.TIME_UNREADABLE);
            return null;
        }
        OffsetDateTime at = read.get().at();
        Duration ahead = read.get().exact() ? Duration.ofMinutes(5) : EASTERNMOST;
        if (at.isBefore(BEFORE_MAIL) || at.isAfter(now.plus(ahead))) {
            ear.note(title, Reason.TIME_IMPOSSIBLE);
            return null;
        }
        return at.isAfter(now) ? now : at;
    }
}
