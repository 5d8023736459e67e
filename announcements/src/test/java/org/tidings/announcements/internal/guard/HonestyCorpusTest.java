package org.tidings.announcements.internal.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidings.announcements.Slot;
import org.tidings.announcements.internal.ContentBuilder;
import org.tidings.site.Languages;

/**
 * The guard on texts, a line each after its language. Those in {@code guard/} it was tuned on and learns from; so it is also asked about
 * each tenth of them after it learned from the rest. Those of {@code honesty/} were written after that and are never tuned on; what
 * they gave at first sight stands in ADR 23.
 */
class HonestyCorpusTest {

    private static final double LEAST_CAUGHT = 0.85;
    private static final double MOST_FLAGGED = 0.10;
    private static final int PARTS = 10;
    private static final int FEWEST = 60;
    private static final int FEWEST_HELD_OUT = 25;

    private final HonestyLint lint = new HonestyLint(new Links(Set.of("example.org", "status.example.net")));

    @ParameterizedTest
    @MethodSource("languages")
    void catchesAdvertsAndLetsTheHonestPass_ANN03(String language) {
        List<String> adverts = in(Tone.lines("adverts"), language);
        List<String> honest = in(Tone.lines("honest"), language);
        assertThat(adverts).hasSizeGreaterThanOrEqualTo(FEWEST);
        assertThat(honest).hasSizeGreaterThanOrEqualTo(FEWEST);

        assertThat(share(adverts, this::flagged)).isGreaterThanOrEqualTo(LEAST_CAUGHT);
        assertThat(share(honest, this::flagged)).isLessThanOrEqualTo(MOST_FLAGGED);
    }

    @ParameterizedTest
    @MethodSource("languages")
    void doesSoWithTextsItWasNotTunedOn_ANN03(String language) {
        List<String> adverts = in(heldOut("adverts"), language);
        List<String> honest = in(heldOut("honest"), language);
        assertThat(adverts).hasSizeGreaterThanOrEqualTo(FEWEST_HELD_OUT);
        assertThat(honest).hasSizeGreaterThanOrEqualTo(FEWEST_HELD_OUT);

        assertThat(share(adverts, this::flagged)).isGreaterThanOrEqualTo(LEAST_CAUGHT);
        assertThat(share(honest, this::flagged)).isLessThanOrEqualTo(MOST_FLAGGED);
    }

    static List<String> languages() {
        return Languages.ALL.stream().map(Locale::getLanguage).toList();
    }

    /** Ten times: learns from nine tenths and is asked about the rest. */
    @ParameterizedTest
    @MethodSource("languages")
    void doesSoWithTheTenthItDidNotLearnFrom_ANN03(String language) {
        List<String> adverts = Tone.lines("adverts");
        List<String> honest = Tone.lines("honest");
        List<Boolean> caught = new ArrayList<>();
        List<Boolean> flagged = new ArrayList<>();
        for (int part = 0; part < PARTS; part++) {
            OfferScore score = new OfferScore(new Tone(rest(adverts, part), rest(honest, part)));
            Predicate<String> offers = text -> Sentences.in(text).stream()
                    .anyMatch(sentence -> score.of(sentence, false).offers());
            in(tenth(adverts, part), language).forEach(text -> caught.add(offers.test(text)));
            in(tenth(honest, part), language).forEach(text -> flagged.add(offers.test(text)));
        }

        assertThat(share(caught, Boolean::booleanValue)).isGreaterThanOrEqualTo(LEAST_CAUGHT);
        assertThat(share(flagged, Boolean::booleanValue)).isLessThanOrEqualTo(MOST_FLAGGED);
    }

    private static List<String> tenth(List<String> lines, int part) {
        return IntStream.range(0, lines.size())
                .filter(i -> i % PARTS == part)
                .mapToObj(lines::get)
                .toList();
    }

    private static List<String> rest(List<String> lines, int part) {
        return IntStream.range(0, lines.size())
                .filter(i -> i % PARTS != part)
                .mapToObj(lines::get)
                .toList();
    }

    private boolean flagged(String text) {
        return !lint.findings(
                        ContentBuilder.aMaintenance().with(Slot.WHAT, text).build())
                .isEmpty();
    }

    private static <T> double share(List<T> all, Predicate<T> which) {
        return (double) all.stream().filter(which).count() / all.size();
    }

    private static List<String> in(List<String> lines, String language) {
        String mark = language + ": ";
        return lines.stream()
                .filter(line -> line.startsWith(mark))
                .map(line -> line.substring(mark.length()))
                .toList();
    }

    private static List<String> heldOut(String name) {
        String path = "/honesty/" + name + "-held-out.txt";
        try (InputStream in = HonestyCorpusTest.class.getResourceAsStream(path)) {
            assertThat(in).as(path).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
