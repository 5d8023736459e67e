package org.tidings.newsletter.internal.importing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.SuppressedAddresses;
import org.tidings.mail.SuppressedAddresses.Suppressed;
import org.tidings.newsletter.Means;
import org.tidings.site.Ids;
import org.tidings.site.Sql;

/**
 * Brings what a list says together with what is known here, and enters it. What a person said here herself outranks a list that speaks of an
 * earlier time; nobody who left here is brought back; an account's mailbox is not suppressed for what came back elsewhere.
 *
 * <p>Rows are handled in chunks with a few set-based statements each; uniqueness is the database's. A chunk is handled in the order of its
 * addresses, so that two imports of the same people wait for each other and never in a circle.
 */
public final class ImportBook {

    private static final int LONGEST_STATEMENT = 1_000;

    private final Sql sql;
    private final PeopleHere people;
    private final SuppressedAddresses suppressedAddresses;
    private final UUID newsletter;
    private final @Nullable UUID importId;
    private final Figures figures;
    private final ImportedValues values;

    /** @param importId by which what it brings can be found again, or null */
    public ImportBook(
            Sql sql,
            PeopleHere people,
            SuppressedAddresses suppressedAddresses,
            UUID newsletter,
            @Nullable UUID importId) {
        this(sql, people, suppressedAddresses, newsletter, importId, new Figures());
    }

    ImportBook(
            Sql sql,
            PeopleHere people,
            SuppressedAddresses suppressedAddresses,
            UUID newsletter,
            @Nullable UUID importId,
            Figures figures) {
        this.sql = sql;
        this.people = people;
        this.suppressedAddresses = suppressedAddresses;
        this.newsletter = newsletter;
        this.importId = importId;
        this.figures = figures;
        this.values = new ImportedValues(sql);
    }

    Figures figures() {
        return figures;
    }

    /** Who the person is here. */
    private record Here(
            UUID subscriber,
            boolean account,
            String name,
            String language,
            String zone,
            boolean deactivated,
            @Nullable UUID subscription,
            String state) {

        static Here read(ResultSet row) throws SQLException {
            String state = row.getString("state");
            return new Here(
                    row.getObject("id", UUID.class),
                    row.getObject("account") != null,
                    row.getString("name"),
                    row.getString("language"),
                    row.getString("zone"),
                    row.getObject("deactivated_at") != null,
                    row.getObject("subscription", UUID.class),
                    state == null ? "" : state);
        }

        boolean lacksSomethingOf(ImportedRow row) {
            return !account
                    && ((name.isEmpty() && !row.name().isEmpty())
                            || (language.equals("und") && !row.language().equals("und"))
                            || (zone.isEmpty() && !row.zone().isEmpty()));
        }
    }

    /** What was said here: by herself, and in her name by an import before. */
    private record Word(
            @Nullable OffsetDateTime agreed, @Nullable OffsetDateTime leftByImport) {

        static final Word NONE = new Word(null, null);

        /** Whether she said herself, after that time, that she wants it. Without a time: after a file has said the same before. */
        boolean outranks(@Nullable OffsetDateTime said) {
            OffsetDateTime than = said == null ? leftByImport : said;
            return agreed != null && than != null && agreed.isAfter(than);
        }
    }

    /** What is to be written of one chunk. */
    private static final class Entries {
        private final List<ImportedRow> subscribed = new ArrayList<>();
        private final List<ImportedRow> others = new ArrayList<>();
        private final List<Completion> completions = new ArrayList<>();
        private final List<ImportedRow> wanted = new ArrayList<>();
        private final List<Ending> endings = new ArrayList<>();
        private final List<Suppressed> suppressions = new ArrayList<>();
    }

    private record Ending(UUID subscription, OffsetDateTime at, String state) {}

    /** What is known of somebody from now on. */
    private record Completion(UUID subscriber, Here before, String name, String language, String zone) {}

