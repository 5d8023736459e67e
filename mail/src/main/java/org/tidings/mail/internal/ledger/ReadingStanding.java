package org.tidings.mail.internal.ledger;

import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.tidings.mail.Addressee;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.MailKind;
import org.tidings.mail.PersonState;
import org.tidings.mail.SkipReason;
import org.tidings.mail.internal.composing.Claim;
import org.tidings.mail.internal.composing.DeliveryWork;
import org.tidings.mail.internal.composing.LetterWork;
import org.tidings.mail.internal.composing.LettersClaim;
import org.tidings.mail.internal.composing.MailingClaim;
import org.tidings.mail.internal.composing.RunningMailing;
import org.tidings.mail.internal.composing.Work;
import org.tidings.mail.internal.secrets.KeyedHashes;
import org.tidings.mail.internal.standing.People;
import org.tidings.mail.internal.standing.Suppression;
import org.tidings.mail.internal.standing.Suppressions;
import org.tidings.mail.internal.standing.WhoMayBeWrittenTo;
import org.tidings.site.Sql;

/**
 * Reads what a person's standing is at this moment (docs/who-may-be-written-to.md): in the transaction that reserves, and again in batches for what
 * has been reserved and not begun.
 */
public final class ReadingStanding {

    private final NodeLedger.Parts parts;
    private final Sql sql;
    private final People people;
    private final Suppressions suppressions;
    private final KeyedHashes hashes;

    ReadingStanding(NodeLedger.Parts parts) {
        this.parts = parts;
        this.sql = parts.sql();
        this.people = parts.people();
        this.suppressions = parts.suppressions();
        this.hashes = parts.hashes();
    }

    /** People of a mailing whom its audience still knows. */
    Map<UUID, Addressee> lookUp(RunningMailing mailing, Collection<UUID> recipients) {
        return people.audience(mailing.audience()).lookUp(mailing.query(), recipients).stream()
                .collect(Collectors.toMap(Addressee::recipient, Function.identity(), (a, b) -> a));
    }

    /** The decision on some addresses, suppressions read once for all of them. */
    Decision on(Collection<EmailAddress> addresses) {
        return new Decision(
                addresses.isEmpty() || suppressions.none()
                        ? Map.of()
                        : suppressions.of(addresses.stream().map(hashes::of).collect(Collectors.toSet())));
    }

    Decision onAll(Collection<Addressee> addressees) {
        return on(addressees.stream().map(Addressee::address).toList());
    }

    /** Why somebody must not be written to, as known a moment ago. */
    final class Decision {
        private final Map<UUID, Set<Suppression>> suppressed;

        private Decision(Map<UUID, Set<Suppression>> suppressed) {
            this.suppressed = suppressed;
        }

        Optional<SkipReason> whyNot(MailKind kind, PersonState state, EmailAddress address) {
            Set<Suppression> known =
                    suppressed.isEmpty() ? Set.of() : suppressed.getOrDefault(hashes.of(address), Set.of());
            return WhoMayBeWrittenTo.whyNot(kind, state, known);
        }

        Optional<SkipReason> whyNot(MailKind kind, Addressee addressee) {
            return whyNot(kind, addressee.state(), addressee.address());
        }
    }

    /** Reads it again for everything of the claim that is not begun. */
    public void again(Claim claim) {
        if (claim instanceof LettersClaim letters) {
            List<LetterWork> open = notBegun(letters.works());
            again(open, readAt -> lettersAgain(open, readAt));
        } else if (claim instanceof MailingClaim of) {
            List<DeliveryWork> open = notBegun(of.works());
            again(open, readAt -> deliveriesAgain(of.mailing(), open, readAt));
        }
    }

    private void again(List<? extends Work> open, LongConsumer reading) {
        if (!open.isEmpty()) {
            parts.transactions().run(() -> reading.accept(parts.machine().nanos()));
        }
    }

    private static <W extends Work> List<W> notBegun(List<W> works) {
        return works.stream().filter(work -> !work.begun()).toList();
    }

    private void deliveriesAgain(RunningMailing mailing, List<DeliveryWork> open, long readAt) {
        Map<UUID, Addressee> found =
                lookUp(mailing, open.stream().map(Work::recipient).toList());
        Decision decision = onAll(found.values());
        for (DeliveryWork work : open) {
            Addressee now = found.get(work.recipient());
            work.standing(
                    now, now == null ? Optional.of(SkipReason.ERASED) : decision.whyNot(mailing.kind(), now), readAt);
        }
    }

    private void lettersAgain(List<LetterWork> open, long readAt) {
        Set<UUID> there = Set.copyOf(sql.list(
                "select id from mail.letters where id = any (?)",
                row -> Sql.id(row, "id"),
                open.stream().map(Work::recipient).toList()));
        decide(open, readAt);
        for (LetterWork letter : open) {
            if (!there.contains(letter.recipient())) {
                // Withdrawn since it was claimed.
                letter.standing(Optional.of(SkipReason.CANCELLED), readAt);
            }
        }
    }

    /** Decides on each letter as its person stands now. Joins the caller's transaction. */
    void decide(List<LetterWork> letters, long readAt) {
        Map<String, List<LetterWork>> byRealm = letters.stream()
                .collect(Collectors.groupingBy(letter -> letter.source().realm()));
        Decision decision = on(letters.stream().map(Work::address).toList());
        byRealm.forEach((realm, ofRealm) -> {
            Map<UUID, PersonState> states = people.states(
                    realm,
                    ofRealm.stream().map(letter -> letter.source().person()).collect(Collectors.toSet()));
            for (LetterWork letter : ofRealm) {
                PersonState state = states.getOrDefault(letter.source().person(), PersonState.ERASED);
                letter.standing(whyNot(letter, decision, state), readAt);
            }
        });
    }

    private Optional<SkipReason> whyNot(LetterWork letter, Decision decision, PersonState state) {
        Optional<SkipReason> whyNot = decision.whyNot(letter.source().kind(), state, letter.address());
        OffsetDateTime now = parts.now();
        return whyNot.isEmpty() && !now.isBefore(letter.expiresAt()) ? Optional.of(SkipReason.EXPIRED) : whyNot;
    }
}
