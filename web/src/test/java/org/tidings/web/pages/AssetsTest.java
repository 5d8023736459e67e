package org.tidings.web.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tidings.site.Theme;

class AssetsTest {
    private final Assets assets = new Assets(Theme.named("evergreen"));

    @Test
    void joinsTheStylesInTheirOrder() {
        var css = assets.text("site.css");
        assertThat(css).startsWith("@layer tokens {");
        assertThat(css.indexOf("/* Base"))
                .isLessThan(css.indexOf("/* Components"))
                .isPositive();
        assertThat(css).as("nothing from elsewhere").doesNotContain("http:", "https:", "@import", "url(");
    }

    @Test
    void opensNoBraceWithoutClosingIt() {
        var css = assets.text("site.css");
        assertThat(css.chars().filter(c -> c == '{').count())
                .isEqualTo(css.chars().filter(c -> c == '}').count());
    }

    @Test
    void usesOnlyTokensThatAreThere() {
        var css = assets.text("site.css");
        var used = Pattern.compile("var\\((--[a-z0-9-]+)").matcher(css);
        while (used.find()) {
            assertThat(css).contains(used.group(1) + ":");
        }
    }

    @Test
    void addressesAssetsByTheirContent() {
        assertThat(assets.url("site.css")).matches("/assets/[0-9a-f]{16}/site\\.css");
        assertThatThrownBy(() -> assets.url("../secret")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void packsTextOnly() {
        var css = assets.find("site.css").orElseThrow();
        var packed = java.util.Objects.requireNonNull(css.packed());
        assertThat(packed.length).isLessThan(css.bytes().length / 2);
        assertThat(new String(css.bytes(), StandardCharsets.UTF_8)).isNotBlank();
    }

    @Test
    void takesEveryColourFromTheTheme() {
        var theme = Theme.named("harbour");
        var harbour = new Assets(theme);

        for (var name : List.of("site.css", "copy.css", "icon.svg")) {
            var colours = Pattern.compile("#[0-9a-fA-F]{3,8}\\b")
                    .matcher(harbour.text(name))
                    .results()
                    .map(MatchResult::group)
                    // Masks and paper.
                    .filter(colour -> !colour.equals("#fff") && !colour.equals("#000"))
                    .toList();
            assertThat(colours)
                    .as(name)
                    .contains(theme.light(Theme.Colour.ACCENT))
                    .isSubsetOf(Arrays.stream(Theme.Colour.values())
                            .flatMap(colour -> Stream.of(theme.light(colour), theme.dark(colour)))
                            .toList());
        }
    }
}
