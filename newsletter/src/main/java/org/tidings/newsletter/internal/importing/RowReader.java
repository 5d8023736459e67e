package org.tidings.newsletter.internal.importing;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.SuppressedAddresses;
import org.tidings.mail.TimeZones;
import org.tidings.newsletter.ImportAnswer;
import org.tidings.newsletter.ImportReport.Reason;
import org.tidings.newsletter.ImportReport.RowError;
import org.tidings.newsletter.internal.importing.ColumnMeaning.Kind;
import org.tidings.newsletter.internal.importing.ImportColumns.About;
import org.tidings.site.Spreadsheet;

/** What the rows of one list say. */
final class RowReader {

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_VALUE = 80;
    private static final int LONGEST_SOURCE = 200;
    private static final OffsetDateTime BEFORE_MAIL = OffsetDateTime.of(1990, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
    /** A time without an offset may have been written as far east as that. */
    private static final Duration EASTERNMOST = Duration.ofHours(14);

    private static final Pattern IP = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final Pattern LIKE_A_DAY = Pattern.compile(".*\\d{4}.*\\d.*|.*\\d.*\\d{4}.*|\\d{9,13}");

    /** However they are written. */
    private static final Map<String, String> ZONES = ZoneId.getAvailableZoneIds().stream()
            .filter(zone -> TimeZones.known(zone).isPresent())
            .collect(Collectors.toMap(zone -> zone.toLowerCase(Locale.ROOT), zone -> zone, (one, other) -> one));

    private final ImportColumns columns;
    private final ImportColumns.Places places;
    private final Map<String, ImportAnswer> answers;
    private final PeopleHere.Hashes hashes;
    private final OffsetDateTime now;
    /** Of the row that was looked at last: reading an address is half of the work. */
    private @Nullable EmailAddress looked;

    RowReader(ImportColumns columns, Map<String, ImportAnswer> answers, PeopleHere.Hashes hashes, OffsetDateTime now) {
        this.columns = columns;
        this.places = columns.places();
        this.answers = answers;
        this.hashes = hashes;
        this.now = now;
    }

    /** Hears of what is dropped from a row, or asked about it. */
    interface Ear {
        void note(String column, Reason reason);

        void ask(String column, String value);
    }

    private static final Ear DEAF = new Ear() {
        @Override
        public void note(String column, Reason reason) {}

        @Override
        public void ask(String column, String value) {}
    };

    /** Why the row cannot be imported. */
    Optional<RowError> wrong(long line, List<String> fields) {
        if (ImportSource.isBroken(fields)) {
            return Optional.of(new RowError(line, "", Reason.QUOTE_OPEN));
        }
        String typed = ImportedText.field(fields, places.address());
        String title = columns.title(places.address());
        int known =
                columns.header().isEmpty() ? fields.size() : columns.header().size();
        if (fields.size() > known && fields.stream().skip(known).anyMatch(field -> !ImportedText.isBlank(field))) {
            return Optional.of(new RowError(line, "", Reason.TOO_MANY_COLUMNS));
        }
        for (int column : new int[] {places.address(), places.name(), places.firstName(), places.lastName()}) {
            if (isOpen(ImportedText.field(fields, column), column == places.address())) {
                return Optional.of(new RowError(line, columns.title(column), Reason.QUOTE_OPEN));
            }
        }
        if (ImportedText.isBlank(typed)) {
            return Optional.of(new RowError(line, title, Reason.ADDRESS_MISSING));
        }
        Optional<EmailAddress> address = ImportedText.address(unguarded(typed));
        looked = address.orElse(null);
        if (address.isEmpty()) {
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

    private String unguarded(String field) {
        return columns.own() ? Spreadsheet.unguarded(field) : field;
    }

    // What a row says

    /** Of the row that was not {@link #wrong} just now. */
    ImportedRow read(List<String> fields, Ear ear) {
        String typed = unguarded(ImportedText.field(fields, places.address()));
        EmailAddress address = Objects.requireNonNull(looked);
        String name = unguarded(columns.nameIn(fields));
        if (name.isEmpty()) {
            name = ImportedText.line(ImportedText.mailbox(typed).name());
        }
        if (name.length() > LONGEST_NAME) {
            ear.note(columns.title(Math.max(places.name(), places.firstName())), Reason.NAME_TOO_LONG);
            name = "";
        }
        String language = ImportedText.trimmed(ImportedText.field(fields, places.language()));
        Optional<String> spoken = SpokenLanguages.of(language);
        if (spoken.isEmpty()) {
            ear.note(columns.title(places.language()), Reason.LANGUAGE_UNKNOWN);
        }
        return standing(
                fields,
                ear,
                new Person(
                        address,
                        name,
                        spoken.orElse("und"),
                        zone(ImportedText.trimmed(ImportedText.field(fields, places.zone())), ear)));
    }

    /** Who it is, without where she stands. */
    private record Person(EmailAddress address, String name, String language, String zone) {}

    private String zone(String typed, Ear ear) {
        if (typed.isEmpty()) {
            return "";
        }
        Optional<String> known = zoneNamed(typed);
        if (known.isEmpty()) {
            ear.note(columns.title(places.zone()), Reason.ZONE_UNKNOWN);
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

    private ImportedRow standing(List<String> fields, Ear ear, Person person) {
        Standing standing = new Standing(columns.everybody());
        Set<SuppressedAddresses.Reason> suppressed = EnumSet.noneOf(SuppressedAddresses.Reason.class);
        OffsetDateTime suppressedAt = null;
        boolean suppressionsSaid = false;
        for (About about : places.about()) {
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
        return new ImportedRow(
                person.address(),
                hashes.ofErased(person.address()),
                hashes.ofAddress(person.address()),
                person.name(),
                person.language(),
                person.zone(),
                said.suppresses() ? Said.LEFT : said,
                standing.at(),
                standing.agreedAt,
                standing.agreedFrom,
                source(fields),
                Set.copyOf(suppressed),
                suppressedAt,
                said.suppresses() ? "IMPORTED_" + said.name() : "IMPORTED",
                FreeValues.tags(fields, places, this::unguarded),
                FreeValues.attributes(fields, places, this::unguarded));
    }

    private String source(List<String> fields) {
        String source = ImportedText.line(ImportedText.field(fields, places.source()));
        return source.length() <= LONGEST_SOURCE ? source : source.substring(0, LONGEST_SOURCE);
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
        // A colon divides the column from the value in the key of an answer.
        String line = ImportedText.line(typed).replace(':', ' ');
        String value = line.length() <= LONGEST_VALUE ? line : line.substring(0, LONGEST_VALUE);
        ImportAnswer answer = answers.get(column + ":" + value);
        if (answer == null) {
            answer = answers.get(column + ":*");
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
