package org.tidings.mail.internal.returned;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.internal.composing.Verp;
import org.tidings.mail.internal.replies.Reason;
import org.tidings.mail.internal.returned.reading.ReturnedMail;
import org.tidings.mail.internal.returned.reading.ReturnedMailReader;
import org.tidings.mail.testing.TestDatabase;

abstract class ReturnedMailHandlerContract {
    private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-11-22T12:00:00Z");
    private static final Verp VERP = new Verp(new SecretKeySpec(new byte[32], "HmacSHA256"), "bounce.example.com");

    private final UUID hash = UUID.randomUUID();
    private static final long LONG_AGO = 4;
    private final List<String> effects = new ArrayList<>();
    private final Set<String> unroutable = new HashSet<>();
    private final ReturnedMailBook book = new ReturnedMailBook(database().dataSource());
    private final ReturnedMailHandler handler = new ReturnedMailHandler(
            book,
            new ReturnedMailReader(VERP),
            Map.of(
                    "signed",
                    body -> List.of(new ReturnedMail.HardBounce(new ReturnedMail.Report(
                            Optional.empty(),
                            Optional.of("ann@example.net"),
                            Optional.empty(),
                            Reason.USER_UNKNOWN,
                            "x",
                            Optional.empty())))),
            new ReturnedMailHandler.Addresses() {
                @Override
                public UUID hashOf(EmailAddress address) {
                    return address.canonical().equals("ann@example.net") ? hash : UUID.randomUUID();
                }

                @Override
                public boolean unroutable(UUID addressHash, String mail, OffsetDateTime at) {
                    unroutable.add(mail);
                    return unroutable.size() > 1;
                }

                @Override
                public Optional<OffsetDateTime> lastOf(long mailing) {
                    return mailing == LONG_AGO ? Optional.of(NOW.minusDays(31)) : Optional.empty();
                }

                @Override
                public void hardBounced(UUID addressHash, OffsetDateTime at, String detail) {
                    effects.add("hard " + addressHash.equals(hash) + " " + detail);
                }

                @Override
                public void complained(
                        UUID addressHash, Optional<EmailAddress> address, OffsetDateTime at, String detail) {
                    effects.add("complaint " + addressHash.equals(hash) + " named " + address.isPresent());
                }

                @Override
                public boolean cameIn(String address) {
                    boolean takes = address.startsWith("unsub+");
                    if (takes) {
                        effects.add("came " + address);
                    }
                    return takes;
                }

                @Override
                public Optional<UUID> hashOfUnsubscribeField(String field) {
                    return field.contains("/u/GENUINE") ? Optional.of(hash) : Optional.empty();
                }
            },
            Clock.fixed(NOW.toInstant(), NOW.getOffset()));

    abstract TestDatabase database();

    @Test
    void aTrustedHardBounceSuppressesOnce() {
        UUID id = come(VERP.forLetter(hash, NOW), "5.1.1", NOW);
        handleAll();
        handleAll();

        assertThat(effects).containsExactly("hard true USER_UNKNOWN 5.1.1");
        assertThat(book.raw(id)).isPresent();
        assertThat(book.about(hash, 10)).singleElement().satisfies(line -> {
            assertThat(line.sort()).isEqualTo("HardBounce");
            assertThat(line.effect()).isEqualTo("suppressed");
        });
    }

    @Test
    void reportsWithoutAGenuineTokenActOnNobody() {
        String genuine = VERP.forLetter(hash, NOW);
        come(genuine.substring(0, genuine.indexOf('.') + 1) + "aaaaaaaaaaaaaaaa@bounce.example.com", "5.1.1", NOW);
        come("postmaster@bounce.example.com", "5.1.1", NOW);
        handleAll();

        assertThat(effects).isEmpty();
        assertThat(book.about(hash, 10))
                .extracting(ReturnedMailBook.Line::effect)
                .containsExactlyInAnyOrder("forged", "untrusted");
        assertThat(book.toReview(1_000)).isNotEmpty();
    }

    @Test
    void aSignedWebhookIsTrustedWithoutToken() {
        book.keep("signed", null, "{}".getBytes(UTF_8), NOW);
        handleAll();

        assertThat(effects).containsExactly("hard true USER_UNKNOWN");
    }

