package org.tidings.mail.testing;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.tidings.mail.AddressHash;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.SuppressedAddresses;

/** Suppressions in memory; knows nothing of transactions. */
public final class FakeSuppressedAddresses implements SuppressedAddresses {

    private static final OffsetDateTime SINCE = OffsetDateTime.of(2026, 1, 2, 3, 4, 5, 0, ZoneOffset.UTC);

    private final List<Suppressed> all = new ArrayList<>();
    private final List<String> forgotten = new ArrayList<>();

    public synchronized void suppress(EmailAddress address, Reason reason) {
        all.add(new Suppressed(hashOf(address), reason, SINCE, "a test"));
    }

    /** What stands against an address. */
    public synchronized List<Reason> against(EmailAddress address) {
        return about(hashOf(address)).stream().map(Suppressed::reason).toList();
    }

    /** Canonical addresses whose reports were emptied, in order. */
    public synchronized List<String> forgotten() {
        return List.copyOf(forgotten);
    }

    @Override
    public UUID hashOf(EmailAddress address) {
        return AddressHash.of(address, new FakeSiteSecret());
    }

    @Override
    public synchronized List<Suppressed> about(UUID addressHash) {
        return all.stream().filter(s -> s.addressHash().equals(addressHash)).toList();
    }

    @Override
    public synchronized Map<UUID, List<Suppressed>> about(Collection<UUID> addressHashes) {
        return all.stream()
                .filter(s -> addressHashes.contains(s.addressHash()))
                .collect(Collectors.groupingBy(Suppressed::addressHash));
    }

    @Override
    public synchronized List<Suppressed> takeOver(List<Suppressed> known) {
        List<Suppressed> taken = new ArrayList<>();
        for (Suppressed one : known) {
            if (about(one.addressHash()).stream().noneMatch(s -> s.reason() == one.reason())) {
                all.add(one);
                taken.add(one);
            }
        }
        return taken;
    }

    @Override
    public synchronized void takeBack(List<Suppressed> takenOver) {
        all.removeIf(stands -> takenOver.stream()
                .anyMatch(one -> stands.addressHash().equals(one.addressHash())
                        && stands.reason() == one.reason()
                        && stands.since().isEqual(one.since())));
    }

    @Override
    public synchronized List<Suppressed> newest(Optional<Reason> reason, int limit) {
        return all.stream()
                .filter(s -> reason.isEmpty() || reason.get() == s.reason())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Map<Reason, Long> count() {
        Map<Reason, Long> counts = new EnumMap<>(Reason.class);
        all.forEach(s -> counts.merge(s.reason(), 1L, Long::sum));
        return counts;
    }

    @Override
    public synchronized boolean lift(UUID addressHash, Reason reason) {
        return all.removeIf(s -> s.addressHash().equals(addressHash) && s.reason() == reason);
    }

    @Override
    public void mailboxProved(EmailAddress address) {
        lift(hashOf(address), Reason.HARD_BOUNCED);
    }

    @Override
    public void consentedAnew(EmailAddress address) {
        mailboxProved(address);
        lift(hashOf(address), Reason.COMPLAINED);
    }

    @Override
    public synchronized void forget(EmailAddress address) {
        forgotten.add(address.canonical());
    }
}
