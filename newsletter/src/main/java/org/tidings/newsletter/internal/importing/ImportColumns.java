package org.tidings.newsletter.internal.importing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tidings.newsletter.Attributes;
import org.tidings.newsletter.ColumnUse;
import org.tidings.newsletter.ImportRejected;
import org.tidings.newsletter.Imports.Chosen;
import org.tidings.newsletter.KnownSystem;
import org.tidings.newsletter.internal.importing.ColumnMeaning.Kind;

/**
 * Where what stands in a list: found by the names in its first row and by a look at what is in the columns, or as somebody said. A column in
 * which somebody is called unsubscribed or bounced says where people stand, whatever it is called and whatever was said of it.
 *
 * @param header as it stands there; empty if the list has none
 * @param found each of them, in order
 * @param rows of the list, the header not counted
 * @param everybody how everybody in it stands: Mailchimp has a file for each standing
 * @param own whether our export wrote it
 */
record ImportColumns(List<String> header, List<Found> found, long rows, Said everybody, boolean own, Places places) {

    /**
     * A column.
     *
     * @param use empty where it cannot be told, and it must not be guessed
     * @param meaning by its name alone
     * @param unmistakable whether somebody in it is called what can only mean that she is not to be written to
     * @param few whether it has few different values, so that each can be asked about
     */
    record Found(
            int at,
            String title,
            List<String> examples,
            Optional<ColumnUse> use,
            String key,
            ColumnMeaning meaning,
            boolean unmistakable,
            boolean few) {

        Found as(Chosen chosen) {
            return new Found(at, title, examples, Optional.of(chosen.use()), chosen.key(), meaning, unmistakable, few);
        }
    }

    /**
     * The places of what a person has once; -1 for what is not there.
     *
     * @param about what the columns say of her standing
     * @param attributes keys by place
     */
    record Places(
            int address,
            int name,
            int firstName,
            int lastName,
            int language,
            int zone,
            int source,
            List<About> about,
            List<Integer> tags,
            List<Integer> objects,
            Map<Integer, String> attributes) {

        static Places of(List<Found> found) {
            Map<Integer, String> attributes = new HashMap<>();
            found.stream()
                    .filter(one -> one.use().filter(ColumnUse.ATTRIBUTE::equals).isPresent())
                    .forEach(one -> attributes.put(one.at(), one.key()));
            return new Places(
                    at(found, ColumnUse.ADDRESS),
                    at(found, ColumnUse.NAME),
                    at(found, ColumnUse.FIRST_NAME),
                    at(found, ColumnUse.LAST_NAME),
                    at(found, ColumnUse.LANGUAGE),
                    at(found, ColumnUse.ZONE),
                    at(found, ColumnUse.SOURCE),
                    found.stream().flatMap(one -> About.of(one).stream()).toList(),
                    all(found, ColumnUse.TAGS),
                    all(found, ColumnUse.ATTRIBUTES),
                    Map.copyOf(attributes));
        }

        private static int at(List<Found> found, ColumnUse use) {
            return all(found, use).stream().findFirst().orElse(-1);
        }

        private static List<Integer> all(List<Found> found, ColumnUse use) {
            return found.stream()
                    .filter(one -> one.use().filter(use::equals).isPresent())
                    .map(Found::at)
                    .toList();
        }
    }

    private static final Set<String> ADDRESSES = Set.of(
            "email",
            "mail",
            "emailaddress",
            "mailaddress",
            "emailadresse",
            "mailadresse",
            "subscriber",
            "email1value",
            "emailvalue",
            "primaryemail",
            "primaryemailaddress",
            "youremail",
            "contactemail",
            "subscriberemail",
            "useremail",
            "memberemail",
            "emailid",
            "emailaddresses",
            "correo",
            "correoelectronico",
            "courriel",
            "adressemail",
            "adresseemail",
            "adressecourriel",
            "adressedecourriel",
            "adresseelectronique",
            "indirizzoemail",
            "kontaktemail",
            "emailwork",
            "emailprivat",
            "hauptemail",
            "workemail",
            "personalemail",
            "emailfield",
            "recipient",
            "empfanger",
            "empfaenger");
    private static final Set<String> POSTAL_OR_MAIL = Set.of("address", "adresse");
    private static final Set<String> NAMES = Set.of(
            "name",
            "fullname",
            "displayname",
            "contactname",
            "subscribername",
            "nom",
            "nomcomplet",
            "nombrecompleto",
            "vollername",
            "vollstandigername",
            "vollstaendigername",
            "anzeigename",
            "yourname",
            "nameofsubscriber",
            "membername");
    private static final Set<String> FIRST_NAMES =
            Set.of("firstname", "fname", "givenname", "vorname", "forename", "prenom", "nombre", "first", "rufname");
    private static final Set<String> LAST_NAMES = Set.of(
            "lastname", "lname", "surname", "familyname", "nachname", "familienname", "zuname", "last", "apellido");
    private static final Set<String> LANGUAGES = Set.of(
            "language",
            "sprache",
            "lang",
            "locale",
            "preferredlanguage",
            "languagecode",
            "sprachcode",
            "languages",
            "langue");
    private static final Set<String> ZONES =
            Set.of("zone", "timezone", "zeitzone", "tz", "timezonename", "usertimezone");
    private static final Set<String> TAGS = Set.of(
            "tags",
            "tag",
            "labels",
            "label",
            "schlagworte",
            "schlagworter",
            "schlagwort",
            "etiketten",
            "etiquettes",
            "etiquetas");
    private static final Set<String> OBJECTS =
            Set.of("attributes", "attribs", "attribute", "metadata", "customfields", "data");
    private static final Set<String> SOURCES = Set.of(
            "source",
            "signupsource",
            "optinsource",
            "subscriptionsource",
            "acquisitionsource",
            "subscribesource",
            "acquiredvia",
            "quelle",
            "herkunft");
    /** What people write there is asked about by nobody: only the unmistakable counts. */
    private static final List<String> WRITTEN = List.of(
            "tag",
            "label",
            "note",
            "notiz",
            "group",
            "gruppe",
            "segment",
            "list",
            "comment",
            "kommentar",
            "title",
            "attribut",
            "data");