    void handle(List<ImportedRow> rows, String basis, boolean dryRun) {
        List<ImportedRow> chunk = new ArrayList<>(rows);
        chunk.sort(Comparator.comparing(row -> row.address().canonical()));
        OffsetDateTime now = people.now();
        Set<String> erased = new HashSet<>(sql.list(
                "select e.hash from unnest(cast(? as varchar array)) as u(hash)"
                        + " join newsletter.erased_address e on e.hash = u.hash",
                row -> row.getString(1),
                Sql.texts(chunk.stream().map(ImportedRow::erasedHash).toList())));
        Set<UUID> left = leftOutside(chunk);
        Map<String, Here> known = known(chunk);
        Map<UUID, Word> words = words(chunk, known);
        Map<UUID, Set<String>> about = about(chunk, known);
        Entries entries = new Entries();
        for (ImportedRow row : chunk) {
            Here here = known.get(row.address().canonical());
            boolean gone = erased.contains(row.erasedHash())
                    || (here != null && here.deactivated())
                    || ((here == null || here.state().isEmpty()) && left.contains(row.addressHash()));
            Word word = here == null ? Word.NONE : words.getOrDefault(here.subscriber(), Word.NONE);
            boolean adds = here != null && values.adds(row, about.getOrDefault(here.subscriber(), Set.of()));
            decide(row, here, gone, erased.contains(row.erasedHash()), adds, word, now, entries);
        }
        if (!dryRun) {
            write(entries, basis, now);
        }
    }

    private void decide(
            ImportedRow said,
            @Nullable Here here,
            boolean gone,
            boolean erased,
            boolean adds,
            Word word,
            OffsetDateTime now,
            Entries entries) {
        boolean account = here != null && here.account();
        ImportedRow row =
                account && said.suppressed().contains(SuppressedAddresses.Reason.COMPLAINED) ? said.justLeft() : said;
        String state = here == null ? "" : here.state();
        if (row.standing() == Said.LEAVE_OUT) {
            figures.leftOut++;
            return;
        }
        if (!row.suppressed().isEmpty()) {
            figures.blocked++;
            if (!erased && !account && !word.outranks(row.suppressedAt())) {
                OffsetDateTime since = row.suppressedAt() == null ? now : row.suppressedAt();
                row.suppressed()
                        .forEach(reason -> entries.suppressions.add(
                                new Suppressed(row.addressHash(), reason, since, row.detail())));
            }
        } else if (row.standing() == Said.LEFT) {
            figures.left++;
        } else if (row.standing() == Said.PENDING) {
            figures.pending++;
        } else {
            count(row, here, gone, adds, state);
        }
        if (gone || state.equals("UNSUBSCRIBED")) {
            return;
        }
        complete(row, here, state, entries);
        if (state.isEmpty()) {
            (row.standing() == Said.SUBSCRIBED ? entries.subscribed : entries.others).add(row);
        } else if (here != null && here.subscription() != null && ends(row, state, word)) {
            figures.ended += state.equals("CONFIRMED") ? 1 : 0;
            OffsetDateTime at = row.saidAt() == null ? now : row.saidAt();
            entries.endings.add(new Ending(here.subscription(), at, state));
        }
    }

    private void count(ImportedRow row, @Nullable Here here, boolean gone, boolean adds, String state) {
        if (gone || state.equals("UNSUBSCRIBED")) {
            figures.optedOut++;
        } else if (state.isEmpty()) {
            figures.added++;
        } else if (here != null && (adds || here.lacksSomethingOf(row))) {
            figures.completed++;
        } else {
            figures.known++;
        }
    }

    private static boolean ends(ImportedRow row, String state, Word word) {
        if (row.standing() == Said.LEFT) {
            return !word.outranks(row.saidAt());
        }
        // Never confirmed there, and nobody but a file has said here that she wants it.
        return row.standing() == Said.PENDING && state.equals("CONFIRMED") && word.agreed() == null;
    }

    private static void complete(ImportedRow row, @Nullable Here here, String state, Entries entries) {
        boolean wanted = row.standing() == Said.SUBSCRIBED || state.isEmpty();
        if (wanted && ImportedValues.hasAny(row)) {
            entries.wanted.add(row);
        }
        if (here != null && wanted && here.lacksSomethingOf(row)) {
            entries.completions.add(new Completion(
                    here.subscriber(),
                    here,
                    here.name().isEmpty() ? row.name() : here.name(),
                    here.language().equals("und") ? row.language() : here.language(),
                    here.zone().isEmpty() ? row.zone() : here.zone()));
        }
    }

