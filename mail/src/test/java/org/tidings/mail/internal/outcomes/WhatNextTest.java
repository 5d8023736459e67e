package org.tidings.mail.internal.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.tidings.mail.Addressee;
import org.tidings.mail.AudienceQuery;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.MailKind;
import org.tidings.mail.MailingLimits;
import org.tidings.mail.PersonState;
import org.tidings.mail.internal.composing.DeliveryWork;
import org.tidings.mail.internal.composing.LetterWork;
import org.tidings.mail.internal.composing.LettersClaim;
import org.tidings.mail.internal.composing.MailingClaim;
import org.tidings.mail.internal.composing.RunningMailing;
import org.tidings.mail.internal.composing.Work;
import org.tidings.mail.internal.machine.Machine;
import org.tidings.mail.internal.settings.MailSettings;
import org.tidings.mail.internal.settings.TestSettings;

class WhatNextTest {

    private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-11-22T08:00:00Z");
    private static final EmailAddress ADA = EmailAddress.parse("ada@example.org");
    private static final Duration DAY = Duration.ofDays(1);

    private final MailSettings settings = TestSettings.acme().read();

    /** SND-06: two tries in the first hour, not less than 30 minutes apart, then every two to three hours. */
    @Test
    void waitsHalfAnHourThenHours() {
        assertThat(waitAfter(issue(0, DAY))).isBetween(Duration.ofMinutes(30), Duration.ofMinutes(33));
        assertThat(waitAfter(issue(1, DAY))).isBetween(Duration.ofHours(2), Duration.ofMinutes(132));
        for (int attempts : List.of(2, 3, 10)) {
            assertThat(waitAfter(issue(attempts, DAY))).isBetween(Duration.ofHours(3), Duration.ofMinutes(198));
        }
    }

    /** Somebody waits for it; a receiver that only greets late comers is content with five minutes. */
    @Test
    void triesAccountMailOnceMoreAtOnce() {
        assertThat(waitAfter(letter(0, DAY))).isBetween(Duration.ofMinutes(5), Duration.ofSeconds(330));
        assertThat(waitAfter(letter(1, DAY))).isBetween(Duration.ofMinutes(30), Duration.ofMinutes(33));
        assertThat(waitAfter(letter(2, DAY))).isBetween(Duration.ofHours(2), Duration.ofMinutes(132));
    }

    /** SND-07: what would be too old at its next turn has one more chance just before its end. */
    @Test
    void triesOnceMoreBeforeTheEnd() {
        assertThat(waitAfter(issue(0, Duration.ofMinutes(20)))).isEqualTo(Duration.ofMinutes(19));

        Outcome last = on(issue(1, Duration.ofMinutes(1)), Reply.Kind.DEFERRED);

        assertThat(last.kind()).isEqualTo(Outcome.Kind.FAILED);
        assertThat(last.reply().text()).isEqualTo("~given-up 451 4.3.0 later");
    }

    /** SND-03, ACM-03: in doubt it is tried again whenever that is; a letter whose link is dead is not. */
    @Test
    void givesUpWhatIsTooOldButNothingThatIsInDoubt() {
        assertThat(on(letter(1, Duration.ofMinutes(4)), Reply.Kind.DEFERRED).kind())
                .isEqualTo(Outcome.Kind.FAILED);
        assertThat(on(letter(1, Duration.ofMinutes(4)), Reply.Kind.DOUBTFUL).kind())
                .isEqualTo(Outcome.Kind.DOUBTFUL);
    }

    private Duration waitAfter(Work work) {
        Outcome outcome = on(work, Reply.Kind.DEFERRED);
        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.DEFERRED);
        return Duration.between(NOW, outcome.nextTry());
    }

    private Outcome on(Work work, Reply.Kind kind) {
        return WhatNext.on(work, new Reply(kind, "451 4.3.0 later"), "mx", NOW, settings, Machine.REAL);
    }

    private static Work letter(int attempts, Duration left) {
        LettersClaim claim =
                new LettersClaim(UUID.randomUUID(), UUID.randomUUID(), OffsetDateTime.parse("2026-11-22T12:00:00Z"));
        LetterWork.Source source = new LetterWork.Source(
                MailKind.ACCOUNT_NOTICE, "account", UUID.randomUUID(), ADA, NOW.plus(left), new byte[0]);
        return new LetterWork(claim, UUID.randomUUID(), source, attempts, false, 0);
    }

    private static Work issue(int attempts, Duration left) {
        UUID id = UUID.randomUUID();
        RunningMailing mailing = new RunningMailing(
                id,
                1,
                MailKind.NEWSLETTER_ISSUE,
                "readers",
                new AudienceQuery(MailKind.NEWSLETTER_ISSUE, id, NOW),
                NOW,
                NOW.plus(left),
                Optional.empty(),
                Optional.empty(),
                MailingLimits.NONE,
                1,
                List.of());
        Addressee ada = new Addressee(UUID.randomUUID(), PersonState.SUBSCRIBED, ADA, "", Locale.ENGLISH, Map.of());
        return new DeliveryWork(
                new MailingClaim(
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        mailing,
                        false,
                        OffsetDateTime.parse("2026-11-22T12:00:00Z")),
                ada,
                attempts,
                false,
                null,
                0);
    }
}
