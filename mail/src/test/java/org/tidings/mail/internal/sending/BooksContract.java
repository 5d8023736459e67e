package org.tidings.mail.internal.sending;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidings.mail.MailKind;
import org.tidings.mail.MailingId;
import org.tidings.mail.MailingProgress;
import org.tidings.mail.MailingState;
import org.tidings.mail.PersonState;
import org.tidings.mail.SendingFigures.Unaccounted;
import org.tidings.mail.internal.ledger.Books;
import org.tidings.mail.internal.outcomes.Codes;
import org.tidings.mail.internal.settings.TestSettings;
import org.tidings.mail.internal.tables.Sql;
import org.tidings.mail.testing.RecordingSmtpServer;
import org.tidings.mail.testing.RecordingSmtpServer.Mail;
import org.tidings.mail.testing.TestDatabase;

/** Whatever lost somebody on the way: nobody is without an outcome in the end, and the figures are those of the rows. */
@Timeout(120)
abstract class BooksContract {

    private static final int READERS = 60;

    @TempDir
    Path folder;

    final FakeAudience people = new FakeAudience().addMany(READERS);
    final RecordingSmtpServer server = RecordingSmtpServer.started();
    TestDatabase database = freshDatabase();

    abstract TestDatabase freshDatabase();

    @AfterEach
    void close() {
        server.close();
        database.close();
    }

    private EngineUnderTest start() {
        return EngineUnderTest.started(
                database, people, TestSettings.acme().with("tidings.smtp.url", server.url()), folder);
    }

    private Sql sql() {
        return new Sql(database.dataSource());
    }

    /** As a kill between cursor and claim did without transactions. */
    @Test
    void findsWhoWasPassedOverBeforeAMailingFinishes() {
        UUID left = people.add(PersonState.UNSUBSCRIBED);
        try (EngineUnderTest mail = start()) {
            MailingId mailing = database.call(() -> {
                MailingId made = mail.start(MailKind.NEWSLETTER_ISSUE);
                sql().update(
                                "update mail.mailings set claimed_to = ? where id = ?",
                                people.ids().get(25),
                                made.value());
                return made;
            });

            MailingProgress over = mail.awaitFinished(mailing);

            assertThat(over.sent()).isEqualTo(READERS);
            assertThat(over.skipped().values()).containsExactly(1L);
            assertThat(everybodyWrittenTo()).hasSize(READERS).doesNotContain(people.addressOf(left));
            assertThat(mail.figures.unaccounted()).isEmpty();
        }
    }

    @Test
    void setsFiguresRightThatDifferFromTheRows() {
        try (EngineUnderTest mail = start()) {
            MailingId mailing = database.call(() -> {
                MailingId made = mail.start(MailKind.NEWSLETTER_ISSUE);
                sql().update("update mail.mailing_counts set n = 7 where what = ?", Codes.HANDED_OVER);
                return made;
            });

            MailingProgress over = mail.awaitFinished(mailing);

            assertThat(over.sent()).isEqualTo(READERS);
            assertThat(over.expected()).isEqualTo(over.sent());
        }
    }

    @Test
    void looksOnceAtAMailingThatFinishedBeforeAndSendsToThoseWhoWereLost() {
        try (EngineUnderTest mail = start()) {
            MailingId mailing = mail.start(MailKind.NEWSLETTER_ISSUE);
            mail.awaitFinished(mailing);
            List<UUID> lost = loseSome(mailing, 9);

            mail.engine.retention().lookAtBooksOfBefore();

            assertThat(mail.figures.unaccounted()).extracting(Unaccounted::n).containsExactly(9L);
            assertThat(mail.progress(mailing).sent()).isEqualTo(READERS - 9);
            assertThat(mail.progress(mailing).state())
                    .as("nobody is asked before")
                    .isEqualTo(MailingState.FINISHED);
            long before = server.mails().size();

            assertThat(database.call(() -> mail.mailings.sendToUnaccounted(mailing)))
                    .isEqualTo(9);

            assertThat(mail.awaitFinished(mailing).sent()).isEqualTo(READERS);
            assertThat(mail.figures.unaccounted()).isEmpty();
            assertThat(server.mails().stream().skip(before).map(Mail::to).toList())
                    .containsExactlyInAnyOrderElementsOf(
                            lost.stream().map(people::addressOf).toList());
            assertThat(database.call(() -> mail.mailings.sendToUnaccounted(mailing)))
                    .as("the second time nobody is left")
                    .isZero();
        }
    }

