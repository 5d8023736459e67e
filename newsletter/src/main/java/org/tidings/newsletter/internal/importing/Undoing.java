package org.tidings.newsletter.internal.importing;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.SuppressedAddresses;
import org.tidings.mail.SuppressedAddresses.Reason;
import org.tidings.mail.SuppressedAddresses.Suppressed;
import org.tidings.newsletter.ImportState;
import org.tidings.newsletter.Means;
import org.tidings.newsletter.internal.importing.ImportStore.Job;
import org.tidings.newsletter.internal.knowing.AttributeBook;
import org.tidings.site.Ids;
import org.tidings.site.Sql;
import org.tidings.site.Transactions;

/**
 * Takes back what an import brought. Who has said something herself since stays as she is. Records of what a list said somebody had
 * withdrawn stay, under ids that lead to nobody: the ledger outside the database has them too.
 */
final class Undoing {

    private static final int PART = 1_000;
    private static final int SECONDS = 20;
    /** Clocks of nodes may differ by that. */
    private static final Duration MARGIN = Duration.ofMinutes(10);

    private final Sql sql;
    private final ImportStore store;
    private final PeopleHere people;
    private final SuppressedAddresses suppressed;
    private final Transactions transactions;

    Undoing(Sql sql, ImportStore store, PeopleHere people, SuppressedAddresses suppressed, Transactions transactions) {
        this.sql = sql;
        this.store = store;
        this.people = people;
        this.suppressed = suppressed;
        this.transactions = transactions;
    }

    private record Change(UUID id, String kind, UUID about, String before, String after) {}

    void work(Job job, UUID worker, BooleanSupplier stop) {
        boolean more = true;
        while (more && !stop.getAsBoolean()) {
            more = transactions.call(() -> {
                goOn(job, worker);
                return changesBack(job);
            });
        }
        more = !stop.getAsBoolean();
        while (more && !stop.getAsBoolean()) {
            more = transactions.call(() -> {
                goOn(job, worker);
                return subscriptionsAway(job);
            });
        }
        if (!stop.getAsBoolean()) {
            transactions.run(() -> {
                goOn(job, worker);
                store.move(job.id(), ImportState.UNDOING, ImportState.UNDONE, people.now());
            });
        }
    }

    private void goOn(Job job, UUID worker) {
        if (!store.goOn(job.id(), worker, SECONDS, 0)) {
            throw new ImportJobs.TakenAway();
        }
    }

    private boolean changesBack(Job job) {
        List<Change> changes = sql.list(
                "select id, kind, about, before, after from newsletter.subscriber_import_change where import = ?"
                        + " order by id limit ?",
                row -> new Change(
                        Sql.id(row, "id"),
                        row.getString("kind"),
                        Sql.id(row, "about"),
                        row.getString("before"),
                        row.getString("after")),
                job.id(),
                PART);
        changes.stream().filter(change -> change.kind().equals("COMPLETED")).forEach(this::empty);
        changes.stream().filter(change -> change.kind().equals("ENDED")).forEach(change -> resume(change, job));
        suppressed.takeBack(changes.stream()
                .filter(change -> change.kind().equals("SUPPRESSED"))
                .map(change -> new Suppressed(
                        change.about(), Reason.valueOf(change.before()), OffsetDateTime.parse(change.after()), ""))
                .toList());
        sql.update(
                "delete from newsletter.subscriber_import_change where id in"
                        + " (select w.id from unnest(cast(? as uuid array)) as w(id))",
                Sql.uuids(changes.stream().map(Change::id).toList()));
        return changes.size() == PART;
    }

    /** Unless it is something else by now. */
    private void empty(Change change) {
        sql.first(
                        "select name, language, zone from newsletter.subscriber where id = ? and account is null",
                        row -> new String[] {row.getString("name"), row.getString("language"), row.getString("zone")},
                        change.about())
                .filter(now -> Completions.written(now[0], now[1], now[2]).equals(change.after()))
                .ifPresent(now -> sql.update(
                        "update newsletter.subscriber set name = ?, language = ?, zone = ? where id = ?",
                        change.before().contains("n") ? "" : now[0],
                        change.before().contains("l") ? "und" : now[1],
                        change.before().contains("z") ? "" : now[2],
                        change.about()));
    }

