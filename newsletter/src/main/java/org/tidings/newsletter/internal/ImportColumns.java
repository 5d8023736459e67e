package org.tidings.newsletter.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tidings.newsletter.ImportRejected;
import org.tidings.newsletter.internal.ColumnMeaning.Kind;

/**
 * Where what stands in a file: found by the names in its first row, and by a look at what is in the columns. A column in which somebody is
 * called unsubscribed or bounced says where people stand, whatever it is called.
 *
 * @param header as it stands there; empty if the file has none
 * @param name where the whole name is; -1 for one that is not there, as for the others
 * @param about what each column says of the person's standing
 * @param everybody what the file as a whole says: Mailchimp has a file for each standing
 * @param own whether our export wrote it
 */
record ImportColumns(
        List<String> header,
        int address,
        int name,
        int firstName,
        int lastName,
        int language,
        int zone,
        List<About> about,
        Said everybody,
        boolean own) {

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
    private static final List<String> OWN =
            List.of("address", "name", "language", "zone", "state", "since", "confirmed", "endedby");
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
    private static final int MOST_STANDINGS = 20;
    private static final int LONGEST_STANDING = 80;

    /** @param asked whether a value that is not understood is asked about */
    record About(int column, ColumnMeaning meaning, boolean found, boolean asked) {}

    private static final class Column {
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
        return headless ? withoutHeader(columns) : withHeader(first, columns);
    }

    private static boolean hasAddress(List<String> fields) {
        return fields.stream().anyMatch(field -> ImportedText.address(field).isPresent());
    }

    private static ImportColumns withoutHeader(List<Column> columns) {
        int used = columns.size();
        while (used > 1 && columns.get(used - 1).filled == 0) {
            used--;
        }
        int address = mostAddresses(columns, IntStream.range(0, used).boxed().toList());
        int other = used == 2 ? 1 - address : -1;
        boolean standing = other >= 0 && (columns.get(other).words || columns.get(other).unmistakable);
        if (used > 2 || (other >= 0 && !standing && !columns.get(other).plainText)) {
            throw new ImportRejected(ImportRejected.Reason.NO_HEADER);
        }
        List<About> about = standing
                ? List.of(new About(other, new ColumnMeaning(Kind.STATUS, Said.SUBSCRIBED, 9), true, true))
                : List.of();
        return new ImportColumns(
                List.of(), address, standing ? -1 : other, -1, -1, -1, -1, about, Said.SUBSCRIBED, false);
    }

    private static ImportColumns withHeader(List<String> header, List<Column> columns) {
        while (columns.size() < header.size()) {
            columns.add(new Column());
        }
        List<String> names = header.stream().map(StatusWords::plain).toList();
        boolean own = names.containsAll(OWN);
        int address = address(names, columns, header);
        int firstName = at(names, FIRST_NAMES, address);
        int lastName = at(names, LAST_NAMES, address);
        int name = at(names, NAMES, address);
        int language = at(names, LANGUAGES, address);
        int zone = at(names, ZONES, address);
        Set<Integer> taken = Set.copyOf(Stream.of(address, name, firstName, lastName, language, zone)
                .distinct()
                .toList());
        boolean substack = names.contains("activesubscription") && names.contains("emaildisabled");
        List<About> about = new ArrayList<>();
        for (int i = 0; i < header.size(); i++) {
            if (taken.contains(i) || (substack && names.get(i).equals("activesubscription"))) {
                continue;
            }
            ColumnMeaning meaning = ColumnMeaning.of(header.get(i));
            if (meaning.kind() != Kind.OTHER) {
                about.add(new About(i, meaning, false, true));
            } else if (columns.get(i).unmistakable) {
                String title = names.get(i);
                boolean few = columns.get(i).values.size() <= MOST_STANDINGS
                        && WRITTEN.stream().noneMatch(title::contains);
                about.add(new About(i, new ColumnMeaning(Kind.STATUS, Said.SUBSCRIBED, 9), true, few));
            }
        }
        return new ImportColumns(
                List.copyOf(header),
                address,
                name,
                firstName,
                lastName,
                language,
                zone,
                List.copyOf(about),
                everybody(names),
                own);
    }

    /** Each of Mailchimp's files is of one standing; which is to be seen by its columns. */
    private static Said everybody(List<String> names) {
        if (!names.contains("leid") && !names.contains("euid")) {
            return Said.SUBSCRIBED;
        }
        if (names.contains("cleantime")) {
            return Said.BOUNCED;
        }
        return names.contains("unsubtime") ? Said.LEFT : Said.SUBSCRIBED;
    }

    private static int address(List<String> names, List<Column> columns, List<String> header) {
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
        List<Integer> either = where(names, POSTAL_OR_MAIL);
        if (either.isEmpty()) {
            throw new ImportRejected(
                    ImportRejected.Reason.NO_ADDRESS_COLUMN,
                    header.stream()
                            .map(ImportedText::line)
                            .filter(title -> !title.isEmpty())
                            .map(title -> title.length() <= 40 ? title : title.substring(0, 40) + "…")
                            .limit(10)
                            .toList());
        }
        return either.get(0);
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
        String title = column < header.size() ? ImportedText.line(header.get(column)) : "";
        return title.isEmpty() ? Integer.toString(column + 1) : title.length() > 80 ? title.substring(0, 80) : title;
    }

    /** The whole name, or the first and the last one. German lists call the last one just {@code Name}. */
    String nameIn(List<String> fields) {
        String whole = ImportedText.line(ImportedText.field(fields, name));
        String given = ImportedText.line(ImportedText.field(fields, firstName));
        String family = ImportedText.line(ImportedText.field(fields, lastName));
        if (!whole.isEmpty() && (lastName >= 0 || given.isEmpty() || whole.startsWith(given))) {
            return whole;
        }
        return ImportedText.trimmed(given + " " + (whole.isEmpty() ? family : whole));
    }
}
