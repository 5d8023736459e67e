package org.tidings.mail.internal.returned;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.testing.TestDatabase;

abstract class ReturnedMailHandlerContract {
    private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-11-22T12:00:00Z");
    private static final Verp VERP = new Verp(new SecretKeySpec(new byte[32], "HmacSHA256"), "bounce.example.com");

    private final UUID hash = UUID.randomUUID();
    private final List<String> effects = new ArrayList<>();
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
                    return hash;
                }

                @Override
                public void hardBounced(UUID addressHash, OffsetDateTime at, String detail) {
                    effects.add("hard " + addressHash.equals(hash) + " " + detail);
                }

                @Override
                public void complained(UUID addressHash, OffsetDateTime at, String detail) {
                    effects.add("complaint " + addressHash.equals(hash));
                }
            },
            Clock.fixed(NOW.toInstant(), NOW.getOffset()));

    abstract TestDatabase database();

    @Test
    void aTrustedHardBounceSuppressesOnce() {
        UUID id = come(VERP.forLetter(hash), "5.1.1", NOW);
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
        String genuine = VERP.forLetter(hash);
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

    @Test
    void anUnroutableAddressIsDeadAtTheSecondTimeWithinADay() {
        come(VERP.forLetter(hash), "5.4.4", NOW.minusHours(30));
        handleAll();
        come(VERP.forLetter(hash), "5.4.4", NOW.minusHours(2));
        handleAll();
        assertThat(effects).isEmpty();
        come(VERP.forLetter(hash), "5.4.4", NOW);
        handleAll();
        assertThat(effects).hasSize(1);
    }

    @Test
    void aFullMailboxIsGivenUpAfterThreeOverThreeDays() {
        come(VERP.forLetter(hash), "5.2.2", NOW.minusDays(20));
        come(VERP.forLetter(hash), "5.2.2", NOW.minusDays(4));
        come(VERP.forLetter(hash), "5.2.2", NOW.minusDays(1));
        handleAll();
        assertThat(effects).isEmpty();
        come(VERP.forLetter(hash), "5.2.2", NOW);
        handleAll();
        assertThat(effects).containsExactly("hard true again and again: MAILBOX_FULL 5.2.2");
    }

    @Test
    void ourOwnFaultAndUnknownTextNeverSuppress() {
        for (int day = 0; day < 10; day++) {
            come(VERP.forLetter(hash), "5.7.1", NOW.minusDays(10 - day));
            come(VERP.forLetter(hash), "5.0.0", NOW.minusDays(10 - day));
        }
        handleAll();
        assertThat(effects).isEmpty();
    }

    @Test
    void rawMailsGoAfterNinetyDaysAndAtErasure() {
        UUID old = come(VERP.forLetter(hash), "5.1.1", NOW.minusDays(91));
        UUID fresh = come(VERP.forLetter(hash), "5.1.1", NOW);
        handleAll();
        book.dropRaw(NOW);
        assertThat(book.raw(old)).isEmpty();
        assertThat(book.raw(fresh)).isPresent();
        book.forget(hash);
        assertThat(book.raw(fresh)).isEmpty();
        assertThat(book.figures(NOW.minusYears(1))).containsKey("HardBounce USER_UNKNOWN");
    }

    private UUID come(String recipient, String status, OffsetDateTime at) {
        String mail =
                "From: MAILER-DAEMON@example.org\r\nSubject: Undelivered\r\nContent-Type: multipart/report; report-type=delivery-status;"
                        + " boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\nFinal-Recipient: rfc822;"
                        + " ann@example.net\r\nAction: failed\r\nStatus: " + status + "\r\n\r\n--b--\r\n";
        return book.keep("smtp", recipient, mail.getBytes(UTF_8), at);
    }

    private void handleAll() {
        database().inTransaction(() -> book.waiting(100).forEach(handler::handle));
    }
}