    private static final int LOOKED_AT_FOR_ADDRESSES = 1_000;
    private static final int EXAMPLES = 3;
    private static final int LONGEST_EXAMPLE = 80;
    private static final int MOST_STANDINGS = 20;
    private static final int LONGEST_STANDING = 80;

    /** @param asked whether a value that is not understood is asked about */
    record About(int column, ColumnMeaning meaning, boolean found, boolean asked) {

        /** What a column says, also one that was given another meaning. */
        static Optional<About> of(Found one) {
            ColumnUse use = one.use().orElse(ColumnUse.NOTHING);
            Optional<ColumnMeaning> said = ColumnMeaning.as(use);
            if (said.isPresent()) {
                // By its name it is told more finely: how often, or why.
                boolean same =
                        one.meaning().kind() != Kind.OTHER && one.meaning().use() == use;
                boolean guessed = !same && one.unmistakable() && one.meaning().kind() == Kind.OTHER;
                return Optional.of(new About(
                        one.at(),
                        same ? one.meaning() : said.get(),
                        guessed && use == ColumnUse.STATUS,
                        !guessed || one.few()));
            }
            boolean once = !use.mayRepeat() && use != ColumnUse.SOURCE;
            return one.unmistakable() && !once
                    ? Optional.of(new About(one.at(), new ColumnMeaning(Kind.STATUS, Said.SUBSCRIBED, 9), true, false))
                    : Optional.empty();
        }
    }

    private static final class Column {
        private final List<String> examples = new ArrayList<>();
        private boolean objects = true;
        private long filled;
        private long addresses;
        private boolean unmistakable;
        private boolean words = true;
        private boolean plainText = true;
        private final Set<String> values = new HashSet<>();

        void look(String field, boolean forAddresses) {
            String value = ImportedText.trimmed(field);
            if (value.isEmpty()) {
                return;
            }
            filled++;
            if (examples.size() < EXAMPLES && !examples.contains(value)) {
                examples.add(example(value));
                objects &= value.startsWith("{") && value.endsWith("}");
            }
            if (forAddresses && ImportedText.address(value).isPresent()) {
                addresses++;
            }
            String cut = value.length() <= LONGEST_STANDING ? value : value.substring(0, LONGEST_STANDING);
            if (values.size() <= MOST_STANDINGS && values.add(cut)) {
                words &= StatusWords.of(value).isPresent();
                plainText &= value.codePoints().anyMatch(Character::isLetter)
                        && !StatusWords.isYes(value)
                        && !StatusWords.isNo(value)
                        && ImportedTimes.read(value).isEmpty();
            }
            unmistakable = unmistakable || StatusWords.isUnmistakable(value);
        }

        private static String example(String value) {
            String line = ImportedText.line(value.length() <= 400 ? value : value.substring(0, 400));
            return line.length() <= LONGEST_EXAMPLE ? line : line.substring(0, LONGEST_EXAMPLE) + "…";
        }

        Found found(int at, String header, ColumnMeaning meaning, Optional<ColumnUse> use, String key) {
            String line = ImportedText.line(header);
            String title = line.isEmpty() ? Integer.toString(at + 1) : line;
            boolean few =
                    values.size() <= MOST_STANDINGS && WRITTEN.stream().noneMatch(StatusWords.plain(header)::contains);
            return new Found(
                    at,
                    title.length() > 80 ? title.substring(0, 80) : title,
                    List.copyOf(examples),
                    use,
                    key,
                    meaning,
                    unmistakable,
                    few);
        }
    }

