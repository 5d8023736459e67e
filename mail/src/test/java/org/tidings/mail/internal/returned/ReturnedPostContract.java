package org.tidings.mail.internal.returned;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tidings.mail.AddressComplained;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.IncomingMail;
import org.tidings.mail.Letter;
import org.tidings.mail.MailBody;
import org.tidings.mail.MailKind;
import org.tidings.mail.ProviderReports;
import org.tidings.mail.ReturnedMails;
import org.tidings.mail.SuppressedAddresses;
import org.tidings.mail.internal.composing.Verp;
import org.tidings.mail.internal.ledger.PostedLetters;
import org.tidings.mail.internal.machine.Machine;
import org.tidings.mail.internal.secrets.KeyedHashes;
import org.tidings.mail.internal.sending.EngineUnderTest;
import org.tidings.mail.internal.settings.MailSettings;
import org.tidings.mail.internal.settings.TestSettings;
import org.tidings.mail.internal.standing.Suppression;
import org.tidings.mail.internal.standing.Suppressions;
import org.tidings.mail.testing.FakeSiteSecret;
import org.tidings.mail.testing.TestDatabase;
import org.tidings.site.Jobs;
import org.tidings.site.Sql;
import org.tidings.site.Transactions;

/** From the way in to what follows, on both databases. */
abstract class ReturnedPostContract {

    private static final String SECRET = "a secret of the generic webhook";
    private static final Clock CLOCK = Clock.systemUTC();

    private final EmailAddress reader = EmailAddress.parse("reader-" + UUID.randomUUID() + "@example.org");
    private final KeyedHashes hashes = new KeyedHashes(new FakeSiteSecret());
    private final Verp verp = new Verp(new FakeSiteSecret().keyFor("verp"), "bounce.acme.example.com");
    private final List<AddressComplained> complaints = Collections.synchronizedList(new ArrayList<>());
    private final List<String> cameIn = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger failures = new AtomicInteger();
    private Sql sql;
    private ReturnedPost post;
    private TendingSuppressions suppressed;

    @SuppressWarnings("NullAway.Init") // set before each test
    ReturnedPostContract() {}

    abstract TestDatabase database();

    @BeforeEach
    void start() {
        sql = new Sql(database().dataSource());
        Suppressions suppressions = new Suppressions(sql, hashes, CLOCK);
        post = new ReturnedPost(
                name -> Optional.ofNullable(Map.of(
                                "tidings.bounce.smtp.port", "0",
                                "tidings.bounce.smtp.address", "127.0.0.1",
                                "tidings.webhooks.generic.secret", SECRET)
                        .get(name)),
                new ReturnedPost.Parts(
                        settings(),
                        database().dataSource(),
                        new Transactions() {
                            @Override
                            public <T> T call(Callable<T> work) {
                                return database().call(work);
                            }
                        },
                        CLOCK,
                        new FakeSiteSecret(),
                        suppressions,
                        List.of(new UnsubscribeMailbox()),
                        complaint -> {
                            if (failures.getAndDecrement() > 0) {
                                throw new IllegalStateException("an observer failed");
                            }
                            complaints.add(complaint);
                        },
                        task -> {
                            Thread thread = new Thread(task);
                            thread.setDaemon(true);
                            return thread;
                        },
                        Jobs.UNLISTED));
        suppressed = new TendingSuppressions(suppressions, post.book(), hashes);
        post.start();
    }

    private static MailSettings settings() {
        return TestSettings.acme()
                .with("tidings.mail.bounce.domain", "bounce.acme.example.com")
                .read();
    }

    @AfterEach
    void stop() {
        post.stop();
    }

    private final class UnsubscribeMailbox implements IncomingMail {
        @Override
        public boolean takes(String address) {
            return address.startsWith("unsub+");
        }

        @Override
        public void came(String address) {
            cameIn.add(address);
        }

        @Override
        public Optional<EmailAddress> whoseUnsubscribeField(String field) {
            return Optional.empty();
        }
    }

    /** REV-L13: nothing is dropped with a 200. */
    @Test
    void aReportWithTooManyEventsIsRefusedWhole_REVL13() throws GeneralSecurityException {
        String event = new String(body("bounce", "5.1.1"), UTF_8);
        String one = event.substring(1, event.length() - 1);
        byte[] body = ("[" + String.join(",", Collections.nCopies(2_001, one)) + "]").getBytes(UTF_8);

        assertThat(post.reports().take("generic", signed(body, CLOCK.instant().getEpochSecond()), body))
                .isEqualTo(ProviderReports.Answer.TOO_MANY);
        post.handling().handleWaiting();
        assertThat(standing()).isEmpty();
        assertThat(post.mails().about(hashes.of(reader), 10)).isEmpty();
    }

