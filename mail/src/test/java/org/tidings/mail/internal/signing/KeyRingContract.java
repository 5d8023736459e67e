package org.tidings.mail.internal.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.tidings.mail.MessageClass;
import org.tidings.mail.SigningKeys;
import org.tidings.mail.SigningKeys.Algorithm;
import org.tidings.mail.SigningKeys.Found;
import org.tidings.mail.SigningKeys.SigningKey;
import org.tidings.mail.SigningKeys.State;
import org.tidings.mail.internal.dns.FakeDns;
import org.tidings.mail.internal.secrets.KeptSiteSecret;
import org.tidings.mail.internal.sending.EngineUnderTest;
import org.tidings.mail.internal.settings.TestSettings;
import org.tidings.mail.internal.signing.dkim.DkimSigner;
import org.tidings.mail.testing.FakeSiteSecret;
import org.tidings.mail.testing.MovableClock;
import org.tidings.mail.testing.TestDatabase;
import org.tidings.site.Jobs;
import org.tidings.site.Sql;
import org.tidings.site.Transactions;

/** A signing key's life, on each database; SIG-03, SIG-08 and SIG-09. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class KeyRingContract {

    private static final String DOMAIN = "acme.example.com";

    private final TestDatabase database = freshDatabase();
    private final MovableClock clock = MovableClock.standing();
    private final FakeDns dns = new FakeDns();
    private final Sql sql = new Sql(database.dataSource());
    private final Transactions transactions = new Transactions() {
        @Override
        public <T> T call(Callable<T> work) {
            return database.call(work);
        }
    };

    abstract TestDatabase freshDatabase();

    @AfterEach
    void forget() {
        sql.update("delete from mail.signing_keys");
        dns.silent(false);
    }

    @AfterAll
    void close() {
        database.close();
    }

    /** A node of the site. */
    private KeyRing node(TestSettings settings) {
        KeyRows rows = new KeyRows(sql, new KeySeal(new FakeSiteSecret()));
        return new KeyRing(rows, transactions, clock, dns, settings.read());
    }

    private KeyRing node() {
        return node(TestSettings.acme());
    }

    private SigningKey published(KeyRing node, Algorithm algorithm) {
        SigningKey key = node.generate(DOMAIN, algorithm);
        dns.publish(key.recordName(), key.recordValue());
        return key;
    }

    private static SigningKey only(KeyRing node) {
        return node.senderDomains().get(0).keys().get(0);
    }

    @Test
    void aKeySignsOnlyOnceItsRecordWasSeen() {
        KeyRing node = node();
        SigningKey key = node.generate(DOMAIN, Algorithm.RSA);

        assertThat(key.state()).isEqualTo(State.UNPUBLISHED);
        assertThatThrownBy(() -> node.activate(key.id())).isInstanceOf(SigningKeys.SigningKeyNotPublished.class);
        assertThat(node.forDomain(DOMAIN)).isEmpty();

        dns.publish(key.recordName(), key.recordValue());
        assertThat(node.check(key.id()).state()).isEqualTo(State.READY);
        assertThat(node.forDomain(DOMAIN)).isEmpty();
        assertThat(node.activate(key.id()).state()).isEqualTo(State.SIGNING);
        assertThat(node.forDomain(DOMAIN).map(DkimSigner::domain)).hasValue(DOMAIN);
    }

    @Test
    void aKeyThatSomebodyActivatedByHandButThatWasNeverSeenDoesNotSign() {
        KeyRing node = node();
        SigningKey key = node.generate(DOMAIN, Algorithm.RSA);
        sql.update("update mail.signing_keys set active_from = ?", clock.now());

        node.refresh();

        assertThat(node.forDomain(DOMAIN)).isEmpty();
        assertThat(only(node).id()).isEqualTo(key.id());
    }

    @Test
    void goesOnSigningWhileDnsIsSilentOrHasLostTheRecordAndSaysSo() {
        KeyRing node = node();
        SigningKey key = published(node, Algorithm.ED25519);
        node.activate(key.id());

        dns.silent(true);
        assertThat(node.check(key.id()).found()).isEqualTo(Found.NO_ANSWER);
        node.refresh();
        assertThat(node.forDomain(DOMAIN)).isPresent();
        assertThat(only(node).alarming()).isFalse();

        dns.silent(false);
        dns.forget(key.recordName());
        assertThat(node.check(key.id()).alarming()).isTrue();
        node.refresh();
        assertThat(node.forDomain(DOMAIN)).isPresent();

        KeyRing afterARestart = node();
        afterARestart.refresh();
        assertThat(afterARestart.forDomain(DOMAIN)).isPresent();
    }

    @Test
    void stopsWhenTheRecordSaysThatTheKeyIsTakenBack() {
        KeyRing node = node();
        SigningKey key = published(node, Algorithm.ED25519);
        node.activate(key.id());

        dns.publish(key.recordName(), key.revokedRecord());
        assertThat(node.check(key.id()).alarming()).isTrue();
        node.refresh();

        assertThat(node.forDomain(DOMAIN)).isEmpty();
    }

    @Test
    void theNextKeyTakesOverAndTheRecordOfTheLastStaysForTwoWeeks() {
        KeyRing node = node();
        SigningKey first = published(node, Algorithm.RSA);
        node.activate(first.id());
        clock.advance(Duration.ofDays(200));
        assertThat(only(node).due()).isTrue();

        SigningKey second = published(node, Algorithm.RSA);
        assertThat(second.selector()).isNotEqualTo(first.selector());
        node.activate(second.id());

        SigningKey retired = node.check(first.id());
        assertThat(retired.state()).isEqualTo(State.RETIRED);
        assertThat(retired.recordNeededUntil()).hasValue(clock.now().plusDays(14));
        assertThat(retired.recordFree()).isFalse();
        assertThatThrownBy(() -> node.remove(first.id())).isInstanceOf(SigningKeys.SigningKeyInUse.class);
        clock.advance(Duration.ofDays(14));
        assertThat(node.check(first.id()).recordFree()).isTrue();
        node.remove(first.id());
        assertThat(node.senderDomains().get(0).keys())
                .extracting(SigningKey::id)
                .containsExactly(second.id());
        assertThat(sql.number("select count(*) from mail.signing_keys where sealed is null"))
                .isOne();
    }

    @Test
    void allNodesSignAlikeWithBothAlgorithms() {
        KeyRing one = node();
        KeyRing other = node();
        one.activate(published(one, Algorithm.RSA).id());
        one.activate(published(one, Algorithm.ED25519).id());

        other.refresh();
        DkimSigner before = other.forDomain(DOMAIN).orElseThrow();
        other.refresh();

        assertThat(other.forDomain(DOMAIN)).hasValue(before);
        assertThat(one.senderDomains().get(0).keys()).allMatch(key -> key.state() == State.SIGNING);
    }

    @Test
    void signsForDomainsBelowAndForNoOthers() {
        KeyRing node = node(TestSettings.acme().with("tidings.mail.from.newsletter", "news@list.acme.example.com"));
        node.activate(published(node, Algorithm.ED25519).id());

        assertThat(node.forDomain("list.acme.example.com").map(DkimSigner::domain))
                .hasValue(DOMAIN);
        assertThat(node.forDomain("example.com")).isEmpty();
        assertThat(node.forDomain("badacme.example.com")).isEmpty();
        assertThat(node.forDomain("localhost")).isEmpty();
        assertThat(node.senderDomains())
                .extracting(SigningKeys.SenderDomain::domain)
                .containsExactly(DOMAIN, "list.acme.example.com");
        assertThat(node.senderDomains().get(1).classes()).containsExactly(MessageClass.NEWSLETTER);
        assertThat(node.senderDomains()).allMatch(SigningKeys.SenderDomain::signed);
    }

    @Test
    void makesKeysForNoForeignDomainAndNotWithoutEnd() {
        KeyRing node = node();

        assertThatThrownBy(() -> node.generate("example.org", Algorithm.ED25519))
                .isInstanceOf(SigningKeys.NotASigningDomain.class);
        assertThatThrownBy(() -> node.generate("com", Algorithm.ED25519))
                .isInstanceOf(SigningKeys.NotASigningDomain.class);
        for (int i = 0; i < 10; i++) {
            node.generate(DOMAIN, Algorithm.ED25519);
        }
        assertThatThrownBy(() -> node.generate(DOMAIN, Algorithm.ED25519))
                .isInstanceOf(SigningKeys.TooManySigningKeys.class);
        assertThatThrownBy(() -> node.check(new UUID(0, 1))).isInstanceOf(SigningKeys.SigningKeyUnknown.class);
    }

    @Test
    void aKeySealedUnderAnotherSecretIsShownAndDoesNotSign() {
        KeyRing node = node();
        SigningKey key = published(node, Algorithm.ED25519);
        node.activate(key.id());
        KeyRing stranger = new KeyRing(
                new KeyRows(sql, new KeySeal(new KeptSiteSecret(new byte[32]))),
                transactions,
                clock,
                dns,
                TestSettings.acme().read());

        stranger.refresh();

        assertThat(stranger.forDomain(DOMAIN)).isEmpty();
        assertThat(only(stranger).readable()).isFalse();
        assertThat(only(stranger).alarming()).isTrue();
        assertThat(only(stranger).recordValue()).isEqualTo(key.recordValue());
    }

    @Test
    void looksAtTheStartAndThenNowAndThen() {
        KeyRing node = node();
        SigningKey key = published(node, Algorithm.ED25519);
        node.activate(key.id());
        dns.forget(key.recordName());
        KeyWatch watch = new KeyWatch(node, clock, daemons(), Jobs.UNLISTED);

        watch.start();
        try {
            EngineUnderTest.await(() -> only(node).found() == Found.MISSING, () -> "asked at the start");
        } finally {
            watch.stop();
        }

        KeyRows.KeyRow row = node.watched().get(0);
        assertThat(KeyWatch.isDue(row, clock.now().plusMinutes(9))).isFalse();
        assertThat(KeyWatch.isDue(row, clock.now().plusMinutes(10))).isTrue();
        clock.advance(Duration.ofMinutes(10));
        assertThat(node.mayAsk(row)).isTrue();
        assertThat(node.mayAsk(row)).as("another node was faster").isFalse();
    }

    private static ThreadFactory daemons() {
        return task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        };
    }
}