    /** Hashes of those who had left in a time that is missing since a backup was put back. Most sites have none. */
    private Set<UUID> leftOutside(List<ImportedRow> chunk) {
        if (sql.list("select 1 from newsletter.optout_outside limit 1", row -> 1)
                .isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(sql.list(
                "select o.address_hash from unnest(cast(? as uuid array)) as u(hash)"
                        + " join newsletter.optout_outside o on o.address_hash = u.hash where o.newsletter = ?",
                row -> row.getObject(1, UUID.class),
                Sql.uuids(chunk.stream().map(ImportedRow::addressHash).toList()),
                newsletter));
    }

    /** By canonical address. */
    private Map<String, Here> known(List<ImportedRow> chunk) {
        Map<String, Here> known = new HashMap<>();
        sql.list(
                "select p.canonical, p.id, p.account, p.name, p.language, p.zone, p.deactivated_at, s.id as subscription, s.state"
                        + " from unnest(cast(? as varchar array)) as u(canonical)"
                        + " join newsletter.subscriber p on p.canonical = u.canonical"
                        + " left join newsletter.subscription s on s.subscriber = p.id and s.newsletter = ?",
                row -> known.put(row.getString("canonical"), Here.read(row)),
                Sql.texts(chunk.stream().map(r -> r.address().canonical()).toList()),
                newsletter);
        return known;
    }

    /** Tags and attributes that are known of those for whom the list has any; by subscriber. */
    private Map<UUID, Set<String>> about(List<ImportedRow> chunk, Map<String, Here> known) {
        return values.known(chunk.stream()
                .filter(ImportedValues::hasAny)
                .map(row -> known.get(row.address().canonical()))
                .filter(here -> here != null)
                .map(Here::subscriber)
                .toList());
    }

    /** Only of those whom the file keeps out and who are known here; by subscriber. */
    private Map<UUID, Word> words(List<ImportedRow> chunk, Map<String, Here> known) {
        List<UUID> subscribers = chunk.stream()
                .filter(row -> row.rank() != Said.SUBSCRIBED && row.rank() != Said.LEAVE_OUT)
                .map(row -> known.get(row.address().canonical()))
                .filter(here -> here != null)
                .map(Here::subscriber)
                .toList();
        Map<UUID, Word> words = new HashMap<>();
        if (!subscribers.isEmpty()) {
            // What an import or staff said for her is not her word.
            sql.list(
                    "select c.subscriber,"
                            + " max(case when c.act = 'GIVEN' and c.means not in ('IMPORT', 'STAFF') then c.at end) as agreed,"
                            + " min(case when c.act = 'WITHDRAWN' and c.means = 'IMPORT' then c.at end) as left_by_import"
                            + " from unnest(cast(? as uuid array)) as u(subscriber)"
                            + " join newsletter.consent c on c.subscriber = u.subscriber and c.newsletter = ?"
                            + " group by c.subscriber",
                    row -> words.put(
                            row.getObject("subscriber", UUID.class),
                            new Word(
                                    row.getObject("agreed", OffsetDateTime.class),
                                    row.getObject("left_by_import", OffsetDateTime.class))),
                    Sql.uuids(subscribers),
                    newsletter);
        }
        return words;
    }

    // Writing

    private void write(Entries entries, String basis, OffsetDateTime now) {
        long lost = entries.subscribed.size() - enter(entries.subscribed, basis, now);
        // Somebody was faster: known by then.
        figures.added -= lost;
        figures.known += lost;
        enter(entries.others, basis, now);
        sql.batch(
                "update newsletter.subscriber set name = ?, language = ?, zone = ? where id = ? and account is null",
                entries.completions,
                one -> new @Nullable Object[] {one.name(), one.language(), one.zone(), one.subscriber()});
        entries.wanted.forEach(values::keep);
        values.write(now);
        end(entries.endings, now);
        List<Suppressed> suppressed = suppressedAddresses.takeOver(entries.suppressions);
        if (importId != null) {
            remember(importId, entries, suppressed);
        }
    }

    /** What can be taken back. Of what was completed a hash, so that it is known again and stands nowhere twice. */
    private void remember(UUID id, Entries entries, List<Suppressed> suppressed) {
        List<@Nullable Object[]> lines = new ArrayList<>();
        for (Completion one : entries.completions) {
            lines.add(new @Nullable Object[] {
                Ids.next(),
                id,
                "COMPLETED",
                one.subscriber(),
                (one.before().name().isEmpty() ? "n" : "")
                        + (one.before().language().equals("und") ? "l" : "")
                        + (one.before().zone().isEmpty() ? "z" : ""),
                Completions.written(one.name(), one.language(), one.zone())
            });
        }
        for (Ending one : entries.endings) {
            lines.add(new @Nullable Object[] {Ids.next(), id, "ENDED", one.subscription(), one.state(), ""});
        }
        for (Suppressed one : suppressed) {
            lines.add(new @Nullable Object[] {
                Ids.next(),
                id,
                "SUPPRESSED",
                one.addressHash(),
                one.reason().name(),
                one.since().toString()
            });
        }
        sql.batch(
                "insert into newsletter.subscriber_import_change (id, import, kind, about, before, after)"
                        + " values (?, ?, ?, ?, ?, ?)",
                lines);
    }

    /** @return how many had no subscription before */
    private long enter(List<ImportedRow> rows, String basis, OffsetDateTime now) {
        if (rows.isEmpty()) {
            return 0;
        }
        List<String> canonical =
                rows.stream().map(row -> row.address().canonical()).toList();
        List<UUID> ids = ids(rows.size());
        sql.update(
                "insert into newsletter.subscriber"
                        + " (id, address, canonical, address_hash, name, language, zone, created_at, imported_by)"
                        + " select u.id, u.address, u.canonical, u.hash, u.name, u.language, u.zone,"
                        + " cast(? as timestamp with time zone), cast(? as uuid)"
                        + " from unnest(cast(? as uuid array), cast(? as varchar array), cast(? as varchar array),"
                        + " cast(? as uuid array), cast(? as varchar array), cast(? as varchar array), cast(? as varchar array))"
                        + " as u(id, address, canonical, hash, name, language, zone) on conflict do nothing",
                now,
                importId,
                Sql.uuids(ids(rows.size())),
                Sql.texts(rows.stream().map(row -> row.address().original()).toList()),
                Sql.texts(canonical),
                Sql.uuids(rows.stream().map(ImportedRow::addressHash).toList()),
                Sql.texts(rows.stream().map(ImportedRow::name).toList()),
                Sql.texts(rows.stream().map(ImportedRow::language).toList()),
                Sql.texts(rows.stream().map(ImportedRow::zone).toList()));
        // Confirmed as of now, so that nobody comes into an audience that was counted before; since when she says the
        // list.
        long entered = sql.update(
                "insert into newsletter.subscription"
                        + " (id, subscriber, newsletter, state, since, confirmed_at, ended_at, reason, imported_by)"
                        + " select u.id, p.id, cast(? as uuid), u.state, cast(u.since as timestamp with time zone),"
                        + " case when u.state = 'CONFIRMED' then cast(? as timestamp with time zone) end,"
                        + " case when u.state = 'UNSUBSCRIBED' then cast(u.since as timestamp with time zone) end,"
                        + " case when u.state = 'UNSUBSCRIBED' then 'IMPORT' end, cast(? as uuid)"
                        + " from unnest(cast(? as uuid array), cast(? as varchar array), cast(? as varchar array),"
                        + " cast(? as varchar array)) as u(id, canonical, state, since)"
                        + " join newsletter.subscriber p on p.canonical = u.canonical on conflict do nothing",
                newsletter,
                now,
                importId,
                Sql.uuids(ids),
                Sql.texts(canonical),
                Sql.texts(rows.stream().map(ImportBook::state).toList()),
                Sql.texts(rows.stream().map(row -> since(row, now).toString()).toList()));
        record(facts(rows, ids, basis, now));
        return entered;
    }

    private List<Fact> facts(List<ImportedRow> rows, List<UUID> subscriptions, String basis, OffsetDateTime now) {
        List<Fact> facts = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            ImportedRow row = rows.get(i);
            OffsetDateTime agreedAt = row.agreedAt();
            if (row.standing() == Said.SUBSCRIBED || (row.standing() == Said.LEFT && agreedAt != null)) {
                facts.add(new Fact(
                        subscriptions.get(i),
                        "GIVEN",
                        agreedAt == null ? now : agreedAt,
                        agreedAt == null ? people.policyVersion() : "",
                        statement(basis, row.source()),
                        row.agreedFrom()));
            }
            if (row.standing() == Said.LEFT) {
                facts.add(new Fact(subscriptions.get(i), "WITHDRAWN", since(row, now), "", "", ""));
            }
        }
        return facts;
    }