    /** MAI-10. */
    @Test
    void anAddressWithoutAWayIsGivenUpAtTheSecondMailing_MAI10() throws IOException {
        smtp(verp.forMailing(7, hashes.of(reader)), dsn("5.4.4"));
        smtp(verp.forMailing(7, hashes.of(reader)), dsn("5.4.4") + "\r\n");
        EngineUnderTest.await(() -> post.mails().about(hashes.of(reader), 10).size() == 2, () -> "handled");
        assertThat(standing()).isEmpty();

        smtp(verp.forMailing(8, hashes.of(reader)), dsn("5.4.4"));
        EngineUnderTest.await(() -> !standing().isEmpty(), () -> "suppressed");
    }

    /** BNC-01, BNC-03, SND-08: also when the person is erased meanwhile, since the envelope needs nobody to be looked up. */
    @Test
    void aReportToTheEnvelopeSenderSuppressesTheAddress() throws IOException {
        assertThat(smtp(verp.forMailing(7, hashes.of(reader)), dsn("5.1.1"))).contains("250 2.0.0 stored");

        EngineUnderTest.await(() -> !standing().isEmpty(), () -> "suppressed");
        assertThat(standing()).singleElement().satisfies(s -> {
            assertThat(s.reason()).isEqualTo(SuppressedAddresses.Reason.HARD_BOUNCED);
            assertThat(s.detail()).isEqualTo("USER_UNKNOWN 5.1.1");
        });
        assertThat(post.mails().about(hashes.of(reader), 10)).singleElement().satisfies(line -> {
            assertThat(line.sort()).isEqualTo(ReturnedMails.Sort.HARD_BOUNCE);
            assertThat(line.effect()).isEqualTo(ReturnedMails.Effect.SUPPRESSED);
            assertThat(new String(post.mails().raw(line.returnedMail()).orElseThrow(), UTF_8))
                    .contains("Final-Recipient");
        });
    }

    @Test
    void theListenerTakesOnlyWhatIsOurs() throws IOException {
        String genuine = verp.forLetter(hashes.of(reader), CLOCK.instant().atOffset(java.time.ZoneOffset.UTC));
        assertThat(smtp("someone@example.net", "x")).contains("550 5.7.1");
        assertThat(smtp("someone@bounce.acme.example.com", "x")).contains("550 5.7.1");
        assertThat(smtp(genuine.replaceFirst("\\.[a-z2-7]{16}@", ".aaaaaaaaaaaaaaaa@"), "x"))
                .contains("550 5.7.1");
        assertThat(post.listening().admission(genuine.toUpperCase(Locale.ROOT)))
                .isEqualTo(BounceListener.Admission.WELCOME);
        assertThat(post.listening().admission("postmaster@bounce.acme.example.com"))
                .isEqualTo(BounceListener.Admission.WELCOME);
        assertThat(post.listening().admission("unsub+x@bounce.acme.example.com"))
                .isEqualTo(BounceListener.Admission.WELCOME);
        assertThat(post.receiving().receives("unsub@bounce.acme.example.com")).isTrue();
        assertThat(post.receiving().receives("unsub@acme.example.com")).isFalse();
    }

    /** Anybody can write to these names and what came is kept for long; what has a token of ours comes all the same. */
    @Test
    void whatAnybodyCanWriteToIsTakenOnlySoOftenAnHour() throws IOException {
        long before = sql.number("select count(*) from mail.returned_mails");
        String mail = "Subject: " + UUID.randomUUID() + "\r\n\r\n" + "x".repeat(600);
        assertThat(post.listening().untokened().take(ListeningForBounces.UNTOKENED_BYTES_AN_HOUR - 1_000))
                .as("so much has come already")
                .isTrue();

        assertThat(smtp("postmaster@bounce.acme.example.com", mail)).contains("250 2.0.0 stored");
        assertThat(smtp("Abuse@bounce.acme.example.com", mail)).contains("354 ", "452 4.3.1");
        assertThat(smtp(verp.forLetter(hashes.of(reader), CLOCK.instant().atOffset(java.time.ZoneOffset.UTC)), mail))
                .contains("250 2.0.0 stored");

        assertThat(sql.number("select count(*) from mail.returned_mails") - before)
                .as("what was acknowledged was stored")
                .isEqualTo(2);
    }

    @Test
    void aMailToUnsubscribeIsHandedOn() throws IOException {
        assertThat(smtp("unsub+TOKEN@bounce.acme.example.com", "Subject: " + UUID.randomUUID() + "\r\n\r\n"))
                .contains("250 2.0.0");

        EngineUnderTest.await(() -> !cameIn.isEmpty(), () -> "handed on");
        assertThat(cameIn).containsExactly("unsub+TOKEN@bounce.acme.example.com");
    }