    /** As of now, so that she comes into no audience that was counted without her. */
    private void resume(Change change, Job job) {
        OffsetDateTime now = people.now();
        boolean confirmed = change.before().equals("CONFIRMED");
        int resumed = sql.update(
                "update newsletter.subscription set state = ?, since = ?, confirmed_at = ?, ended_at = null, reason = null"
                        + " where id = ? and state = 'UNSUBSCRIBED' and reason = 'IMPORT'",
                change.before(),
                now,
                confirmed ? now : null,
                change.about());
        if (resumed > 0 && confirmed) {
            sql.update(
                    "insert into newsletter.consent"
                            + " (id, subscriber, newsletter, act, at, means, wording, policy_version, statement)"
                            + " select cast(? as uuid), subscriber, newsletter, 'GIVEN', cast(? as timestamp with time zone),"
                            + " cast(? as varchar), null, '', cast(? as varchar) from newsletter.subscription where id = ?",
                    Ids.next(),
                    now,
                    Means.IMPORT.name(),
                    job.basis(),
                    change.about());
        }
    }

    private record Brought(UUID subscription, UUID subscriber) {}

    private boolean subscriptionsAway(Job job) {
        List<Brought> brought = sql.list(
                "select s.id, s.subscriber from newsletter.subscription s where s.newsletter = ? and s.id between ? and ?"
                        + " and s.imported_by = ? order by s.newsletter, s.id limit ?",
                row -> new Brought(Sql.id(row, "id"), Sql.id(row, "subscriber")),
                job.newsletter(),
                around(job.firstId(), -1),
                around(job.lastId(), 1),
                job.id(),
                PART);
        Sql.Values subscriptions =
                Sql.uuids(brought.stream().map(Brought::subscription).toList());
        // Who said something herself since, or has an account by now, is not the import's any more.
        sql.update(
                "update newsletter.subscription set imported_by = null where id in"
                        + " (select w.id from unnest(cast(? as uuid array)) as w(id))"
                        + " and (merged_into is not null or exists (select 1 from newsletter.consent c"
                        + " where c.subscriber = subscription.subscriber and c.newsletter = subscription.newsletter"
                        + " and c.means <> 'IMPORT'))",
                subscriptions);
        Sql.Values people = Sql.uuids(brought.stream().map(Brought::subscriber).toList());
        sql.update(
                "delete from newsletter.consent where subscriber in (select w.id from unnest(cast(? as uuid array)) as w(id))"
                        + " and newsletter = ? and means = 'IMPORT' and act = 'GIVEN' and exists"
                        + " (select 1 from newsletter.subscription s where s.subscriber = consent.subscriber"
                        + " and s.newsletter = consent.newsletter and s.imported_by = ?)",
                people,
                job.newsletter(),
                job.id());
        sql.update(
                "delete from newsletter.subscription where id in (select w.id from unnest(cast(? as uuid array)) as w(id))"
                        + " and imported_by = ?",
                subscriptions,
                job.id());
        peopleAway(job, people);
        return brought.size() == PART;
    }

    private void peopleAway(Job job, Sql.Values people) {
        List<UUID> nobodys = sql.list(
                "select p.id from unnest(cast(? as uuid array)) as w(id) join newsletter.subscriber p on p.id = w.id"
                        + " where p.imported_by = ? and p.account is null and p.absorbed_into is null and p.erased_at is null"
                        + " and not exists (select 1 from newsletter.subscription s where s.subscriber = p.id)"
                        + " and not exists (select 1 from newsletter.confirmation c where c.subscriber = p.id)"
                        + " and not exists (select 1 from newsletter.subscriber o where o.absorbed_into = p.id)",
                row -> Sql.id(row, "id"),
                people,
                job.id());
        new AttributeBook(sql).forgetAll(nobodys);
        sql.update(
                "delete from newsletter.subscriber where id in (select w.id from unnest(cast(? as uuid array)) as w(id))",
                Sql.uuids(nobodys));
    }

    /** An id of some minutes before or after another: they begin with their time (RFC 9562 section 5.7). */
    private static UUID around(@Nullable UUID id, int direction) {
        if (id == null) {
            return direction < 0 ? new UUID(0, 0) : new UUID(-1L, -1L);
        }
        long millis = (id.getMostSignificantBits() >>> 16) + MARGIN.toMillis() * direction;
        return direction < 0 ? new UUID(millis << 16, 0L) : new UUID((millis << 16) | 0xffffL, -1L);
    }
}
