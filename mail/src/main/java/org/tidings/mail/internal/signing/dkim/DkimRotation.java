package org.tidings.mail.internal.signing.dkim;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * When a key begins and ends to sign (D09). A key is made, its record is published, it signs from then on until the next one
 * of its algorithm does; its record stays for {@link #OVERLAP} after that, since mails signed by it are still on their way,
 * and is then emptied ({@code p=}).
 */
public final class DkimRotation {
    /** How long the record of a key that signs no more must stay. */
    public static final Duration OVERLAP = Duration.ofDays(14);
    /** After this a key should be replaced. */
    public static final Duration AGE_AT_MOST = Duration.ofDays(183);

    private DkimRotation() {}

    /**
     * A key's dates.
     *
     * @param created when it was made
     * @param activeFrom not used earlier, so that its record can spread; empty until somebody says it is published
     * @param retired not used from then on
     */
    public record Entry(
            DkimKey key,
            OffsetDateTime created,
            Optional<OffsetDateTime> activeFrom,
            Optional<OffsetDateTime> retired) {

        /** Whether the key's dates let it sign. */
        public boolean isActive(OffsetDateTime now) {
            return activeFrom.filter(from -> !now.isBefore(from)).isPresent()
                    && retired.filter(end -> !now.isBefore(end)).isEmpty();
        }

        /** Whether the record may be emptied. */
        public boolean isRecordFree(OffsetDateTime now) {
            return retired.filter(end -> !now.isBefore(end.plus(OVERLAP))).isPresent();
        }

        /** Whether it has signed for longer than it should. */
        public boolean isDue(OffsetDateTime now) {
            return isActive(now) && !now.isBefore(activeFrom.orElseThrow().plus(AGE_AT_MOST));
        }
    }

    /**
     * The keys that sign now: of each algorithm the one that became active last, RSA first, unpublished ones left out
     * (an older published one stays in use). May be an Ed25519 key alone, which few receivers can verify (D02): the caller says so
     * to staff.
     *
     * @param published asks DNS, or remembers what it said, see {@link DkimPublication}
     */
    public static List<DkimKey> signing(Collection<Entry> entries, OffsetDateTime now, Predicate<DkimKey> published) {
        return List.of(DkimAlgorithm.RSA, DkimAlgorithm.ED25519).stream()
                .flatMap(algorithm -> newestUsable(entries, algorithm, now, published).stream())
                .toList();
    }

    private static Optional<DkimKey> newestUsable(
            Collection<Entry> entries, DkimAlgorithm algorithm, OffsetDateTime now, Predicate<DkimKey> published) {
        return entries.stream()
                .filter(entry -> entry.key().algorithm() == algorithm)
                .filter(entry -> entry.isActive(now))
                .sorted(Comparator.comparing((Entry entry) -> entry.activeFrom().orElseThrow())
                        .reversed())
                .map(Entry::key)
                .filter(published)
                .findFirst();
    }

    /**
     * A selector that says its half-year and algorithm: {@code 2026h2r}, {@code 2026h2e}; with a number behind it when
     * that one is taken.
     */
    public static String selectorFor(DkimAlgorithm algorithm, OffsetDateTime now, Predicate<String> taken) {
        OffsetDateTime utc = now.withOffsetSameInstant(ZoneOffset.UTC);
        String base = String.format(
                Locale.ROOT,
                "%dh%d%s",
                utc.getYear(),
                utc.getMonthValue() <= 6 ? 1 : 2,
                algorithm == DkimAlgorithm.RSA ? "r" : "e");
        String selector = base;
        for (int i = 2; taken.test(selector); i++) {
            selector = base + i;
        }
        return selector;
    }
}
