package org.tidings.newsletter.internal;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.EmailAddressRejected;
import org.tidings.mail.TimeZones;
import org.tidings.newsletter.ImportRejected;
import org.tidings.newsletter.ImportReport;
import org.tidings.newsletter.ImportReport.Reason;
import org.tidings.newsletter.ImportReport.RowError;
import org.tidings.newsletter.Means;
import org.tidings.site.OddCharacter;

/**
 * One run over one file, which is read twice: first for errors, then, if there are none, for what it says. So nothing is
 * written that would have to be taken back.
 *
 * <p>Rows are handled in chunks of {@value #CHUNK} with a few set-based statements each, the same on H2 and PostgreSQL
 * ({@code unnest} of arrays); uniqueness is the database's.
 */
final class SubscriberImport {

    private static final int CHUNK = 5_000;
    private static final int MOST_ERRORS = 100;
    private static final int LONGEST_FIELD = 4_000;
    private static final int LONGEST_NAME = 200;
    private static final long MOST_OCTETS = 256L * 1024 * 1024;
    private static final Set<String> ADDRESS_COLUMNS = Set.of("address", "email", "e-mail", "email address", "adresse");
    private static final Set<String> ZONE_COLUMNS = Set.of("zone", "time zone", "timezone", "zeitzone");
    private static final Set<String> LANGUAGES = Set.of(Locale.getISOLanguages());

    private final Jdbc jdbc;
    private final SubscriptionBook book;
    private final UUID newsletter;
    private final int mostRows;

    private long rows;
    private long added;
    private long known;
    private long optedOut;
    private long duplicates;
    private long errors;
    private final List<RowError> firstErrors = new ArrayList<>();
    /** The first 8 octets of each address's hash: a fraction of what the addresses would take. */
    private final Set<Long> seen = new HashSet<>();

    SubscriberImport(Jdbc jdbc, SubscriptionBook book, UUID newsletter, int mostRows) {
        this.jdbc = jdbc;
        this.book = book;
        this.newsletter = newsletter;
        this.mostRows = mostRows;
    }

    private record Row(EmailAddress address, String hash, String name, String language, String zone) {}

    /** Takes one row that is right. */
    private interface Taker {
        void take(Row row);
    }

    ImportReport run(InputStream csv, String basis, boolean dryRun) throws IOException {
        String stated = basis.strip();
        if (stated.length() < 20
                || stated.length() > 1_000
                || OddCharacter.inText(stated).isPresent()) {
            throw new ImportRejected(ImportRejected.Reason.BASIS_MISSING);
        }
        Path spooled = Files.createTempFile("import", ".csv");
        try {
            spool(csv, spooled);
            read(spooled, row -> {});
            if (errors > 0) {
                if (dryRun) {
                    classify(spooled, stated, true);
                }
                return report(false);
            }
            classify(spooled, stated, dryRun);
            return report(!dryRun);
        } finally {
            Files.deleteIfExists(spooled);
        }
    }

    private ImportReport report(boolean imported) {
        return new ImportReport(rows, added, known, optedOut, duplicates, errors, List.copyOf(firstErrors), imported);
    }

    private static void spool(InputStream csv, Path to) throws IOException {
        try (OutputStream out = Files.newOutputStream(to)) {
            byte[] buffer = new byte[65_536];
            long octets = 0;
            int read = csv.read(buffer);
            while (read >= 0) {
                octets += read;
                if (octets > MOST_OCTETS) {
                    throw new ImportRejected(ImportRejected.Reason.TOO_MANY_ROWS);
                }
                out.write(buffer, 0, read);
                read = csv.read(buffer);
            }
        }
    }

    private void classify(Path file, String basis, boolean dryRun) throws IOException {
        List<Row> chunk = new ArrayList<>(CHUNK);
        rows = 0;
        errors = 0;
        firstErrors.clear();
        read(file, row -> {
            if (seen.add(
                    ByteBuffer.wrap(Base64.getUrlDecoder().decode(row.hash())).getLong())) {
                chunk.add(row);
                if (chunk.size() == CHUNK) {
                    handle(chunk, basis, dryRun);
                    chunk.clear();
                }
            } else {
                duplicates++;
            }
        });
        if (!chunk.isEmpty()) {
            handle(chunk, basis, dryRun);
        }
    }

    // Reading

