package org.tidings.announcements.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.tidings.accounts.AccountId;
import org.tidings.announcements.AnnouncementId;
import org.tidings.announcements.AnnouncementView;
import org.tidings.announcements.AnnouncementView.Decision;
import org.tidings.announcements.AnnouncementView.Emergency;
import org.tidings.announcements.Emergencies;
import org.tidings.mail.testing.TestDatabase;

/** Steps in rows of their own, on each database. */
abstract class StepsContract {

    private static final AccountId ANN = new AccountId(new UUID(1, 1));
    private static final AccountId BOB = new AccountId(new UUID(1, 2));
    private static final AnnouncementId OVERRIDDEN = new AnnouncementId(new UUID(2, 1));
    private static final AnnouncementId SENT_BACK = new AnnouncementId(new UUID(2, 2));
    private static final AnnouncementId REVIEWED = new AnnouncementId(new UUID(2, 3));
    private static final AnnouncementId UNREVIEWED = new AnnouncementId(new UUID(2, 4));

    /** Without the module. */
    abstract TestDatabase empty();

    /** Old rows had a pair or triple of columns for each step. */
    @Test
    void keepsEveryStepThatWasInColumns() throws SQLException {
        try (TestDatabase before = empty()) {
            asOfVersion5(before);
            try (World world = new World(TestDatabase.at(before.url(), before.user(), "announcements"))) {
                assertThat(view(world, OVERRIDDEN)).satisfies(view -> {
                    assertThat(view.submitted()).contains(new Decision(ANN, at(1), ""));
                    assertThat(view.approved()).contains(new Decision(BOB, at(2), ""));
                    assertThat(view.published()).contains(new Decision(ANN, at(3), "Storm damage."));
                    assertThat(view.rejected()).isEmpty();
                    assertThat(view.emergency()).isEmpty();
                });
                assertThat(view(world, SENT_BACK)).satisfies(view -> {
                    assertThat(view.rejected()).contains(new Decision(BOB, at(2), "The time is wrong."));
                    assertThat(view.submitted()).isEmpty();
                });
                assertThat(view(world, REVIEWED).emergency())
                        .contains(new Emergency(
                                "People lose data.",
                                at(3).plusHours(24),
                                Optional.of(new Decision(BOB, at(4), "It could not have waited."))));
                assertThat(view(world, UNREVIEWED).emergency())
                        .contains(new Emergency("People lose data.", at(3).plusHours(24), Optional.empty()));
                assertThat(world.in(() -> world.emergencies.unreviewed()))
                        .extracting(AnnouncementView::id)
                        .containsExactly(UNREVIEWED);
                assertThat(world.in(() -> new Announcements(world.database.entityManager("announcements"))
                                .find(OVERRIDDEN)
                                .flatMap(one -> one.last(Step.Kind.REMINDED))))
                        .contains(Step.byItself(Step.Kind.REMINDED, at(5)));
            }
        }
    }

    private static AnnouncementView view(World world, AnnouncementId id) {
        return world.in(() -> world.reading.find(id)).orElseThrow();
    }

    private static OffsetDateTime at(int hour) {
        return OffsetDateTime.parse("2026-11-01T0" + hour + ":00:00Z");
    }

    private static void asOfVersion5(TestDatabase database) throws SQLException {
        Flyway.configure()
                .dataSource(database.url(), database.user(), "")
                .schemas("announcements")
                .defaultSchema("announcements")
                .locations("db/announcements")
                .target("5")
                .load()
                .migrate();
        try (Connection connection = database.dataSource().getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute(row(
                    OVERRIDDEN,
                    "PUBLISHED",
                    "submitted_by, submitted_at, approved_by, approved_at, published_by, published_on, published_at, override_reason,"
                            + " reminded_at",
                    said(ANN, 1) + ", " + said(BOB, 2) + ", " + said(ANN, 3) + ", " + said(3) + ", 'Storm damage.', "
                            + said(5)));
            sql.execute(row(
                    SENT_BACK,
                    "DRAFT",
                    "rejected_by, rejected_at, rejection",
                    said(BOB, 2) + ", 'The time is wrong.'"));
            String emergency = "published_by, published_on, published_at, emergency_reason, review_due_at";
            String sent = said(ANN, 3) + ", " + said(3) + ", 'People lose data.', '2026-11-02T03:00:00Z'";
            sql.execute(row(
                    REVIEWED,
                    "PUBLISHED",
                    emergency + ", reviewed_by, reviewed_at, judgement",
                    sent + ", " + said(BOB, 4) + ", 'It could not have waited.'"));
            sql.execute(row(UNREVIEWED, "PUBLISHED", emergency, sent));
        }
    }

    private static String row(AnnouncementId id, String state, String columns, String values) {
        return "insert into announcements.announcement (id, version, thread, sequence_number, type, prefix, state, undo_minutes, created_at,"
                + " edited_at, sample, " + columns + ") values ('" + id.value() + "', 1, '" + id.value()
                + "', 0, 'INCIDENT', 'INCIDENT', '" + state + "', 10, " + said(0) + ", " + said(0) + ", false, "
                + values + ")";
    }

    private static String said(AccountId by, int hour) {
        return "'" + by.value() + "', " + said(hour);
    }

    private static String said(int hour) {
        return "'" + at(hour) + "'";
    }

    /** The version is the announcement's, also for what is written in a row of its own: of two who decide one wins. */
    @Test
    void everyStepOfAPersonChangesTheVersion() {
        try (World world = fresh()) {
            AnnouncementView draft = world.in(() -> world.drafts.draft(
                    world.author, ContentBuilder.aMaintenance().build()));
            AnnouncementView submitted = world.in(() -> world.approvals.submit(world.author, draft.id()));
            AnnouncementView rejected =
                    world.in(() -> world.approvals.reject(world.second, draft.id(), "The time is wrong."));
            AnnouncementView sent = world.in(() -> world.emergencies.publishInEmergency(
                    world.author,
                    draft.id(),
                    new Emergencies.Order(3, "People lose data right now.", Map.of(), Optional.empty())));
            AnnouncementView reviewed =
                    world.in(() -> world.emergencies.review(world.second, draft.id(), "It could not have waited."));

            assertThat(Stream.of(draft, submitted, rejected, sent, reviewed).map(AnnouncementView::version))
                    .doesNotHaveDuplicates();
        }
    }

    /** Another node was faster: what it wrote is seen, and nobody is asked twice. */
    @Test
    void seesTheStepThatAnotherNodeHasTaken() {
        try (World world = fresh()) {
            AnnouncementView sent = world.in(() -> world.emergencies.publishInEmergency(
                    world.author,
                    world.drafts
                            .draft(world.author, ContentBuilder.aMaintenance().build())
                            .id(),
                    new Emergencies.Order(3, "People lose data right now.", Map.of(), Optional.empty())));
            world.clock.moveTo(OffsetDateTime.parse("2026-12-01T00:00:00Z"));
            Announcements here = new Announcements(world.database.entityManager("announcements"));

            boolean seen = world.in(() -> {
                assertThat(here.find(sent.id()).orElseThrow().has(Step.Kind.REMINDED))
                        .isFalse();
                CompletableFuture.runAsync(() -> world.database.inTransaction(world.reminders::remind))
                        .join();
                return here.takeFresh(sent.id()).has(Step.Kind.REMINDED);
            });

            assertThat(seen).isTrue();
        }
    }

    private World fresh() {
        TestDatabase database = empty();
        return new World(TestDatabase.at(database.url(), database.user(), "announcements"));
    }
}
