package org.tidings.newsletter.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidings.accounts.AccountDeactivated;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AccountReactivated;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.testing.TestDatabase;
import org.tidings.newsletter.ConsentView;
import org.tidings.newsletter.Means;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.SubscriptionState;
import org.tidings.newsletter.internal.SubscriptionBook.Entry;

/** Who left stays away whichever backup is put back (P2); on each database. */
abstract class OptOutLedgerContract {

    private static final List<String> TABLES = List.of("subscriber", "subscription", "consent", "confirmation");

    @TempDir
    private Path folder;

    private final House house = new House(freshDatabase());
    private final NewsletterId news = house.newsletter("News");
    private OptOutLedger ledger;

    @SuppressWarnings("NullAway.Init") // set by the first start
    OptOutLedgerContract() {}

    abstract TestDatabase freshDatabase();

    @AfterEach
    void close() {
        house.close();
    }

    /** What a start, and the background every five seconds, does. */
    private void start() {
        ledger = new OptOutLedger(
                house.book,
                house.database.dataSource(),
                house.database.transactions(),
                house.restored,
                folder.toString());
        ledger.repeatAndCopy();
    }

    private void backUp() throws SQLException {
        for (String table : TABLES) {
            sql("create table newsletter.backup_" + table + " as select * from newsletter." + table);
        }
        house.clock.advance(Duration.ofHours(1));
    }

