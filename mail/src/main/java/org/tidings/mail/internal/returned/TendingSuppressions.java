package org.tidings.mail.internal.returned;

import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.SuppressedAddresses;
import org.tidings.mail.internal.secrets.KeyedHashes;
import org.tidings.mail.internal.standing.Suppression;
import org.tidings.mail.internal.standing.Suppressions;

/** What other modules and staff may see and do of the suppressions. */
public final class TendingSuppressions implements SuppressedAddresses {

    private static final int SHOWN_AT_MOST = 500;

    private final Suppressions suppressions;
    private final ReturnedMailBook book;
    private final KeyedHashes hashes;

    public TendingSuppressions(Suppressions suppressions, ReturnedMailBook book, KeyedHashes hashes) {
        this.suppressions = suppressions;
        this.book = book;
        this.hashes = hashes;
    }

    @Override
    public UUID hashOf(EmailAddress address) {
        return hashes.of(address);
    }

    @Override
    public List<Suppressed> about(UUID addressHash) {
        return suppressions.about(addressHash);
    }

    @Override
    public Map<UUID, List<Suppressed>> about(Collection<UUID> addressHashes) {
        return addressHashes.isEmpty()
                ? Map.of()
                : suppressions.about(addressHashes).stream().collect(Collectors.groupingBy(Suppressed::addressHash));
    }

    @Override
    public List<Suppressed> takeOver(List<Suppressed> known) {
        return known.stream()
                .filter(one -> !suppressions.isLiftedAfter(one.addressHash(), stored(one.reason()), one.since())
                        && suppressions.add(one.addressHash(), stored(one.reason()), one.since(), one.detail()))
                .toList();
    }

    @Override
    public void takeBack(List<Suppressed> takenOver) {
        Map<UUID, List<Suppressed>> standing =
                about(takenOver.stream().map(Suppressed::addressHash).toList());
        for (Suppressed one : takenOver) {
            // What came back here later, after somebody had lifted it, stays.
            if (standing.getOrDefault(one.addressHash(), List.of()).stream().noneMatch(now -> isSame(now, one))) {
                continue;
            }
            suppressions.lift(one.addressHash(), stored(one.reason()), one.since());
        }
    }

    /** Databases round the time. */
    private static boolean isSame(Suppressed one, Suppressed other) {
        return one.reason() == other.reason()
                && Duration.between(one.since(), other.since()).abs().toMillis() == 0;
    }

    @Override
    public List<Suppressed> newest(Optional<Reason> reason, int limit) {
        return suppressions.newest(
                reason.map(TendingSuppressions::stored), Math.min(Math.max(limit, 1), SHOWN_AT_MOST));
    }

    @Override
    public Map<Reason, Long> count() {
        Map<Reason, Long> counts = new EnumMap<>(Reason.class);
        for (Reason reason : Reason.values()) {
            counts.put(reason, suppressions.count(stored(reason)));
        }
        return counts;
    }

    @Override
    public boolean lift(UUID addressHash, Reason reason) {
        return suppressions.lift(addressHash, stored(reason));
    }

    @Override
    public void mailboxProved(EmailAddress address) {
        suppressions.lift(hashes.of(address), Suppression.HARD_BOUNCED);
    }

    @Override
    public void consentedAnew(EmailAddress address) {
        mailboxProved(address);
        suppressions.lift(hashes.of(address), Suppression.COMPLAINED);
    }

    @Override
    public void forget(EmailAddress address) {
        book.forget(hashes.of(address));
    }

    static Suppression stored(Reason reason) {
        return switch (reason) {
            case HARD_BOUNCED -> Suppression.HARD_BOUNCED;
            case COMPLAINED -> Suppression.COMPLAINED;
        };
    }
}