    /** How these people agreed, and where she did. */
    private static String statement(String basis, String source) {
        String both = source.isEmpty() ? basis : basis + " (" + source + ")";
        return both.length() <= LONGEST_STATEMENT ? both : basis;
    }

    private static String state(ImportedRow row) {
        return switch (row.standing()) {
            case SUBSCRIBED -> "CONFIRMED";
            case PENDING -> "PENDING";
            default -> "UNSUBSCRIBED";
        };
    }

    private static OffsetDateTime since(ImportedRow row, OffsetDateTime now) {
        OffsetDateTime at = row.standing() == Said.SUBSCRIBED ? row.agreedAt() : row.saidAt();
        return at == null ? now : at;
    }

    private void end(List<Ending> endings, OffsetDateTime now) {
        // Ended as of now, so that an audience that was counted before stays as it is; since when she has left says the
        // file.
        sql.batch(
                "update newsletter.subscription set state = 'UNSUBSCRIBED', since = ?, ended_at = ?, reason = 'IMPORT'"
                        + " where id = ? and state <> 'UNSUBSCRIBED'",
                endings.stream()
                        .map(ending -> new @Nullable Object[] {ending.at(), now, ending.subscription()})
                        .toList());
        record(endings.stream()
                .map(ending -> new Fact(ending.subscription(), "WITHDRAWN", ending.at(), "", "", ""))
                .toList());
    }

