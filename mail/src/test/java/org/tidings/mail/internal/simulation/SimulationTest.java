package org.tidings.mail.internal.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The engine's protocol in made-up worlds ({@link Simulation}): a thousand of them in each build.
 *
 * <pre>
 * mvn … -Dtest=SimulationTest -Dsimulation.seed=4711          one of them, with all that happened in it
 * mvn … -Dtest=SimulationTest -Dsimulation.seeds=1000000      many, from -Dsimulation.from=1
 * </pre>
 *
 * By hand: {@code benchmarks/simulate.sh}.
 */
class SimulationTest {

    private static final long SEEDS_IN_THE_BUILD = 1_000;
    private static final int LINES_SHOWN = 250;
    /** Each of the made faults has to be found in so many worlds. */
    private static final long SEEDS_TO_FIND_A_MUTANT = 600;

    private static final long SEEDS_TO_FIND_A_RARE_MUTANT = 10_000;

    private static AutoCloseable log = () -> {};

    @BeforeAll
    static void listen() {
        log = Mishap.listening();
    }

    @AfterAll
    static void stopListening() throws Exception {
        log.close();
    }

    @Test
    void nothingIsLostAndNothingGoesOutTwiceWhateverHappens() {
        OptionalLong one = number("simulation.seed");
        if (one.isPresent()) {
            say(run(one.getAsLong(), one.getAsLong() + 1, Mutation.NONE, Integer.MAX_VALUE));
        } else {
            long from = number("simulation.from").orElse(1);
            say(run(from, from + number("simulation.seeds").orElse(SEEDS_IN_THE_BUILD), Mutation.NONE, LINES_SHOWN));
        }
    }

    /** Else a seed would be worth nothing. */
    @Test
    void theSameSeedDoesTheSame() {
        try (Storage first = new Storage();
                Storage second = new Storage()) {
            for (long seed = 1; seed <= 10; seed++) {
                World.Run once = Simulation.run(seed, first, Mutation.NONE, Integer.MAX_VALUE);
                // Not the first world in its storage any more, and not the same storage.
                World.Run again = Simulation.run(seed, second, Mutation.NONE, Integer.MAX_VALUE);
                World.Run onceMore = Simulation.run(seed, first, Mutation.NONE, 0);

                assertThat(again.trace().lastLines()).isEqualTo(once.trace().lastLines());
                assertThat(onceMore.trace().hash()).isEqualTo(once.trace().hash());
            }
        }
    }

    /** A simulator that finds nothing may be one that cannot. */
    @ParameterizedTest
    @MethodSource("common")
    void findsAnEngineThat(Mutation mutation) {
        assertThat(run(1, SEEDS_TO_FIND_A_MUTANT, mutation, 0))
                .as(mutation.name())
                .isPresent();
    }

    static Stream<Mutation> common() {
        return Stream.of(Mutation.values()).filter(one -> one != Mutation.NONE && !one.rare);
    }

    /** By hand: {@code benchmarks/simulate.sh mutants}. */
    @ParameterizedTest
    @EnabledIfSystemProperty(named = "simulation.rare", matches = "true")
    @MethodSource("rare")
    void findsAnEngineThatSeldom(Mutation mutation) {
        assertThat(run(1, SEEDS_TO_FIND_A_RARE_MUTANT, mutation, 0))
                .as(mutation.name())
                .isPresent();
    }

    static Stream<Mutation> rare() {
        return Stream.of(Mutation.values()).filter(one -> one.rare);
    }

    private static OptionalLong number(String property) {
        String value = System.getProperty(property, "");
        return value.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(value));
    }

    /** Runs worlds on all processors until one goes wrong. */
    private static Optional<World.Run> run(long from, long to, Mutation mutation, int lines) {
        AtomicLong next = new AtomicLong(from);
        AtomicBoolean found = new AtomicBoolean();
        int workers = (int) Math.min(Runtime.getRuntime().availableProcessors(), to - from);
        ExecutorService threads = Executors.newFixedThreadPool(workers);
        try {
            List<Future<Optional<World.Run>>> all = new ArrayList<>();
            LongStream.range(0, workers)
                    .forEach(i -> all.add(threads.submit(() -> runSome(next, to, found, mutation, lines))));
            List<World.Run> wrong = new ArrayList<>();
            for (Future<Optional<World.Run>> some : all) {
                some.get().ifPresent(wrong::add);
            }
            return wrong.stream().findFirst();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Optional<World.Run> runSome(
            AtomicLong next, long to, AtomicBoolean found, Mutation mutation, int lines) {
        try (Storage storage = new Storage()) {
            for (long seed = next.getAndIncrement(); seed < to && !found.get(); seed = next.getAndIncrement()) {
                World.Run run = Simulation.run(seed, storage, mutation, lines);
                if (run.wrong() != null) {
                    found.set(true);
                    return Optional.of(run);
                }
            }
            return Optional.empty();
        }
    }

    private static void say(Optional<World.Run> wrong) {
        wrong.ifPresent(run -> fail(
                "seed " + run.seed() + ": " + run.wrong() + "\nagain by -Dsimulation.seed=" + run.seed() + "\n"
                        + String.join("\n", run.trace().lastLines()),
                run.wrong()));
    }
}