    /** A kind of mail that a later version knows, for example. */
    @Test
    void aMailingThatCannotBeReadKeepsNoOtherFromBeingLookedAt() {
        try (EngineUnderTest mail = start()) {
            MailingId mailing = mail.start(MailKind.NEWSLETTER_ISSUE);
            mail.awaitFinished(mailing);
            loseSome(mailing, 9);
            MailingId unreadable = mail.start(MailKind.NEWSLETTER_ISSUE);
            mail.awaitFinished(unreadable);
            sql().update(
                            "update mail.mailings set unaccounted = null, kind = 'NOT_KNOWN_HERE' where id = ?",
                            unreadable.value());

            mail.engine.retention().lookAtBooksOfBefore();

            assertThat(sql().number("select unaccounted from mail.mailings where kind <> 'NOT_KNOWN_HERE'"))
                    .isEqualTo(9);
        }
    }

    @Test
    void writesDownThatThoseWhoWereLostDidNotGetIt() {
        try (EngineUnderTest mail = start()) {
            MailingId mailing = mail.start(MailKind.NEWSLETTER_ISSUE);
            mail.awaitFinished(mailing);
            loseSome(mailing, 4);
            mail.engine.retention().lookAtBooksOfBefore();
            int before = server.mails().size();

            assertThat(database.call(() -> mail.mailings.writeOffUnaccounted(mailing)))
                    .isEqualTo(4);

            MailingProgress over = mail.progress(mailing);
            assertThat(over.sent()
                            + over.failed()
                            + over.skipped().values().stream().mapToLong(n -> n).sum())
                    .isEqualTo(READERS);
            assertThat(mail.figures.unaccounted()).isEmpty();
            assertThat(server.mails()).hasSize(before);
        }
    }

    /** Two nodes walk along the same audience; what one found, the other may have sent. */
    @Test
    void whoWasSentToSinceTheWalkIsNotWrittenToAgain() {
        try (EngineUnderTest mail = start()) {
            MailingId mailing = mail.start(MailKind.NEWSLETTER_ISSUE);
            mail.awaitFinished(mailing);
            List<UUID> lost = loseSome(mailing, 9);
            Books books = mail.mailings.books();
            Books.Walk walk = books.walk(mail.mailings.load((int) sql().number("select number from mail.mailings")));
            while (!walk.isOver()) {
                database.inTransaction(walk::step);
            }
            mail.engine.retention().lookAtBooksOfBefore();
            database.call(() -> mail.mailings.sendToUnaccounted(mailing));
            mail.awaitFinished(mailing);
            assertThat(server.mails()).hasSize(READERS + lost.size());

            assertThat(database.call(() -> books.balance(walk))).isTrue();

            assertThat(mail.progress(mailing).sent())
                    .as("the figures it had read are older")
                    .isEqualTo(READERS);
            assertThat(sql().number("select count(*) from mail.retries")).isZero();
        }
    }

    /** As a version without this check left a mailing behind. */
    private List<UUID> loseSome(MailingId mailing, int count) {
        List<UUID> lost = people.ids().subList(10, 10 + count);
        lost.forEach(one -> sql().update("delete from mail.deliveries where recipient = ?", one));
        sql().update("update mail.mailings set unaccounted = null where id = ?", mailing.value());
        return lost;
    }

    private Set<String> everybodyWrittenTo() {
        List<String> all = server.mails().stream().map(Mail::to).toList();
        assertThat(all).doesNotHaveDuplicates();
        return new HashSet<>(all);
    }
}
