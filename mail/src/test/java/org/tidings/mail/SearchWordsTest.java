package org.tidings.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** REP-25 */
class SearchWordsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x27@bücher.example",
                "X27@BÜCHER.example",
                "x27@bu\u0308cher.example",
                "x27@xn--bcher-kva.example",
                " \u00a0x27@bücher.example\u200b ",
                "<x27@bücher.example>",
                "Karl <x27@Bücher.example>",
                "mailto:x27@bücher.example",
                "(x27@bücher.example),"
            })
    void findsAnAddressByWhateverShowsIt(String typed) {
        assertThat(SearchWords.of(typed).patterns()).contains("%x27@xn--bcher-kva.example%", "%x27@bücher.example%");
    }

    @Test
    void knowsTheCapitalsOfWhatIsLookedForAlone() {
        SearchWords words = SearchWords.of("ÜBEL öl");

        assertThat(words.patterns().get(0)).isEqualTo("%übel öl%");
        assertThat(words.capitals()).isEqualTo("ÜÖ");
        assertThat(words.smalls()).isEqualTo("üö");
        List<Object> arguments = new ArrayList<>();
        assertThat(words.condition(List.of("name"), arguments))
                .startsWith("(lower(translate(name, ?, ?)) like ? escape '!'");
        assertThat(arguments).startsWith("ÜÖ", "üö", "%übel öl%");
    }

    @Test
    void asksAsciiForNothingMore() {
        List<Object> arguments = new ArrayList<>();

        assertThat(SearchWords.of("Ann_50%").condition(List.of("a", "b"), arguments))
                .isEqualTo("(lower(a) like ? escape '!' or lower(b) like ? escape '!')");
        assertThat(arguments).containsExactly("%ann!_50!%%", "%ann!_50!%%");
        assertThat(SearchWords.of(" \u200b").isEmpty()).isTrue();
    }
}