    private void read(Path file, Taker taker) throws IOException {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(
                        Files.newInputStream(file),
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .onUnmappableCharacter(CodingErrorAction.REPORT)),
                65_536)) {
            char separator = separator(reader);
            try (CsvReader<CsvRecord> records = CsvReader.builder()
                    .fieldSeparator(separator)
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .allowUnclosedQuote(false)
                    .build(CsvRecordHandler.of(c -> c.maxFields(64).maxFieldSize(LONGEST_FIELD)), reader)) {
                Columns columns = null;
                for (CsvRecord entry : records) {
                    if (columns == null) {
                        columns = Columns.of(entry);
                        continue;
                    }
                    rows++;
                    if (rows > mostRows) {
                        throw new ImportRejected(ImportRejected.Reason.TOO_MANY_ROWS);
                    }
                    take(entry, columns, taker);
                }
                if (columns == null || rows == 0) {
                    throw new ImportRejected(ImportRejected.Reason.EMPTY);
                }
            }
        } catch (CsvParseException e) {
            throw new ImportRejected(
                    causedBy(e, CharacterCodingException.class)
                            ? ImportRejected.Reason.NOT_UTF_8
                            : ImportRejected.Reason.NOT_CSV);
        } catch (CharacterCodingException e) {
            throw new ImportRejected(ImportRejected.Reason.NOT_UTF_8);
        } catch (UncheckedIOException e) {
            if (causedBy(e, CharacterCodingException.class)) {
                throw new ImportRejected(ImportRejected.Reason.NOT_UTF_8);
            }
            throw e;
        }
    }

    private static boolean causedBy(Throwable thrown, Class<?> type) {
        return Stream.iterate(thrown, t -> t != null, Throwable::getCause).anyMatch(type::isInstance);
    }

    /** The separator of the first line; also passes over a byte order mark. */
    private static char separator(BufferedReader reader) throws IOException {
        reader.mark(65_536);
        int[] counts = new int[3];
        String separators = ",;\t";
        int c = reader.read();
        boolean mark = c == '\uFEFF';
        for (int i = 0; i < 60_000 && c >= 0 && c != '\n'; i++) {
            if (separators.indexOf(c) >= 0) {
                counts[separators.indexOf(c)]++;
            }
            c = reader.read();
        }
        reader.reset();
        if (mark) {
            reader.skip(1);
        }
        int most = Arrays.stream(counts).max().orElse(0);
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] == most) {
                return separators.charAt(i);
            }
        }
        return ',';
    }

    /** Where the columns are; -1 for one that is not there. */
    private record Columns(int address, int name, int language, int zone, int count) {

        static Columns of(CsvRecord header) {
            int address = -1;
            int name = -1;
            int language = -1;
            int zone = -1;
            for (int i = 0; i < header.getFieldCount(); i++) {
                String title = header.getField(i).strip().toLowerCase(Locale.ROOT);
                if (address < 0 && ADDRESS_COLUMNS.contains(title)) {
                    address = i;
                } else if (name < 0 && title.equals("name")) {
                    name = i;
                } else if (language < 0 && (title.equals("language") || title.equals("sprache"))) {
                    language = i;
                } else if (zone < 0 && ZONE_COLUMNS.contains(title)) {
                    zone = i;
                }
            }
            if (address < 0) {
                throw new ImportRejected(ImportRejected.Reason.NO_ADDRESS_COLUMN);
            }
            return new Columns(address, name, language, zone, header.getFieldCount());
        }

        static String value(CsvRecord entry, int column) {
            return column >= 0 && column < entry.getFieldCount()
                    ? entry.getField(column).strip()
                    : "";
        }
    }

    private void take(CsvRecord entry, Columns columns, Taker taker) {
        long line = entry.getStartingLineNumber();
        if (entry.getFieldCount() > columns.count()) {
            error(line, "", Reason.TOO_MANY_COLUMNS);
            return;
        }
        String name = Columns.value(entry, columns.name());
        String language = Columns.value(entry, columns.language());
        long errorsBefore = errors;
        if (name.length() > LONGEST_NAME) {
            error(line, "name", Reason.NAME_TOO_LONG);
        } else if (OddCharacter.inLine(name).isPresent()) {
            error(line, "name", Reason.NAME_CHARACTERS);
        }
        String spoken = Locale.forLanguageTag(language.replace('_', '-')).getLanguage();
        if (!language.isEmpty() && !LANGUAGES.contains(spoken)) {
            error(line, "language", Reason.LANGUAGE_UNKNOWN);
        }
        String zone = Columns.value(entry, columns.zone());
        if (!zone.isEmpty() && TimeZones.known(zone).isEmpty()) {
            error(line, "zone", Reason.ZONE_UNKNOWN);
        }
        String typed = Columns.value(entry, columns.address());
        if (typed.isEmpty()) {
            error(line, "address", Reason.ADDRESS_MISSING);
            return;
        }
        try {
            EmailAddress address = EmailAddress.parse(typed);
            if (errors == errorsBefore) {
                taker.take(new Row(
                        address, book.hashOf(address.canonical()), name, spoken.isEmpty() ? "und" : spoken, zone));
            }
        } catch (EmailAddressRejected e) {
            error(line, "address", Reason.ADDRESS_INVALID);
        }
    }

    private void error(long line, String column, Reason reason) {
        errors++;
        if (firstErrors.size() < MOST_ERRORS) {
            firstErrors.add(new RowError(line, column, reason));
        }
    }

    // Writing

    private void handle(List<Row> chunk, String basis, boolean dryRun) {
        Set<String> erased = new HashSet<>(jdbc.query(
                "select e.hash from unnest(cast(? as varchar array)) as u(hash)"
                        + " join newsletter.erased_address e on e.hash = u.hash",
                row -> row.getString(1),
                Jdbc.texts(chunk.stream().map(Row::hash).toList())));
        Set<UUID> left = leftOutside(chunk);
        Map<String, String> standings = standings(chunk);
        List<Row> fresh = new ArrayList<>();
        for (Row row : chunk) {
            String standing = standings.getOrDefault(row.address().canonical(), "");
            if (erased.contains(row.hash())
                    || standing.equals("UNSUBSCRIBED")
                    || standing.equals("DEACTIVATED")
                    || (standing.isEmpty() && left.contains(book.addressHash(row.address())))) {
                optedOut++;
            } else if (standing.isEmpty()) {
                fresh.add(row);
            } else {
                known++;
            }
        }
        added += dryRun ? fresh.size() : subscribe(fresh, basis);
    }

    /** Hashes of those who had left in a time that is missing since a backup was put back. Most sites have none. */
    private Set<UUID> leftOutside(List<Row> chunk) {
        if (jdbc.query("select 1 from newsletter.optout_outside limit 1", row -> 1)
                .isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(jdbc.query(
                "select o.address_hash from unnest(cast(? as uuid array)) as u(hash)"
                        + " join newsletter.optout_outside o on o.address_hash = u.hash where o.newsletter = ?",
                row -> row.getObject(1, UUID.class),
                Jdbc.uuids(chunk.stream()
                        .map(row -> book.addressHash(row.address()))
                        .toList()),
                newsletter));
    }

    /** By canonical address; a missing one has nothing to do with this newsletter. */
    private Map<String, String> standings(List<Row> chunk) {
        Map<String, String> standings = new HashMap<>();
        jdbc.query(
                "select p.canonical, case when p.deactivated_at is not null then 'DEACTIVATED' else s.state end"
                        + " from unnest(cast(? as varchar array)) as u(canonical)"
                        + " join newsletter.subscriber p on p.canonical = u.canonical"
                        + " left join newsletter.subscription s on s.subscriber = p.id and s.newsletter = ?",
                row -> {
                    String standing = row.getString(2);
                    return standing == null ? "" : standings.put(row.getString(1), standing);
                },
                Jdbc.texts(chunk.stream().map(r -> r.address().canonical()).toList()),
                newsletter);
        return standings;
    }

    private long subscribe(List<Row> fresh, String basis) {
        if (fresh.isEmpty()) {
            return 0;
        }
        OffsetDateTime at = book.now();
        List<String> canonical =
                fresh.stream().map(row -> row.address().canonical()).toList();
        List<UUID> ids = ids(fresh.size());
        jdbc.update(
                "insert into newsletter.subscriber (id, address, canonical, address_hash, name, language, zone, created_at)"
                        + " select u.id, u.address, u.canonical, u.hash, u.name, u.language, u.zone,"
                        + " cast(? as timestamp with time zone)"
                        + " from unnest(cast(? as uuid array), cast(? as varchar array), cast(? as varchar array),"
                        + " cast(? as uuid array), cast(? as varchar array), cast(? as varchar array), cast(? as varchar array))"
                        + " as u(id, address, canonical, hash, name, language, zone) on conflict do nothing",
                at,
                Jdbc.uuids(ids(fresh.size())),
                Jdbc.texts(fresh.stream().map(row -> row.address().original()).toList()),
                Jdbc.texts(canonical),
                Jdbc.uuids(fresh.stream()
                        .map(row -> book.addressHash(row.address()))
                        .toList()),
                Jdbc.texts(fresh.stream().map(Row::name).toList()),
                Jdbc.texts(fresh.stream().map(Row::language).toList()),
                Jdbc.texts(fresh.stream().map(Row::zone).toList()));
        jdbc.update(
                "insert into newsletter.subscription (id, subscriber, newsletter, state, since, confirmed_at)"
                        + " select u.id, p.id, cast(? as uuid), 'CONFIRMED', cast(? as timestamp with time zone),"
                        + " cast(? as timestamp with time zone)"
                        + " from unnest(cast(? as uuid array), cast(? as varchar array)) as u(id, canonical)"
                        + " join newsletter.subscriber p on p.canonical = u.canonical on conflict do nothing",
                newsletter,
                at,
                at,
                Jdbc.uuids(ids),
                Jdbc.texts(canonical));
        return jdbc.update(
                "insert into newsletter.consent"
                        + " (id, subscriber, newsletter, act, at, means, wording, policy_version, statement)"
                        + " select u.consent, s.subscriber, s.newsletter, 'GIVEN', s.since, cast(? as varchar), null,"
                        + " cast(? as varchar), cast(? as varchar)"
                        + " from unnest(cast(? as uuid array), cast(? as uuid array)) as u(consent, id)"
                        + " join newsletter.subscription s on s.id = u.id",
                Means.IMPORT.name(),
                book.policyVersion(),
                basis,
                Jdbc.uuids(ids(fresh.size())),
                Jdbc.uuids(ids));
    }

    private static List<UUID> ids(int count) {
        List<UUID> ids = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ids.add(SubscriptionBook.newId());
        }
        return Collections.unmodifiableList(ids);
    }
}
