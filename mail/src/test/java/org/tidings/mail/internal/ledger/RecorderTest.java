package org.tidings.mail.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidings.mail.Addressee;
import org.tidings.mail.AudienceQuery;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.Letter;
import org.tidings.mail.MailBody;
import org.tidings.mail.MailKind;
import org.tidings.mail.MailingLimits;
import org.tidings.mail.PersonState;
import org.tidings.mail.internal.composing.RunningMailing;
import org.tidings.mail.internal.composing.Work;
import org.tidings.mail.internal.outcomes.Outcome;
import org.tidings.mail.internal.outcomes.Reply;
import org.tidings.mail.internal.sending.EngineUnderTest;
import org.tidings.mail.internal.sending.Membership;
import org.tidings.mail.internal.sending.NodesUnderTest;
import org.tidings.mail.internal.tables.Sql;
import org.tidings.mail.testing.TestDatabase;

/** Outcomes whose commit was done and whose answer got lost are written once more. */
class RecorderTest {

    private static final UUID READER = new UUID(0, 1);
    private static final EmailAddress ADDRESS = EmailAddress.parse("reader@example.org");

    @TempDir
    private Path folder;

    private final NodesUnderTest nodes = new NodesUnderTest(TestDatabase.h2("mail"));
    private Membership membership;

    @SuppressWarnings("NullAway.Init") // set before each test
    RecorderTest() {}

    @BeforeEach
    void join() {
        membership = nodes.join(folder, System::nanoTime);
    }

    @AfterEach
    void close() {
        membership.leave(false);
        nodes.close();
    }

    /** Else it would be reserved a second time while it is on its way, and go out twice. */
    @Test
    void whatWasReservedAgainMeanwhileStaysReserved() {
        Work.Claim before = new Work.Claim(
                UUID.randomUUID(),
                membership.node().id(),
                mailing(),
                true,
                OffsetDateTime.parse("2026-11-22T12:00:00Z"));
        Work work = Work.delivery(before, addressee(), 1, false, 0);
        before.holds(List.of(work));
        nodes.sql.update(
                "insert into mail.retries (mailing, recipient, state, attempts, ever_doubtful, next_try, at, claim)"
                        + " values (7, ?, 4, 1, false, current_timestamp, current_timestamp, ?)",
                READER,
                before.id());
        Outcome givenBack = givenBack(work);
        membership.node().recorder().record(List.of(givenBack), false);
        assertThat(claimed("is null")).isEqualTo(1);
        nodes.sql.update("update mail.retries set claim = ?", UUID.randomUUID());

        membership.node().recorder().record(List.of(givenBack), true);

        assertThat(claimed("is not null")).isEqualTo(1);
    }

    @Test
    void aLetterThatAnotherNodeReservedMeanwhileStaysReserved() {
        UUID letter = post();
        nodes.sql.update("update mail.letters set node = ?", membership.node().id());
        Work.Claim claim = new Work.Claim(
                UUID.randomUUID(), membership.node().id(), null, false, OffsetDateTime.parse("2026-11-22T12:00:00Z"));
        Work work = Work.letter(
                claim,
                letter,
                new Work.LetterSource(
                        MailKind.ACCOUNT_NOTICE, "reader", READER, ADDRESS, EngineUnderTest.now(), new byte[0]),
                0,
                false,
                0);
        claim.holds(List.of(work));
        membership.node().recorder().record(List.of(givenBack(work)), false);
        nodes.sql.update("update mail.letters set node = ?", UUID.randomUUID());

        membership.node().recorder().record(List.of(givenBack(work)), true);

        assertThat(nodes.sql.number("select count(*) from mail.letters where node is not null"))
                .isEqualTo(1);
    }

    /** Else she would get it once more, and nobody would have been in doubt. */
    @Test
    void whatAnotherNodeFinishedMeanwhileDoesNotComeBack() {
        Work.Claim claim = new Work.Claim(
                UUID.randomUUID(),
                membership.node().id(),
                mailing(),
                false,
                OffsetDateTime.parse("2026-11-22T12:00:00Z"));
        Work work = Work.delivery(claim, addressee(), 0, false, 0);
        claim.holds(List.of(work));
        membership.node().recorder().record(List.of(givenBack(work)), false);
        nodes.sql.update("delete from mail.retries");

        membership.node().recorder().record(List.of(givenBack(work)), true);

        assertThat(claimed("is null")).isZero();
    }

    @Test
    void whatWasRolledBackIsRecordedByTheNextTry() {
        Work.Claim claim = new Work.Claim(
                UUID.randomUUID(),
                membership.node().id(),
                mailing(),
                false,
                OffsetDateTime.parse("2026-11-22T12:00:00Z"));
        Work work = Work.delivery(claim, addressee(), 0, false, 0);
        claim.holds(List.of(work));
        nodes.sql.update("alter table mail.claims rename to away");
        assertThatThrownBy(() -> membership.node().recorder().record(List.of(givenBack(work)), false))
                .isInstanceOf(Sql.DatabaseFailed.class);
        assertThat(claimed("is null")).as("rolled back").isZero();
        nodes.sql.update("alter table mail.away rename to claims");

        membership.node().recorder().record(List.of(givenBack(work)), true);

        assertThat(claimed("is null")).isEqualTo(1);
    }

    private UUID post() {
        return nodes.database.call(() -> nodes.letters()
                .post(new Letter(
                        MailKind.ACCOUNT_NOTICE,
                        "a-test",
                        "reader",
                        READER,
                        ADDRESS,
                        "Reader",
                        "A letter",
                        MailBody.in(Locale.ENGLISH).heading("Hello").build(),
                        Map.of(),
                        EngineUnderTest.now().plusHours(1),
                        Optional.empty())));
    }

    private long claimed(String how) {
        return nodes.sql.number("select count(*) from mail.retries where claim " + how);
    }

    private static Outcome givenBack(Work work) {
        return new Outcome(
                work,
                Outcome.Kind.PUT_BACK,
                null,
                new Reply(Reply.Kind.NOT_BEGUN, ""),
                "",
                EngineUnderTest.now(),
                EngineUnderTest.now());
    }

    private static Addressee addressee() {
        return new Addressee(READER, PersonState.SUBSCRIBED, ADDRESS, "Reader", Locale.ENGLISH, Map.of());
    }

    private static RunningMailing mailing() {
        OffsetDateTime now = EngineUnderTest.now();
        UUID id = UUID.randomUUID();
        return new RunningMailing(
                id,
                7,
                MailKind.NEWSLETTER_ISSUE,
                "readers",
                new AudienceQuery(MailKind.NEWSLETTER_ISSUE, id, now),
                now,
                now.plusDays(2),
                Optional.empty(),
                Optional.empty(),
                MailingLimits.NONE,
                1,
                List.of());
    }
}