    /** mail-received 10: a weekly newsletter has no two mails in a day, and one mail may be reported twice. */
    @Test
    void anUnroutableAddressIsDeadAtTheSecondMail_10() {
        come(VERP.forMailing(1, hash), "5.4.4", NOW.minusDays(7));
        come(VERP.forMailing(1, hash), "5.4.4", NOW.minusDays(7).plusHours(1));
        handleAll();
        assertThat(effects).isEmpty();
        come(VERP.forMailing(2, hash), "5.4.4", NOW);
        handleAll();
        assertThat(effects).hasSize(1);
    }

    /** L8: who keeps a mail keeps its envelope sender, too. */
    @Test
    void whatComesLongAfterTheMailActsOnNobody_L8() {
        come(VERP.forLetter(hash, NOW.minusDays(32)), "5.1.1", NOW);
        come(VERP.forMailing(LONG_AGO, hash), "5.1.1", NOW);
        come(VERP.forMailing(LONG_AGO, hash), "5.2.2", NOW);
        handleAll();

        assertThat(effects).isEmpty();
        assertThat(book.about(hash, 10))
                .hasSize(3)
                .extracting(ReturnedMailBook.Line::effect)
                .containsOnly("late");

        come(VERP.forLetter(hash, NOW.minusDays(29)), "5.1.1", NOW);
        handleAll();
        assertThat(effects).hasSize(1);
    }

    @Test
    void aFullMailboxIsGivenUpAfterThreeOverThreeDays() {
        come(VERP.forLetter(hash, NOW), "5.2.2", NOW.minusDays(20));
        come(VERP.forLetter(hash, NOW), "5.2.2", NOW.minusDays(4));
        come(VERP.forLetter(hash, NOW), "5.2.2", NOW.minusDays(1));
        handleAll();
        assertThat(effects).isEmpty();
        come(VERP.forLetter(hash, NOW), "5.2.2", NOW);
        handleAll();
        assertThat(effects).containsExactly("hard true again and again: MAILBOX_FULL 5.2.2");
    }

    @Test
    void ourOwnFaultAndUnknownTextNeverSuppress() {
        for (int day = 0; day < 10; day++) {
            come(VERP.forLetter(hash, NOW), "5.7.1", NOW.minusDays(10 - day));
            come(VERP.forLetter(hash, NOW), "5.0.0", NOW.minusDays(10 - day));
        }
        handleAll();
        assertThat(effects).isEmpty();
    }

    @Test
    void rawMailsGoAfterNinetyDaysAndAtErasure() {
        UUID old = come(VERP.forLetter(hash, NOW.minusDays(91)), "5.1.1", NOW.minusDays(91));
        UUID fresh = come(VERP.forLetter(hash, NOW), "5.1.1", NOW);
        handleAll();
        book.dropRaw(NOW);
        assertThat(book.raw(old)).isEmpty();
        assertThat(book.raw(fresh)).isPresent();
        book.forget(hash);
        assertThat(book.raw(fresh)).isEmpty();
        assertThat(book.figures(NOW.minusYears(1))).anySatisfy(figure -> {
            assertThat(figure.sort() + " " + figure.reason()).isEqualTo("HardBounce USER_UNKNOWN");
            assertThat(figure.count()).isGreaterThanOrEqualTo(2);
        });
    }

    /** The row outlives the mail: it must not name anybody. */
    @Test
    void whatWasSaidIsKeptWithoutAddresses() {
        String mail = dsn("5.1.1", NOW)
                .replace(
                        "Status: 5.1.1",
                        "Status: 5.1.1\r\nDiagnostic-Code: smtp; 550 <ann@example.net>: no such user ann@example.net");
        book.keep("smtp", VERP.forLetter(hash, NOW), mail.getBytes(UTF_8), NOW);
        handleAll();

        assertThat(book.about(hash, 10))
                .singleElement()
                .satisfies(line -> assertThat(line.diagnostic())
                        .contains("no such user", "…@example.net")
                        .doesNotContain("ann@"));
    }

    /** Our answer was lost, a crash came between storing and deleting, or somebody replays. */
    @Test
    void theSameMailTwiceIsOne() {
        byte[] mail = dsn("5.1.1", NOW).getBytes(UTF_8);
        assertThat(book.keep("mailbox", null, mail, NOW)).isPresent();
        assertThat(book.keep("mailbox", null, mail, NOW.plusDays(1))).isEmpty();
        assertThat(book.keep("smtp", "b+x@bounce.example.com", mail, NOW)).isPresent();
    }

