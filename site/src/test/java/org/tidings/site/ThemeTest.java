package org.tidings.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidings.site.Theme.Colour;

class ThemeTest {

    private record Pair(Colour text, Colour ground) {}

    private static final List<Pair> READ = List.of(
            new Pair(Colour.INK, Colour.PAPER),
            new Pair(Colour.INK, Colour.SURFACE),
            new Pair(Colour.INK, Colour.SUNKEN),
            new Pair(Colour.INK_SOFT, Colour.PAPER),
            new Pair(Colour.INK_SOFT, Colour.SURFACE),
            new Pair(Colour.INK_SOFT, Colour.SUNKEN),
            new Pair(Colour.ACCENT, Colour.PAPER),
            new Pair(Colour.ACCENT, Colour.SURFACE),
            new Pair(Colour.ACCENT, Colour.SUNKEN),
            new Pair(Colour.ACCENT_STRONG, Colour.ACCENT_WASH),
            new Pair(Colour.INK, Colour.ACCENT_WASH),
            new Pair(Colour.ON_ACCENT, Colour.ACCENT),
            new Pair(Colour.DONE, Colour.DONE_WASH),
            new Pair(Colour.WARNING, Colour.WARNING_WASH),
            new Pair(Colour.DANGER, Colour.DANGER_WASH),
            new Pair(Colour.DANGER, Colour.SURFACE));

    static Stream<String> themes() throws IOException, URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(Theme.class.getResource("themes/evergreen.properties"))
                        .toURI())
                .resolveSibling("");
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString().replace(".properties", "")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("themes")
    void canBeReadInLightAndDark(String name) {
        Theme theme = Theme.named(name);

        for (Pair pair : READ) {
            assertThat(contrast(theme::light, pair)).as("light %s", pair).isGreaterThanOrEqualTo(4.5);
            assertThat(contrast(theme::dark, pair)).as("dark %s", pair).isGreaterThanOrEqualTo(4.5);
        }
        // What only marks the edge of a field, or where the keyboard is: WCAG 2.2, 1.4.11.
        for (Pair pair : List.of(new Pair(Colour.LINE_STRONG, Colour.SURFACE), new Pair(Colour.FOCUS, Colour.PAPER))) {
            assertThat(contrast(theme::light, pair)).as("light %s", pair).isGreaterThanOrEqualTo(3);
            assertThat(contrast(theme::dark, pair)).as("dark %s", pair).isGreaterThanOrEqualTo(3);
        }
    }

    /** A theme is one file: who adds one adds its name to what the key says, and nothing else. */
    @ParameterizedTest
    @MethodSource("themes")
    void isOfferedToTheOperator(String name) {
        assertThat(Theme.KEY.meaning()).contains(name);
        assertThat(Theme.KEY.expected().words()).contains(name);
        assertThat(Theme.KEY.refuse("tidings.theme", name)).isEmpty();
    }

    @Test
    void isRefusedWhereThereIsNone() {
        assertThat(Theme.KEY.refuse("tidings.theme", "../themes/evergreen")).isPresent();
        assertThat(Theme.KEY.refuse("tidings.theme", "mauve"))
                .hasValueSatisfying(why -> assertThat(why).contains("tidings.theme", "mauve", "evergreen or harbour"));
        assertThatThrownBy(() -> Theme.named("mauve")).hasMessageContaining("no theme mauve");
    }

    private static double contrast(Function<Colour, String> scheme, Pair pair) {
        double text = luminance(scheme.apply(pair.text));
        double ground = luminance(scheme.apply(pair.ground));
        return (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05);
    }

    private static double luminance(String colour) {
        int rgb = Integer.parseInt(colour.substring(1), 16);
        return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
    }

    private static double linear(int channel) {
        double part = (channel & 0xFF) / 255.0;
        return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }
}