    private void putBack() throws SQLException {
        for (String table : List.of("confirmation", "consent", "subscription", "subscriber")) {
            sql("delete from newsletter." + table);
        }
        for (String table : TABLES) {
            sql("insert into newsletter." + table + " select * from newsletter.backup_" + table);
        }
        house.clock.advance(Duration.ofHours(1));
        house.restored.putBack(house.clock.now());
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = house.database.dataSource().getConnection()) {
            connection.createStatement().executeUpdate(statement);
        }
    }

    private void leaves(EmailAddress address, Means means) {
        String token = house.token(address, news);
        house.database.inTransaction(() -> house.preferences.unsubscribe(token, means));
    }

    private void agreesAgain(EmailAddress address) {
        house.request(news, address);
        house.database.inTransaction(() -> house.subscriptions.confirm(house.tokenOfNewestLink()));
    }

    private SubscriptionState state(EmailAddress address) {
        return house.entry(address, news).state();
    }

    private List<ConsentView> consents(EmailAddress address) {
        return house.database.call(() ->
                house.book.consents(house.book.byAddress(address).orElseThrow().id()));
    }

    @Test
    void repeatsOptOutsAfterABackupWasPutBack() throws Exception {
        EmailAddress left = house.reader(news);
        EmailAddress complained = house.reader(news);
        EmailAddress stays = house.reader(news);
        EmailAddress leftBefore = house.reader(news);
        leaves(leftBefore, Means.LINK);
        start();
        backUp();
        leaves(left, Means.ONE_CLICK);
        OffsetDateTime at = house.clock.now();
        house.database.inTransaction(() ->
                house.book.endAll(house.book.byAddress(complained).orElseThrow().id(), Means.COMPLAINT));
        ledger.repeatAndCopy();
        putBack();
        assertThat(state(left)).isEqualTo(SubscriptionState.CONFIRMED);

        start();

        Entry ended = house.entry(left, news);
        assertThat(ended.state()).isEqualTo(SubscriptionState.UNSUBSCRIBED);
        assertThat(ended.reason()).isEqualTo(Means.REPEATED);
        assertThat(ended.since()).isEqualTo(at);
        assertThat(consents(left).get(0))
                .satisfies(record -> assertThat(record.given()).isFalse())
                .satisfies(
                        record -> assertThat(record.at()).as("the day she left").isEqualTo(at))
                .satisfies(record -> assertThat(record.means()).isEqualTo(Means.REPEATED));
        assertThat(state(complained)).isEqualTo(SubscriptionState.UNSUBSCRIBED);
        assertThat(state(stays)).isEqualTo(SubscriptionState.CONFIRMED);
        assertThat(house.entry(leftBefore, news).reason()).isEqualTo(Means.LINK);
        int records = consents(left).size();
        start();
        assertThat(consents(left)).as("once").hasSize(records);
    }

    /** A standby that lacks the last transactions takes over under a running server. */
    @Test
    void repeatsThemWhenAnotherDatabaseTakesOver() throws Exception {
        EmailAddress left = house.reader(news);
        start();
        backUp();
        leaves(left, Means.ONE_CLICK);
        ledger.repeatAndCopy();
        putBack();

        ledger.repeatAndCopy();

        assertThat(state(left)).isEqualTo(SubscriptionState.UNSUBSCRIBED);
    }

    @Test
    void whoAgreesAgainAfterTheRestoreStays() throws Exception {
        EmailAddress back = house.reader(news);
        EmailAddress imported = house.reader(news);
        start();
        backUp();
        leaves(back, Means.ONE_CLICK);
        leaves(imported, Means.ONE_CLICK);
        ledger.repeatAndCopy();
        String kept = Files.readString(folder.resolve(OptOutLedger.FILE));
        Files.delete(folder.resolve(OptOutLedger.FILE));
        putBack();
        start();
        leaves(back, Means.LINK);
        agreesAgain(back);
        house.clock.advance(Duration.ofHours(1));
        sql("update newsletter.consent set means = 'IMPORT', at = timestamp with time zone '2027-01-01 00:00:00+00'"
                + " where act = 'GIVEN' and subscriber = (select id from newsletter.subscriber where canonical = '"
                + imported.canonical() + "')");
        // Another node comes up, whose file has them.
        Files.writeString(folder.resolve(OptOutLedger.FILE), kept);

        start();

        assertThat(state(back)).isEqualTo(SubscriptionState.CONFIRMED);
        assertThat(state(imported)).as("an import is not her word").isEqualTo(SubscriptionState.UNSUBSCRIBED);
    }

    /** Who changed her address in between is found by her id; who is there anew under another id, by the address. */
    @Test
    void findsHerByHerIdOrByHerAddress() throws Exception {
        EmailAddress moved = house.reader(news);
        EmailAddress again = house.reader(news);
        start();
        backUp();
        EmailAddress later = House.address();
        house.database.inTransaction(() -> house.book.follow(
                house.book.byAddress(moved).orElseThrow(), later, "", Locale.ENGLISH, Optional.empty()));
        leaves(later, Means.ONE_CLICK);
        leaves(again, Means.ONE_CLICK);
        ledger.repeatAndCopy();
        putBack();
        Path file = folder.resolve(OptOutLedger.FILE);
        String known = house.entry(again, news).subscriber().toString();
        Files.writeString(
                file,
                Files.readString(file).replace(known, SubscriptionBook.newId().toString()));

        start();

        assertThat(state(moved)).isEqualTo(SubscriptionState.UNSUBSCRIBED);
        assertThat(state(again)).isEqualTo(SubscriptionState.UNSUBSCRIBED);
    }

    /** She came with a list after the backup and left; the list is imported again because all of it is gone. */
    @Test
    void whoIsNotKnownAnyMoreDoesNotComeBackWithAList() throws Exception {
        start();
        backUp();
        EmailAddress left = House.address();
        EmailAddress reader = House.address();
        importList(left, reader);
        leaves(left, Means.ONE_CLICK);
        ledger.repeatAndCopy();
        putBack();
        start();

        importList(left, reader);

        assertThat(house.database.call(() -> house.book.byAddress(left))).isEmpty();
        assertThat(state(reader)).isEqualTo(SubscriptionState.CONFIRMED);
        agreesAgain(left);
        assertThat(state(left)).as("she herself may").isEqualTo(SubscriptionState.CONFIRMED);
    }

    private void importList(EmailAddress... addresses) {
        StringBuilder csv = new StringBuilder("address\n");
        for (EmailAddress address : addresses) {
            csv.append(address.original()).append('\n');
        }
        byte[] list = csv.toString().getBytes(StandardCharsets.UTF_8);
        house.database.call(() -> house.subscribers.importFrom(
                news, new ByteArrayInputStream(list), "They asked for it at the fair.", false, house.staff));
    }

    /** She closed her account and came back, and a backup of before is put back: her newsletters are there (MBR-01). */
    @Test
    void deactivationsAreLeftToTheLedgerThatKnowsWhoCameBack_MBR01() throws Exception {
        EmailAddress closed = house.reader(news);
        EmailAddress left = house.reader(news);
        start();
        backUp();
        AccountId account = new AccountId(SubscriptionBook.newId());
        house.database.inTransaction(
                () -> house.facts.deactivated(new AccountDeactivated(account, closed, house.clock.now())));
        house.database.inTransaction(
                () -> house.facts.reactivated(new AccountReactivated(account, closed, house.clock.now())));
        AccountId another = new AccountId(SubscriptionBook.newId());
        house.database.inTransaction(
                () -> house.facts.deactivated(new AccountDeactivated(another, left, house.clock.now())));
        leaves(left, Means.ONE_CLICK);
        house.database.inTransaction(
                () -> house.facts.reactivated(new AccountReactivated(another, left, house.clock.now())));
        ledger.repeatAndCopy();
        putBack();

        start();

        assertThat(state(closed)).isEqualTo(SubscriptionState.CONFIRMED);
        assertThat(state(left)).as("left in the pause, by one click").isEqualTo(SubscriptionState.UNSUBSCRIBED);
    }

    @Test
    void theFileNamesNobody() throws IOException {
        EmailAddress left = house.reader(news);
        leaves(left, Means.ONE_CLICK);

        start();

        assertThat(Files.readString(folder.resolve(OptOutLedger.FILE)))
                .hasLineCount(2) // the first is empty
                .contains(house.book.addressHash(left).toString())
                .doesNotContain("@", "reader", "example.org");
    }
}