    /** BNC-06. */
    @Test
    void aSignedComplaintIsStoredSuppressesAndIsTold() throws GeneralSecurityException {
        assertThat(report("complaint", "")).isEqualTo(ProviderReports.Answer.KEPT);

        EngineUnderTest.await(() -> !complaints.isEmpty(), () -> "told");
        EngineUnderTest.await(() -> !standing().isEmpty(), () -> "committed");
        assertThat(complaints.get(0).address()).contains(reader);
        assertThat(standing())
                .extracting(SuppressedAddresses.Suppressed::reason)
                .containsExactly(SuppressedAddresses.Reason.COMPLAINED);
    }

    @Test
    void whatAnObserverRefusesIsTriedAgain() throws GeneralSecurityException {
        failures.set(2);
        report("complaint", "");

        EngineUnderTest.await(() -> !complaints.isEmpty(), () -> "told at the third try");
        EngineUnderTest.await(() -> standing().size() == 1, () -> "committed");
    }

    @Test
    void aReplayIsAnsweredAndActsOnce() throws GeneralSecurityException {
        byte[] body = body("bounce", "5.1.1");
        Map<String, String> headers = signed(body, CLOCK.instant().getEpochSecond());
        assertThat(post.reports().take("generic", headers, body)).isEqualTo(ProviderReports.Answer.KEPT);
        assertThat(post.reports().take("generic", headers, body)).isEqualTo(ProviderReports.Answer.KEPT);
        EngineUnderTest.await(() -> !standing().isEmpty() && post.mails().waiting() == 0, () -> "handled");

        assertThat(post.mails().about(hashes.of(reader), 10)).hasSize(1);
    }

    @Test
    void theSameWordsAnotherTimeAreAnotherReport() throws GeneralSecurityException {
        byte[] body = body("bounce", "4.2.2");
        long now = CLOCK.instant().getEpochSecond();
        post.reports().take("generic", signed(body, now - 60), body);
        post.reports().take("generic", signed(body, now), body);
        EngineUnderTest.await(
                () -> post.mails().about(hashes.of(reader), 10).size() == 2
                        && post.mails().waiting() == 0,
                () -> "both handled");
    }

    @Test
    void refusesWhatIsUnsignedOldOrNotConfigured() throws GeneralSecurityException {
        byte[] body = body("bounce", "5.1.1");
        long now = CLOCK.instant().getEpochSecond();
        assertThat(post.reports().take("generic", Map.of(), body)).isEqualTo(ProviderReports.Answer.REFUSED);
        assertThat(post.reports().take("generic", signed(body, now - 600), body))
                .isEqualTo(ProviderReports.Answer.REFUSED);
        for (String provider : List.of("ses", "sendgrid", "postmark", "mailgun", "nobody")) {
            assertThat(post.reports().take(provider, signed(body, now), body)).isEqualTo(ProviderReports.Answer.OFF);
        }
        assertThat(standing()).isEmpty();
    }

    /** ACCOUNT to a hard-bounced address: what the person asked for and proves the mailbox, once a day. */
    @Test
    void aDeadAddressGetsALinkOnceADayAndThePersonLiftsItByProving() {
        PostedLetters letters = new PostedLetters(sql, CLOCK, settings(), hashes, Machine.REAL);
        database().inTransaction(() -> {
            new Suppressions(sql, hashes, CLOCK)
                    .add(reader, Suppression.HARD_BOUNCED, OffsetDateTime.now(CLOCK), "USER_UNKNOWN");
        });

        assertThat(waits(letters, MailKind.REGISTRATION_CONFIRMATION)).isTrue();
        assertThat(waits(letters, MailKind.SUBSCRIPTION_CONFIRMATION)).isFalse();
        assertThat(waits(letters, MailKind.MAILBOX_PROOF)).isFalse();

        database().inTransaction(() -> suppressed.mailboxProved(reader));

        assertThat(standing()).isEmpty();
        assertThat(waits(letters, MailKind.SUBSCRIPTION_CONFIRMATION)).isTrue();
        assertThat(waits(letters, MailKind.SUBSCRIPTION_CONFIRMATION)).isTrue();
    }

    @Test
    void aComplaintStandsUntilThePersonConsentsAnew() throws GeneralSecurityException {
        report("complaint", "");
        EngineUnderTest.await(() -> !standing().isEmpty(), () -> "suppressed");

        database().inTransaction(() -> suppressed.mailboxProved(reader));
        assertThat(standing()).hasSize(1);

        database().inTransaction(() -> suppressed.consentedAnew(reader));
        assertThat(standing()).isEmpty();
    }