    /** @throws ImportRejected if there is nothing in it, too much, or no address can be found */
    static ImportColumns find(ImportSource source, int mostRows) throws IOException {
        try {
            return look(source, mostRows);
        } catch (ImportRejected e) {
            if (e.reason() != ImportRejected.Reason.NOT_CSV) {
                throw e;
            }
            source.byLines();
            return look(source, mostRows);
        }
    }

    private static ImportColumns look(ImportSource source, int mostRows) throws IOException {
        List<String> first = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        long[] rows = new long[1];
        source.read((line, fields) -> {
            boolean isFirst = first.isEmpty();
            if (isFirst && ImportSource.isBroken(fields)) {
                throw new ImportRejected(ImportRejected.Reason.NOT_CSV);
            }
            if (isFirst) {
                first.addAll(fields);
            }
            while (columns.size() < Math.min(fields.size(), first.size())) {
                columns.add(new Column());
            }
            rows[0]++;
            if (rows[0] > mostRows + 1L) {
                throw new ImportRejected(ImportRejected.Reason.TOO_MANY_ROWS);
            }
            if (!ImportSource.isBroken(fields) && (!isFirst || hasAddress(fields))) {
                for (int i = 0; i < Math.min(fields.size(), columns.size()); i++) {
                    columns.get(i).look(fields.get(i), rows[0] <= LOOKED_AT_FOR_ADDRESSES);
                }
            }
        });
        boolean headless = hasAddress(first);
        if (rows[0] < (headless ? 1 : 2)) {
            throw new ImportRejected(ImportRejected.Reason.EMPTY);
        }
        if (rows[0] - (headless ? 0 : 1) > mostRows) {
            throw new ImportRejected(ImportRejected.Reason.TOO_MANY_ROWS);
        }
        return headless
                ? withoutHeader(columns, rows[0], source.name())
                : withHeader(first, columns, rows[0] - 1, source.name());
    }

    private static boolean hasAddress(List<String> fields) {
        return fields.stream().anyMatch(field -> ImportedText.address(field).isPresent());
    }

    private static ImportColumns withoutHeader(List<Column> columns, long rows, String fileName) {
        int used = columns.size();
        while (used > 1 && columns.get(used - 1).filled == 0) {
            used--;
        }
        int address = mostAddresses(columns, IntStream.range(0, used).boxed().toList());
        List<Found> found = new ArrayList<>();
        for (int i = 0; i < used; i++) {
            Column column = columns.get(i);
            ColumnUse use = i == address
                    ? ColumnUse.ADDRESS
                    : column.filled == 0 ? ColumnUse.NOTHING : used == 2 ? alone(column) : null;
            found.add(column.found(i, "", ColumnMeaning.of(""), Optional.ofNullable(use), ""));
        }
        return new ImportColumns(
                List.of(), List.copyOf(found), rows, Systems.everybody(List.of(), fileName), false, Places.of(found));
    }

    /** The one column beside the address: how people stand, or what they are called; null if it is neither. */
    private static @Nullable ColumnUse alone(Column column) {
        if (column.words || column.unmistakable) {
            return ColumnUse.STATUS;
        }
        return column.plainText ? ColumnUse.NAME : null;
    }

    private static ImportColumns withHeader(List<String> header, List<Column> columns, long rows, String fileName) {
        while (columns.size() < header.size()) {
            columns.add(new Column());
        }
        List<String> names = header.stream().map(StatusWords::plain).toList();
        Map<Integer, ColumnUse> once = once(names, columns);
        boolean substack = names.contains("activesubscription") && names.contains("emaildisabled");
        List<Found> found = new ArrayList<>();
        for (int i = 0; i < header.size(); i++) {
            ColumnUse use = once.get(i);
            String key = attribute(header.get(i));
            boolean said =
                    use == null && key.isEmpty() && !(substack && names.get(i).equals("activesubscription"));
            ColumnMeaning meaning = ColumnMeaning.of(said ? header.get(i) : "");
            ColumnUse taken = use != null
                    ? use
                    : key.isEmpty() ? use(names.get(i), meaning, columns.get(i)) : ColumnUse.ATTRIBUTE;
            found.add(columns.get(i).found(i, header.get(i), meaning, Optional.of(taken), key));
        }
        return new ImportColumns(
                List.copyOf(header),
                List.copyOf(found),
                rows,
                Systems.everybody(names, fileName),
                Systems.isOwn(names),
                Places.of(found));
    }

    /** The key of an attribute, as our own export names its columns; else nothing. */
    private static String attribute(String header) {
        String title = ImportedText.trimmed(header);
        return title.startsWith(Attributes.COLUMN) ? title.substring(Attributes.COLUMN.length()) : "";
    }

