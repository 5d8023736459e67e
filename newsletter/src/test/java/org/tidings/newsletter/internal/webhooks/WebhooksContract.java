package org.tidings.newsletter.internal.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AccountState;
import org.tidings.accounts.AccountView;
import org.tidings.accounts.Accounts;
import org.tidings.accounts.AuditAction;
import org.tidings.accounts.AuditLog;
import org.tidings.accounts.ContactWishes;
import org.tidings.accounts.Role;
import org.tidings.accounts.Staff;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.testing.FakeOutbox;
import org.tidings.mail.testing.FakeSiteSecret;
import org.tidings.mail.testing.MovableClock;
import org.tidings.mail.testing.TestDatabase;
import org.tidings.newsletter.WebhookEvent;
import org.tidings.newsletter.WebhookRejected;
import org.tidings.newsletter.Webhooks.Event;
import org.tidings.newsletter.Webhooks.Outcome;
import org.tidings.newsletter.Webhooks.State;
import org.tidings.site.Ids;
import org.tidings.site.Site;
import org.tidings.site.Sql;

/** What other programs are told, the same on every database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WebhooksContract {

    private static final AccountId STAFF = new AccountId(Ids.next());
    private static final AccountId PUBLISHER = new AccountId(Ids.next());
    private static final EmailAddress ROOT = EmailAddress.parse("root@example.org");
    private static final EmailAddress PIA = EmailAddress.parse("pia@example.org");
    private static final OffsetDateTime LONG_AGO = OffsetDateTime.parse("2020-01-01T00:00:00Z");

    private final MovableClock clock = MovableClock.standing();
    private final FakeOutbox outbox = new FakeOutbox();

    @SuppressWarnings("NullAway.Init") // set before the first test
    private TestDatabase database;

    @SuppressWarnings("NullAway.Init")
    private Happenings happenings;

    @SuppressWarnings("NullAway.Init")
    private StoredWebhooks webhooks;

    @SuppressWarnings("NullAway.Init")
    private TellingPrograms telling;

    abstract TestDatabase open();

    @BeforeAll
    void build() {
        database = open();
        happenings = new Happenings(database.dataSource(), clock);
        WebhookSettings settings = new WebhookSettings(true);
        AuditLog audit = new Unheard();
        webhooks = new StoredWebhooks(happenings, audit, settings, new FakeSiteSecret(), clock, database.dataSource());
        SwitchingOff switchingOff = new SwitchingOff(
                new TwoOfStaff(),
                new TwoAccounts(),
                outbox,
                new Site("https://tidings.example", "Tidings"),
                clock,
                new SwitchingOff.Words() {
                    @Override
                    public String get(Locale language, String key, String value) {
                        return key + " " + value;
                    }

                    @Override
                    public Locale spoken(Locale language) {
                        return language;
                    }
                });
        telling = new TellingPrograms(
                new Rounds(clock, database.dataSource()), switchingOff, settings, new FakeSiteSecret(), clock);
    }

    @AfterAll
    @SuppressWarnings("NullAway") // not set when the database did not start
    void close() {
        if (database != null) {
            database.close();
        }
    }

    /** Nobody reads what staff did here. */
    private static final class Unheard implements AuditLog {
        @Override
        public void record(AccountId actor, AuditAction action, String what, UUID id, String detail) {
            // Not asked for.
        }

        @Override
        public List<AuditEntry> newest(Optional<String> objectType, Optional<UUID> object, int limit) {
            return List.of();
        }
    }

    private Runnable inOne(Runnable step) {
        return () -> database.inTransaction(step::run);
    }

    private UUID added(Receiver receiver, WebhookEvent... events) {
        return database.call(() -> webhooks.add(receiver.url(), Set.of(events), false, STAFF));
    }

    private void happens(WebhookEvent event) {
        database.inTransaction(() -> happenings.subscription(event, Ids.next(), Ids.next(), "LINK"));
    }

    private void tell(UUID webhook) {
        if (database.call(telling::due).contains(webhook)) {
            telling.tell(webhook, this::inOne);
        }
    }

    private List<Event> events(UUID webhook) {
        return database.call(() -> webhooks.events(webhook, 100));
    }

    private State state(UUID webhook) {
        return database.call(() -> webhooks.find(webhook)).orElseThrow().state();
    }

    @Test
    void tellsWhatHappenedInOrderSignedAsStandardWebhooksHasIt() throws Exception {
        try (Receiver receiver = new Receiver()) {
            UUID webhook = added(receiver, WebhookEvent.CONFIRMED, WebhookEvent.LEFT);
            happens(WebhookEvent.CONFIRMED);
            happens(WebhookEvent.SUBSCRIBED);
            happens(WebhookEvent.LEFT);

            tell(webhook);

            assertThat(receiver.got())
                    .extracting(got -> got.body().replaceAll(".*\"type\":\"([^\"]*)\".*", "$1"))
                    .containsExactly("subscription.confirmed", "subscription.ended");
            Receiver.Got first = receiver.got().get(0);
            assertThat(first.header("webhook-signature")).isEqualTo(signed(webhook, first));
            assertThat(first.body()).contains("\"means\":\"link\"").doesNotContain("address");
            assertThat(events(webhook)).allMatch(event -> event.outcome() == Outcome.TAKEN && event.status() == 200);
            assertThat(events(webhook).get(0).answer()).isEqualTo("thanks");
        }
    }

    private String signed(UUID webhook, Receiver.Got got) throws Exception {
        String secret = database.call(() -> webhooks.secret(webhook));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
        String content = got.header("webhook-id") + "." + got.header("webhook-timestamp") + "." + got.body();
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void whatIsRolledBackHasNotHappened() throws Exception {
        try (Receiver receiver = new Receiver()) {
            UUID webhook = added(receiver, WebhookEvent.LEFT);

            assertThatThrownBy(() -> database.inTransaction(() -> {
                        happenings.subscription(WebhookEvent.LEFT, Ids.next(), Ids.next(), "");
                        throw new IllegalStateException("rolled back");
                    }))
                    .isInstanceOf(IllegalStateException.class);
            tell(webhook);

            assertThat(receiver.got()).isEmpty();
        }
    }

    @Test
    void keepsTheOrderAndItsPatienceWhileNothingIsTaken() throws Exception {
        try (Receiver receiver = new Receiver()) {
            UUID webhook = added(receiver, WebhookEvent.CONFIRMED, WebhookEvent.LEFT);
            receiver.answers(500);
            happens(WebhookEvent.CONFIRMED);
            happens(WebhookEvent.LEFT);

            tell(webhook);
            tell(webhook);
            assertThat(receiver.got()).as("rests").hasSize(1);
            clock.advance(Duration.ofSeconds(6));
            receiver.answers(302);
            tell(webhook);
            assertThat(events(webhook).get(1).answer()).contains("not followed");
            clock.advance(Duration.ofSeconds(20));
            tell(webhook);
            assertThat(receiver.got()).as("half a minute the second time").hasSize(2);
            clock.advance(Duration.ofSeconds(11));
            receiver.answers(204);
            tell(webhook);

            List<String> ids =
                    receiver.got().stream().map(got -> got.header("webhook-id")).toList();
            assertThat(ids).hasSize(4);
            assertThat(ids.subList(0, 3)).as("the same each time").containsOnly(ids.get(0));
            assertThat(database.call(() -> webhooks.find(webhook)).orElseThrow().failingSince())
                    .isEmpty();
        }
    }

    @Test
    void isSwitchedOffAfterDaysAndAdministratorsAreAsked() throws Exception {
        try (Receiver receiver = new Receiver()) {
            UUID webhook = added(receiver, WebhookEvent.LEFT);
            happens(WebhookEvent.LEFT);
            receiver.answers(503);
            for (int i = 0; i < 40 && state(webhook) == State.ON; i++) {
                tell(webhook);
                happens(WebhookEvent.LEFT);
                clock.advance(Duration.ofHours(4));
            }

            assertThat(state(webhook)).isEqualTo(State.FAILED);
            assertThat(TwoOfStaff.asked).isPositive();
            assertThat(events(webhook)).as("one that nobody takes").anyMatch(e -> e.outcome() == Outcome.GIVEN_UP);
            receiver.answers(200);
            database.inTransaction(() -> webhooks.turn(webhook, true, STAFF));
            tell(webhook);
            assertThat(events(webhook)).noneMatch(event -> event.outcome() == Outcome.WAITING);
            UUID given = events(webhook).stream()
                    .filter(event -> event.outcome() == Outcome.GIVEN_UP)
                    .findFirst()
                    .orElseThrow()
                    .id();
            assertThat(database.call(() -> webhooks.resend(webhook, given, STAFF)))
                    .isTrue();
            tell(webhook);
            assertThat(events(webhook))
                    .filteredOn(e -> e.id().equals(given))
                    .allMatch(e -> e.outcome() == Outcome.TAKEN);
        }
    }

    @Test
    void isSwitchedOffAtOnceByWhoeverIsGone() throws Exception {
        try (Receiver receiver = new Receiver()) {
            UUID webhook = added(receiver, WebhookEvent.LEFT);
            happens(WebhookEvent.LEFT);
            receiver.answers(410);
            outbox.clear();

            tell(webhook);

            assertThat(state(webhook)).isEqualTo(State.FAILED);
            assertThat(outbox.lettersTo(PIA.canonical()))
                    .as("publishers may look")
                    .hasSize(1)
                    .allMatch(letter -> letter.body().toString().contains("/staff/webhooks"));
            assertThat(outbox.lettersTo(ROOT.canonical()))
                    .hasSize(1)
                    .noneMatch(letter -> letter.body().toString().contains("/staff/webhooks"));
        }
    }

    @Test
    void oneProcessSendsAndAKilledOnesEventIsSentAgain() throws Exception {
        try (Receiver receiver = new Receiver()) {
            UUID webhook = added(receiver, WebhookEvent.LEFT);
            happens(WebhookEvent.LEFT);
            Rounds killed = new Rounds(clock, database.dataSource());
            assertThat(database.call(() -> killed.lease(webhook, "killed"))).isTrue();

            tell(webhook);
            assertThat(receiver.got()).isEmpty();
            clock.advance(Rounds.LEASE);
            tell(webhook);

            assertThat(receiver.got()).hasSize(1);
        }
    }

    @Test
    void bothSecretsSignForADayAfterAChange() throws Exception {
        try (Receiver receiver = new Receiver()) {
            UUID webhook = added(receiver, WebhookEvent.LEFT);
            String former = database.call(() -> webhooks.secret(webhook));
            database.inTransaction(() -> webhooks.changeSecret(webhook, STAFF));
            happens(WebhookEvent.LEFT);
            tell(webhook);
            clock.advance(Duration.ofHours(25));
            happens(WebhookEvent.LEFT);
            tell(webhook);

            assertThat(database.call(() -> webhooks.secret(webhook))).isNotEqualTo(former);
            assertThat(receiver.got().get(0).header("webhook-signature")).contains(" v1,");
            assertThat(receiver.got().get(1).header("webhook-signature")).doesNotContain(" ");
        }
    }

    @Test
    void tellsTheAddressOfThisMomentOnlyWhereChosen() throws Exception {
        Sql sql = new Sql(database.dataSource());
        UUID newsletter = Ids.next();
        UUID subscriber = Ids.next();
        UUID subscription = Ids.next();
        database.inTransaction(() -> {
            sql.update(
                    "insert into newsletter.newsletter (id, slug, name, description, language, cadence, sample, list_id,"
                            + " offered, created_at, version) values (?, 'hooks', 'H', 'd', 'en', 'c', '', 'hooks.x', true, ?, 1)",
                    newsletter,
                    clock.now());
            sql.update(
                    "insert into newsletter.subscriber (id, address, canonical, name, language, created_at)"
                            + " values (?, 'a\"b@example.org', 'a\"b@example.org', '', 'en', ?)",
                    subscriber,
                    clock.now());
            sql.update(
                    "insert into newsletter.subscription (id, subscriber, newsletter, state, since)"
                            + " values (?, ?, ?, 'CONFIRMED', ?)",
                    subscription,
                    subscriber,
                    newsletter,
                    clock.now());
        });
        try (Receiver receiver = new Receiver()) {
            UUID webhook =
                    database.call(() -> webhooks.add(receiver.url(), EnumSet.of(WebhookEvent.CONFIRMED), true, STAFF));
            database.inTransaction(
                    () -> happenings.subscription(WebhookEvent.CONFIRMED, subscription, newsletter, "DOUBLE_OPT_IN"));
            tell(webhook);
            database.inTransaction(() -> sql.update(
                    "update newsletter.subscriber set address = null, canonical = null where id = ?", subscriber));
            UUID event = events(webhook).get(0).id();
            database.inTransaction(() -> webhooks.resend(webhook, event, STAFF));
            tell(webhook);

            List<String> bodies = new ArrayList<>();
            receiver.got().forEach(got -> bodies.add(got.body()));
            assertThat(bodies.get(0)).contains("\"address\":\"a\\\"b@example.org\"");
            assertThat(bodies.get(1)).as("after an erasure").doesNotContain("address", "example.org");
        }
    }

    @Test
    void refusesOneWithoutAnEventAndNamesTheReason() {
        assertThatThrownBy(() -> database.call(() -> webhooks.add("https://93.184.215.14/", Set.of(), false, STAFF)))
                .isInstanceOfSatisfying(
                        WebhookRejected.class, e -> assertThat(e.reason()).isEqualTo(WebhookRejected.Reason.NO_EVENT));
    }

    /** An administrator who may not see the webhooks, and a publisher who may. */
    private static final class TwoOfStaff implements Staff {
        static int asked;

        @Override
        public List<Member> members() {
            asked++;
            return List.of(
                    new Member(STAFF, "Root", ROOT, Set.of(Role.ADMINISTRATOR), LONG_AGO),
                    new Member(PUBLISHER, "Pia", PIA, Set.of(Role.PUBLISHER), LONG_AGO));
        }

        @Override
        public List<Invitation> invitations() {
            return List.of();
        }

        @Override
        public void invite(AccountId by, EmailAddress address, Set<Role> roles, Locale language) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void withdraw(AccountId by, UUID invitation) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void changeRoles(AccountId by, AccountId member, Set<Role> roles) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class TwoAccounts implements Accounts {
        @Override
        public Optional<AccountView> find(AccountId account) {
            return Optional.of(new AccountView(
                    account,
                    AccountState.ACTIVE,
                    account.equals(STAFF) ? ROOT : PIA,
                    "",
                    Locale.ENGLISH,
                    new ContactWishes(false, false, ""),
                    Optional.empty(),
                    Set.of(),
                    LONG_AGO,
                    Optional.empty(),
                    Optional.empty()));
        }

        @Override
        public Optional<AccountView> findByAddress(EmailAddress address) {
            return Optional.empty();
        }

        @Override
        public long countActive() {
            return 0;
        }
    }
}