    @Test
    void staffSeeAndLift() throws GeneralSecurityException {
        report("bounce", "5.1.1");
        EngineUnderTest.await(() -> !standing().isEmpty(), () -> "suppressed");
        UUID hash = hashes.of(reader);

        assertThat(suppressed.newest(Optional.of(SuppressedAddresses.Reason.HARD_BOUNCED), 500))
                .anyMatch(s -> s.addressHash().equals(hash));
        assertThat(suppressed.newest(Optional.of(SuppressedAddresses.Reason.COMPLAINED), 500))
                .noneMatch(s -> s.addressHash().equals(hash));
        boolean lifted = database().call(() -> suppressed.lift(hash, SuppressedAddresses.Reason.HARD_BOUNCED));
        boolean again = database().call(() -> suppressed.lift(hash, SuppressedAddresses.Reason.HARD_BOUNCED));

        assertThat(lifted).isTrue();
        assertThat(again).isFalse();
        assertThat(standing()).isEmpty();
    }

    /** NLT-A1: what the system knew from which an address is imported; not where it was lifted since. */
    @Test
    void takesOverWhatAnotherSystemKnewUnlessItWasLiftedSince_NLTA1() {
        UUID hash = hashes.of(reader);
        OffsetDateTime now = OffsetDateTime.now(CLOCK).truncatedTo(ChronoUnit.SECONDS);
        var old = new SuppressedAddresses.Suppressed(
                hash, SuppressedAddresses.Reason.HARD_BOUNCED, now.minusYears(1), "IMPORTED_BOUNCED");
        var newer = new SuppressedAddresses.Suppressed(
                hash, SuppressedAddresses.Reason.HARD_BOUNCED, now.plusMinutes(1), "IMPORTED_BOUNCED");

        database().inTransaction(() -> suppressed.takeOver(List.of(old)));
        database().inTransaction(() -> suppressed.takeOver(List.of(newer)));

        assertThat(standing())
                .singleElement()
                .satisfies(one -> assertThat(one.since()).isEqualTo(old.since()));
        assertThat(database().call(() -> suppressed.about(List.of(hash, UUID.randomUUID()))))
                .containsOnlyKeys(hash);

        database().call(() -> suppressed.lift(hash, SuppressedAddresses.Reason.HARD_BOUNCED));
        database().inTransaction(() -> suppressed.takeOver(List.of(old)));
        assertThat(standing()).as("lifted since").isEmpty();
        database().inTransaction(() -> suppressed.takeOver(List.of(newer)));
        assertThat(standing()).hasSize(1);
    }

    private boolean waits(PostedLetters letters, MailKind kind) {
        UUID id = database()
                .call(() -> letters.post(new Letter(
                        kind,
                        "a-test",
                        "reader",
                        UUID.randomUUID(),
                        reader,
                        "",
                        "A letter",
                        MailBody.in(Locale.ENGLISH).heading("Hello").build(),
                        Map.of(),
                        OffsetDateTime.now(CLOCK).plusHours(1),
                        Optional.empty())));
        return sql.number("select count(*) from mail.letters where id = ? and next_try is not null", id) == 1;
    }

    private List<SuppressedAddresses.Suppressed> standing() {
        return suppressed.about(hashes.of(reader));
    }

    private ProviderReports.Answer report(String type, String status) throws GeneralSecurityException {
        byte[] body = body(type, status);
        return post.reports().take("generic", signed(body, CLOCK.instant().getEpochSecond()), body);
    }

    private byte[] body(String type, String status) {
        return ("[{\"type\":\"" + type + "\",\"recipient\":\"" + reader.original() + "\",\"status\":\"" + status
                        + "\",\"diagnostic\":\"\"}]")
                .getBytes(UTF_8);
    }

    private static Map<String, String> signed(byte[] body, long at) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
        mac.update((at + ".").getBytes(UTF_8));
        return Map.of("tidings-signature", "t=" + at + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body)));
    }

    private String smtp(String recipient, String mail) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), post.listening().smtpPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<" + recipient + ">\r\nDATA\r\n" + mail
                                    + "\r\n.\r\nQUIT\r\n")
                            .getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    private static String dsn(String status) {
        return "Message-ID: <" + UUID.randomUUID()
                + "@mx>\r\nFrom: MAILER-DAEMON@example.org\r\nSubject: Undelivered\r\nContent-Type: multipart/report;"
                + " report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
                + "Reporting-MTA: dns; x\r\n\r\nFinal-Recipient: rfc822; forwarded@example.net\r\nAction: failed\r\nStatus: "
                + status + "\r\n\r\n--b--\r\n";
    }
}