    private static Map<Integer, ColumnUse> once(List<String> names, List<Column> columns) {
        int address = address(names, columns);
        Map<Integer, ColumnUse> once = new HashMap<>();
        if (address >= 0) {
            once.put(address, ColumnUse.ADDRESS);
        }
        Stream.of(
                        Map.entry(ColumnUse.FIRST_NAME, FIRST_NAMES),
                        Map.entry(ColumnUse.LAST_NAME, LAST_NAMES),
                        Map.entry(ColumnUse.NAME, NAMES),
                        Map.entry(ColumnUse.LANGUAGE, LANGUAGES),
                        Map.entry(ColumnUse.ZONE, ZONES),
                        Map.entry(ColumnUse.SOURCE, SOURCES))
                .forEach(one -> {
                    int at = at(names, one.getValue(), address);
                    if (at >= 0) {
                        once.putIfAbsent(at, one.getKey());
                    }
                });
        return once;
    }

    private static ColumnUse use(String name, ColumnMeaning meaning, Column column) {
        if (meaning.kind() != Kind.OTHER) {
            return meaning.use();
        }
        if (TAGS.contains(name)) {
            return ColumnUse.TAGS;
        }
        if (OBJECTS.contains(name) && column.filled > 0 && column.objects) {
            return ColumnUse.ATTRIBUTES;
        }
        return column.unmistakable ? ColumnUse.STATUS : ColumnUse.NOTHING;
    }

    /** As somebody says; columns of which nothing was said stay what they were taken for. */
    ImportColumns as(Map<String, Chosen> columns, @Nullable Said all) {
        List<Found> said = found.stream()
                .map(one -> Optional.ofNullable(columns.get(one.title()))
                        .map(one::as)
                        .orElse(one))
                .toList();
        return new ImportColumns(header, said, rows, all == null ? everybody : all, own, Places.of(said));
    }

    /** Where nobody can be asked: refused if a column is without a meaning, or none has the address. */
    void requireClear() {
        if (found.stream().anyMatch(one -> one.use().isEmpty())) {
            throw new ImportRejected(ImportRejected.Reason.NO_HEADER);
        }
        if (places.address() < 0) {
            throw new ImportRejected(
                    ImportRejected.Reason.NO_ADDRESS_COLUMN,
                    found.stream().map(Found::title).limit(10).toList());
        }
    }

    Optional<KnownSystem> system() {
        if (header.isEmpty()) {
            return found.size() == 1 ? Optional.of(KnownSystem.MAILMAN) : Optional.empty();
        }
        return Systems.of(header.stream().map(StatusWords::plain).toList());
    }

    private static int address(List<String> names, List<Column> columns) {
        List<Integer> named = where(names, ADDRESSES);
        if (!named.isEmpty()) {
            return mostAddresses(columns, named);
        }
        int best =
                mostAddresses(columns, IntStream.range(0, names.size()).boxed().toList());
        if (columns.get(best).addresses > 0
                && columns.get(best).addresses * 2 >= Math.min(columns.get(best).filled, LOOKED_AT_FOR_ADDRESSES)) {
            return best;
        }
        return where(names, POSTAL_OR_MAIL).stream().findFirst().orElse(-1);
    }

    private static List<Integer> where(List<String> names, Set<String> wanted) {
        return IntStream.range(0, names.size())
                .filter(i -> wanted.contains(names.get(i)))
                .boxed()
                .toList();
    }

    private static int at(List<String> names, Set<String> wanted, int butNot) {
        return where(names, wanted).stream()
                .filter(i -> i != butNot)
                .findFirst()
                .orElse(-1);
    }

    /** The first of those that have most. */
    private static int mostAddresses(List<Column> columns, List<Integer> of) {
        return of.stream()
                .max(Comparator.<Integer>comparingLong(i -> columns.get(i).addresses)
                        .thenComparing(Comparator.reverseOrder()))
                .orElse(0);
    }

    /** How staff read a column's name. */
    String title(int column) {
        return column >= 0 && column < found.size() ? found.get(column).title() : Integer.toString(column + 1);
    }

    /** The whole name, or the first and the last one. German lists call the last one just {@code Name}. */
    String nameIn(List<String> fields) {
        String whole = ImportedText.line(ImportedText.field(fields, places.name()));
        String given = ImportedText.line(ImportedText.field(fields, places.firstName()));
        String family = ImportedText.line(ImportedText.field(fields, places.lastName()));
        if (!whole.isEmpty() && (places.lastName() >= 0 || given.isEmpty() || whole.startsWith(given))) {
            return whole;
        }
        return ImportedText.trimmed(given + " " + (whole.isEmpty() ? family : whole));
    }
}