    @Test
    void aMailToAnAddressInOurMailsIsHandedOn() {
        book.keep("smtp", "unsub+TOKEN@bounce.example.com", "Subject: unsubscribe\r\n\r\n".getBytes(UTF_8), NOW);
        book.keep(
                "mailbox",
                null,
                "Delivered-To: all@example.com\r\nTo: <unsub+OTHER@example.com>\r\n\r\n".getBytes(UTF_8),
                NOW);
        handleAll();

        assertThat(effects)
                .containsExactlyInAnyOrder("came unsub+TOKEN@bounce.example.com", "came unsub+OTHER@example.com");
        assertThat(book.newest("Incoming", null, 10)).hasSize(2);
    }

    /** B06, where the feedback loop blackens the recipient and the envelope sender. */
    @Test
    void aComplaintIsTrustedByTheUnsubscribeTokenOfTheMailInIt() {
        book.keep("smtp", "fbl@bounce.example.com", complaint("GENUINE").getBytes(UTF_8), NOW);
        book.keep("smtp", "fbl@bounce.example.com", complaint("MADE-UP").getBytes(UTF_8), NOW);
        handleAll();

        assertThat(effects).containsExactly("complaint true named false");
        assertThat(book.newest("Complaint", null, 10))
                .extracting(ReturnedMailBook.Line::effect)
                .containsExactlyInAnyOrder("suppressed", "untrusted");
    }

    @Test
    void whatFailsAgainAndAgainIsPutAside() {
        come(VERP.forLetter(hash, NOW), "5.1.1", NOW);
        database().inTransaction(() -> waiting().forEach(handler::giveUp));
        handleAll();

        assertThat(effects).isEmpty();
        assertThat(book.waiting(100)).isEmpty();
        assertThat(book.toReview(1_000))
                .extracting(ReturnedMailBook.Line::effect)
                .contains("failed");
    }

    @Test
    void onlyOneNodeFetchesAtATime() {
        String name = "m" + UUID.randomUUID().toString().substring(0, 8);
        UUID one = UUID.randomUUID();
        UUID other = UUID.randomUUID();

        assertThat(book.lease(name, one, NOW, NOW.plusMinutes(10))).isTrue();
        assertThat(book.lease(name, other, NOW.plusMinutes(5), NOW.plusMinutes(15)))
                .isFalse();
        assertThat(book.lease(name, one, NOW.plusMinutes(5), NOW.plusMinutes(15)))
                .isTrue();
        assertThat(book.lease(name, other, NOW.plusMinutes(16), NOW.plusMinutes(26)))
                .isTrue();
    }

    private static String complaint(String token) {
        return "From: fbl@isp.example\r\nSubject: FW\r\nContent-Type: multipart/report; report-type=feedback-report; boundary=b\r\n\r\n"
                + "--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nUser-Agent: x/1\r\nVersion: 1\r\n\r\n"
                + "--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: news@example.com\r\nTo: redacted@isp.example\r\nList-Unsubscribe:"
                + " <https://example.com/u/" + token + ">\r\nSubject: News\r\n\r\nHello\r\n--b--\r\n";
    }

    private UUID come(String recipient, String status, OffsetDateTime at) {
        return book.keep("smtp", recipient, dsn(status, at).getBytes(UTF_8), at).orElseThrow();
    }

    private static String dsn(String status, OffsetDateTime at) {
        return "Date: " + at
                + "\r\nFrom: MAILER-DAEMON@example.org\r\nSubject: Undelivered\r\nContent-Type: multipart/report;"
                + " report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
                + "Reporting-MTA: dns; x\r\n\r\nFinal-Recipient: rfc822; ann@example.net\r\nAction: failed\r\nStatus: "
                + status
                + "\r\n\r\n--b--\r\n";
    }

    private void handleAll() {
        database().inTransaction(() -> waiting().forEach(handler::handle));
    }

    private List<ReturnedMailBook.Kept> waiting() {
        return book.waiting(100).stream().flatMap(id -> book.find(id).stream()).toList();
    }
}
