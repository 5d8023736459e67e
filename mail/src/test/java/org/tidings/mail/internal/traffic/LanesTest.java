package org.tidings.mail.internal.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tidings.mail.Addressee;
import org.tidings.mail.AudienceQuery;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.MailKind;
import org.tidings.mail.MailingLimits;
import org.tidings.mail.MessageClass;
import org.tidings.mail.PersonState;
import org.tidings.mail.internal.composing.RunningMailing;
import org.tidings.mail.internal.composing.Work;
import org.tidings.mail.internal.machine.Machine;

class LanesTest {

    private final Lanes lanes = new Lanes(Machine.REAL);

    private static List<Work> works(int mailing, int count) {
        OffsetDateTime now = OffsetDateTime.parse("2026-11-22T08:00:00Z");
        UUID id = new UUID(0, mailing);
        RunningMailing running = new RunningMailing(
                id,
                mailing,
                MailKind.NEWSLETTER_ISSUE,
                "readers",
                new AudienceQuery(MailKind.NEWSLETTER_ISSUE, id, now),
                now,
                now.plusDays(2),
                Optional.empty(),
                Optional.empty(),
                MailingLimits.NONE,
                count,
                List.of());
        Work.Claim claim = new Work.Claim(
                UUID.randomUUID(), UUID.randomUUID(), running, false, OffsetDateTime.parse("2026-11-22T12:00:00Z"));
        return IntStream.range(0, count)
                .mapToObj(i -> Work.delivery(
                        claim,
                        new Addressee(
                                new UUID(mailing, i),
                                PersonState.SUBSCRIBED,
                                EmailAddress.parse("r" + i + "@example.org"),
                                "",
                                Locale.ENGLISH,
                                Map.of()),
                        0,
                        false,
                        0))
                .toList();
    }

    private List<Integer> takeAll(java.util.function.Function<Work, Lanes.Choice> chooser) {
        List<Integer> taken = new ArrayList<>();
        @Nullable Work next = lanes.take(MessageClass.NEWSLETTER, chooser);
        while (next != null) {
            taken.add((int) next.recipient().getMostSignificantBits());
            next = lanes.take(MessageClass.NEWSLETTER, chooser);
        }
        return taken;
    }

    @Test
    void smallMailingIsNotStuckBehindALargeOne() {
        lanes.add(works(1, 5_000));
        lanes.add(works(2, 10));

        List<Integer> taken = takeAll(work -> Lanes.Choice.TAKE);

        assertThat(taken).hasSize(5_010);
        assertThat(taken.subList(0, 20)).filteredOn(mailing -> mailing == 2).hasSize(10);
    }

    @Test
    void mailingThatMayNotGoHoldsNoOtherUp() {
        lanes.add(works(1, 100));
        lanes.add(works(2, 10));

        List<Integer> taken = takeAll(
                work -> work.recipient().getMostSignificantBits() == 1 ? Lanes.Choice.LEAVE : Lanes.Choice.TAKE);

        assertThat(taken).hasSize(10).containsOnly(2);
        assertThat(lanes.waiting(MessageClass.NEWSLETTER, 1)).isEqualTo(100);
    }

    @Test
    void whatTheChooserTakesOutIsGone() {
        lanes.add(works(1, 100));

        List<Integer> taken = takeAll(
                work -> work.recipient().getLeastSignificantBits() % 2 == 0 ? Lanes.Choice.OUT : Lanes.Choice.TAKE);

        assertThat(taken).hasSize(50);
        assertThat(lanes.isEmpty()).isTrue();
    }
}