    /** A consent record of a subscription. */
    private record Fact(
            UUID subscription, String act, OffsetDateTime at, String policy, String statement, String network) {}

    private void record(List<Fact> facts) {
        if (facts.isEmpty()) {
            return;
        }
        sql.update(
                "insert into newsletter.consent"
                        + " (id, subscriber, newsletter, act, at, means, wording, policy_version, statement, network)"
                        + " select u.consent, s.subscriber, s.newsletter, u.act, cast(u.at as timestamp with time zone),"
                        + " cast(? as varchar), null, u.policy, u.statement, u.network"
                        + " from unnest(cast(? as uuid array), cast(? as uuid array), cast(? as varchar array),"
                        + " cast(? as varchar array), cast(? as varchar array), cast(? as varchar array), cast(? as varchar array))"
                        + " as u(consent, id, act, at, policy, statement, network)"
                        + " join newsletter.subscription s on s.id = u.id",
                Means.IMPORT.name(),
                Sql.uuids(ids(facts.size())),
                Sql.uuids(facts.stream().map(Fact::subscription).toList()),
                Sql.texts(facts.stream().map(Fact::act).toList()),
                Sql.texts(facts.stream().map(fact -> fact.at().toString()).toList()),
                Sql.texts(facts.stream().map(Fact::policy).toList()),
                Sql.texts(facts.stream().map(Fact::statement).toList()),
                Sql.texts(facts.stream().map(Fact::network).toList()));
    }

    private static List<UUID> ids(int count) {
        List<UUID> ids = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ids.add(Ids.next());
        }
        return Collections.unmodifiableList(ids);
    }
}
