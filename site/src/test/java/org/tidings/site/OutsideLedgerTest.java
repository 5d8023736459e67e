package org.tidings.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class OutsideLedgerTest {

    private static final long NOW = System.currentTimeMillis();

    @TempDir
    private Path folder;

    private final Database database = new Database();
    private long counter;

    private record Fact(UUID id, String who) {}

    /** Rows, and what was asked of them. */
    private static final class Database implements OutsideLedger.Facts<Fact> {
        private static final Comparator<UUID> UNSIGNED = (a, b) -> {
            int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
            return high != 0 ? high : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
        };

        private TreeMap<UUID, Fact> rows = new TreeMap<>(UNSIGNED);
        private final List<Fact> repeated = new ArrayList<>();
        private long asked;
        private int failAfter = Integer.MAX_VALUE;

        @Override
        public UUID id(Fact fact) {
            return fact.id();
        }

        @Override
        public String written(Fact fact) {
            return fact.who() + " left";
        }

        @Override
        public Optional<Fact> read(UUID id, String written) {
            String[] fields = written.split(" ", -1);
            return fields.length == 2 && fields[1].equals("left")
                    ? Optional.of(new Fact(id, fields[0]))
                    : Optional.empty();
        }

        @Override
        public Set<UUID> known(Set<UUID> ids) {
            asked += ids.size();
            Set<UUID> known = new HashSet<>(ids);
            known.retainAll(rows.keySet());
            return known;
        }

        @Override
        public List<Fact> after(UUID id, int limit) {
            return rows.tailMap(id, false).values().stream().limit(limit).toList();
        }

        @Override
        public void repeat(List<Fact> lacking) {
            if (repeated.size() >= failAfter) {
                throw new IllegalStateException("the process was killed");
            }
            repeated.addAll(lacking);
            lacking.forEach(fact -> rows.put(fact.id(), fact));
        }
    }

    /** Recorded so long ago. */
    private Fact recorded(String who, Duration ago) {
        Fact fact = new Fact(idOf(NOW - ago.toMillis()), who);
        database.rows.put(fact.id(), fact);
        return fact;
    }

    private UUID idOf(long millis) {
        return new UUID(millis << 16 | 0x7000, Long.MIN_VALUE | ++counter);
    }

    private OutsideLedger<Fact> started() {
        return new OutsideLedger<>(folder.resolve("left.txt"), "ledger of who left", database);
    }

    private List<String> lines() throws IOException {
        return Files.readString(folder.resolve("left.txt"))
                .lines()
                .filter(line -> !line.isEmpty())
                .toList();
    }

    @Test
    void copiesEachFactOnce() throws IOException {
        Fact old = recorded("ann", Duration.ofDays(900));
        OutsideLedger<Fact> ledger = started();
        ledger.repeatAndCopy(1);
        Fact fresh = recorded("bob", Duration.ZERO);

        ledger.repeatAndCopy(1);
        ledger.repeatAndCopy(1);
        started().repeatAndCopy(1);

        assertThat(lines()).containsExactly(old.id() + " ann left", fresh.id() + " bob left");
        assertThat(database.repeated).isEmpty();
    }

    /** A transaction that began before the last copy and ended after it. */
    @Test
    void copiesWhatWasCommittedLate() throws IOException {
        OutsideLedger<Fact> ledger = started();
        recorded("bob", Duration.ZERO);
        ledger.repeatAndCopy(1);
        recorded("ann", Duration.ofMinutes(10));

        ledger.repeatAndCopy(1);

        assertThat(lines()).hasSize(2);
    }

    /** Or the database's clock, or another node's. */
    @Test
    void copiesOnAfterAClockWasAheadForAWhile() throws IOException {
        recorded("ahead", Duration.ofDays(-1));
        started().repeatAndCopy(1);
        recorded("ann", Duration.ZERO);

        started().repeatAndCopy(1);

        assertThat(lines()).hasSize(2);
    }

    @Test
    void repeatsWhatADatabaseLacksThatWasPutBack() throws IOException {
        recorded("ann", Duration.ofDays(3));
        recorded("bob", Duration.ofDays(2));
        started().repeatAndCopy(1);
        var backup = new TreeMap<>(database.rows);
        Fact one = recorded("eve", Duration.ofDays(1));
        Fact other = recorded("kim", Duration.ZERO);
        started().repeatAndCopy(1);
        database.rows = backup;

        assertThat(started().repeatAndCopy(2)).isEqualTo(2);

        assertThat(database.repeated).containsExactly(one, other);
        assertThat(started().repeatAndCopy(2)).as("once").isZero();
        assertThat(lines()).hasSize(4);
    }

    /** A standby took over under a running process. */
    @Test
    void repeatsWhenTheDatabaseBecameAnotherOne() {
        OutsideLedger<Fact> ledger = started();
        ledger.repeatAndCopy(1);
        var standby = new TreeMap<>(database.rows);
        recorded("eve", Duration.ZERO);
        ledger.repeatAndCopy(1);
        database.rows = standby;
        assertThat(ledger.repeatAndCopy(1)).as("nobody has noticed").isZero();

        assertThat(ledger.repeatAndCopy(2)).isEqualTo(1);
    }

    @Test
    void aCrashWhileRepeatingIsRepeated() {
        for (int i = 0; i < 5_000; i++) {
            recorded("reader" + i, Duration.ofSeconds(5_000 - i));
        }
        started().repeatAndCopy(1);
        var all = new TreeMap<>(database.rows);
        database.rows.clear();
        database.failAfter = 1_500;
        assertThatThrownBy(() -> started().repeatAndCopy(2)).hasMessage("the process was killed");
        assertThat(database.rows).hasSizeGreaterThan(1_000).hasSizeLessThan(4_000);
        database.failAfter = Integer.MAX_VALUE;

        started().repeatAndCopy(2);

        assertThat(database.rows).isEqualTo(all);
    }

    @Test
    void aLineThatWasCutOffSpoilsOnlyItself() throws IOException {
        Fact first = recorded("ann", Duration.ofMinutes(2));
        started().repeatAndCopy(1);
        Files.writeString(
                folder.resolve("left.txt"), "\n" + idOf(NOW).toString().substring(0, 20), StandardOpenOption.APPEND);
        Fact second = recorded("bob", Duration.ZERO);
        started().repeatAndCopy(1);
        database.rows.clear();

        started().repeatAndCopy(2);

        assertThat(database.repeated).containsExactly(first, second);
    }

    /** A million of them must not make a start slow: they are 58 MB here. */
    @Test
    @Timeout(60)
    void looksNoFurtherThanItMust() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 1_000_000; i++) {
            Fact fact = recorded("reader" + i % 10, Duration.ofSeconds(1_000_000 - i));
            text.append('\n').append(fact.id()).append(' ').append(fact.who()).append(" left");
        }
        Files.writeString(folder.resolve("left.txt"), text, StandardCharsets.US_ASCII);
        List<Fact> newest =
                database.rows.descendingMap().values().stream().limit(10_000).toList();
        newest.forEach(fact -> database.rows.remove(fact.id()));

        assertThat(started().repeatAndCopy(2)).isEqualTo(10_000);

        assertThat(database.repeated).hasSize(10_000);
        assertThat(database.asked).as("ids asked for").isLessThan(40_000);
    }

    @Test
    void saysWhichFileItCannotUse() throws IOException {
        Path notAFile = Files.createDirectories(folder.resolve("left.txt"));
        recorded("ann", Duration.ZERO);

        assertThatThrownBy(() -> started().repeatAndCopy(1))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("The ledger of who left cannot be")
                .hasMessageContaining(notAFile.toString());
    }
}
