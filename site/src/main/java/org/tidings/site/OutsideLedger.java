package org.tidings.site;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Facts that must outlive the database: who left, who is not to be written to. They are copied to a file of the data folder within
 * seconds of their commit, a line for each, appended and never changed. A database that was put back lacks the newest of them; those
 * are repeated from the file, before any mail goes out (ADR 012).
 *
 * <p>Every fact has an id that begins with the time of its recording (UUIDv7, RFC 9562 section 5.7). So the newest lines are at the end
 * of the file and the newest rows at the end of an index: a file of a million lines is read from its end, no further than to where the
 * database has them all, and what is held in memory at once is a portion of lines and the ids of the last quarter of an hour.
 *
 * @param <L> a fact
 */
public final class OutsideLedger<L> {

    /** Facts as the module has them that they belong to. */
    public interface Facts<L> {

        UUID id(L fact);

        /** All but the id: fields divided by blanks, in ASCII, without a line break. Nothing in it names a person. */
        String written(L fact);

        /** Empty when these are no such fields. */
        Optional<L> read(UUID id, String written);

        /** Which of these the database has, or was told before. */
        Set<UUID> known(Set<UUID> ids);

        /** Those with a greater id, in the order of ids. */
        List<L> after(UUID id, int limit);

        /** Sees to it that what these say holds again, and that they are known from then on, in one transaction. Oldest first. */
        void repeat(List<L> lacking);
    }

    private static final int PORTION = 1_000;
    /** Transactions end in another order than they record, and clocks differ; none by as much as this. */
    private static final long OVERLAP_MILLIS = Duration.ofMinutes(15).toMillis();

    private static final UUID BEGINNING = new UUID(0, 0);
    private static final int MILLIS_SHIFT = 16;

    private final LedgerFile file;
    private final Facts<L> facts;
    /** Ids of the last quarter of an hour that the file has. */
    private Set<UUID> recent = Set.of();

    private long copiedAtMillis;
    private int comparedWith;

    /**
     * @param path of the file; made when there is the first line to write
     * @param name what the operator is told that it is, such as {@code ledger of opt-outs}
     */
    public OutsideLedger(Path path, String name, Facts<L> facts) {
        this.file = new LedgerFile(path, name);
        this.facts = facts;
    }

    /**
     * Repeats what the database lacks, when this is the first call or the database became another one, and then copies what the file
     * lacks.
     *
     * @param generation of the data, 1 or more; another one than in the call before says that the database was put back
     * @return how many facts were repeated
     * @throws java.io.UncheckedIOException with a sentence for the operator, when the file cannot be read or written
     */
    public synchronized long repeatAndCopy(int generation) {
        if (generation < 1) {
            throw new IllegalArgumentException("the database was not looked at yet");
        }
        long repeated = 0;
        if (comparedWith != generation) {
            repeated = repeat();
            remember();
            comparedWith = generation;
        }
        copy();
        return repeated;
    }

    /**
     * Copies what the file lacks, before the process ends; nothing where the database was never compared with it.
     *
     * @throws java.io.UncheckedIOException with a sentence for the operator, when the file cannot be written
     */
    public synchronized void copyForTheLastTime() {
        if (comparedWith != 0) {
            copy();
        }
    }

    private long repeat() {
        long end = file.size();
        long from = whereTheDatabaseLacks(end);
        long repeated = 0;
        // From there on in order, so that a crash in between leaves the newest to be found again.
        while (from < end) {
            LedgerFile.Block block = file.after(from);
            List<L> lines = lines(block);
            Set<UUID> known = known(lines);
            List<L> lacking = lines.stream()
                    .filter(line -> !known.contains(facts.id(line)))
                    .toList();
            if (!lacking.isEmpty()) {
                facts.repeat(lacking);
                repeated += lacking.size();
            }
            from = block.to();
        }
        return repeated;
    }

    /** Reads back to where it has had everything for a quarter of an hour. */
    private long whereTheDatabaseLacks(long end) {
        long from = end;
        long allKnownSince = Long.MIN_VALUE;
        for (long to = end; to > 0; ) {
            LedgerFile.Block block = file.before(to);
            List<L> lines = lines(block);
            if (known(lines).size() < lines.size()) {
                from = block.from();
                allKnownSince = Long.MIN_VALUE;
            } else if (!lines.isEmpty()) {
                allKnownSince = Math.max(allKnownSince, newest(lines));
                if (newest(lines) < allKnownSince - OVERLAP_MILLIS) {
                    break;
                }
            }
            to = block.from();
        }
        return from;
    }

    private List<L> lines(LedgerFile.Block block) {
        List<L> lines = new ArrayList<>();
        for (String line : block.lines()) {
            int blank = line.indexOf(' ');
            // One that a crash cut off is passed over.
            id(blank < 0 ? "" : line.substring(0, blank))
                    .flatMap(id -> facts.read(id, line.substring(blank + 1)))
                    .ifPresent(lines::add);
        }
        return lines;
    }

    private static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Set<UUID> known(List<L> lines) {
        Set<UUID> ids = new HashSet<>();
        lines.forEach(line -> ids.add(facts.id(line)));
        return ids.isEmpty() ? Set.of() : facts.known(ids);
    }

    private long newest(List<L> lines) {
        return lines.stream().mapToLong(line -> millis(facts.id(line))).max().orElse(Long.MIN_VALUE);
    }

    /** What the file has of the time from which copying goes on. */
    private void remember() {
        long end = file.size();
        copiedAtMillis = 0;
        recent = new HashSet<>();
        for (long to = end; to > 0; ) {
            LedgerFile.Block block = file.before(to);
            List<L> lines = lines(block);
            if (copiedAtMillis == 0 && !lines.isEmpty()) {
                // A clock that was ahead for a while has left lines of the future.
                copiedAtMillis =
                        Math.min(newest(lines), Math.min(file.lastModifiedMillis(), System.currentTimeMillis()));
            }
            lines.stream()
                    .map(facts::id)
                    .filter(id -> millis(id) >= copiedAtMillis - OVERLAP_MILLIS)
                    .forEach(recent::add);
            if (!lines.isEmpty() && newest(lines) < copiedAtMillis - 2 * OVERLAP_MILLIS) {
                break;
            }
            to = block.from();
        }
    }

    private void copy() {
        long now = System.currentTimeMillis();
        long from = Math.min(copiedAtMillis, now) - OVERLAP_MILLIS;
        UUID after = from <= 0 ? BEGINNING : new UUID(from << MILLIS_SHIFT, 0);
        Set<UUID> lately = new HashSet<>();
        List<L> page;
        do {
            page = facts.after(after, PORTION);
            List<String> missing = page.stream()
                    .filter(line -> !recent.contains(facts.id(line)))
                    .map(line -> facts.id(line) + " " + facts.written(line))
                    .toList();
            if (!missing.isEmpty()) {
                file.append(missing);
            }
            for (L line : page) {
                after = facts.id(line);
                if (millis(after) >= now - OVERLAP_MILLIS) {
                    lately.add(after);
                }
            }
        } while (page.size() == PORTION);
        recent = lately;
        copiedAtMillis = now;
    }

    private static long millis(UUID id) {
        return id.getMostSignificantBits() >>> MILLIS_SHIFT;
    }
}
