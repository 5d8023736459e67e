package org.tidings.site;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One rule for all fields (REP-04, REP-16, REP-22). */
class OddCharacterTest {

    @ParameterizedTest
    @CsvSource({
        "2028, SEPARATOR, U+2028 LINE SEPARATOR",
        "2029, SEPARATOR, U+2029 PARAGRAPH SEPARATOR",
        "0, CONTROL, U+0000 NULL",
        "8, CONTROL, U+0008 BACKSPACE",
        "1B, CONTROL, U+001B ESCAPE",
        "7F, CONTROL, U+007F DELETE",
        "85, CONTROL, U+0085 NEXT LINE (NEL)",
        "9F, CONTROL, U+009F APPLICATION PROGRAM COMMAND",
        "FFFE, NONCHARACTER, U+FFFE NONCHARACTER",
        "FFFF, NONCHARACTER, U+FFFF NONCHARACTER",
        "FDD0, NONCHARACTER, U+FDD0 NONCHARACTER",
        "1FFFE, NONCHARACTER, U+1FFFE NONCHARACTER",
        "10FFFF, NONCHARACTER, U+10FFFF NONCHARACTER",
        "FFFD, LOST, U+FFFD REPLACEMENT CHARACTER",
        "202E, DIRECTION, U+202E RIGHT-TO-LEFT OVERRIDE",
        "2067, DIRECTION, U+2067 RIGHT-TO-LEFT ISOLATE",
        "202B, DIRECTION, U+202B RIGHT-TO-LEFT EMBEDDING",
        "E0001, WITHDRAWN, U+E0001 LANGUAGE TAG"
    })
    void namesWhatItRefuses(String hex, OddCharacter.Kind kind, String name) {
        String text = "Head" + Character.toString(Integer.parseInt(hex, 16)) + "line";

        assertThat(OddCharacter.inText(text)).hasValueSatisfying(odd -> {
            assertThat(odd.kind()).isEqualTo(kind);
            assertThat(odd).hasToString(name + " at position 5");
        });
        assertThat(OddCharacter.inLine(text)).isEqualTo(OddCharacter.inText(text));
        assertThat(OddCharacter.inText(OddCharacter.without(text))).isEmpty();
    }

    @Test
    void refusesHalfOfAPair() {
        assertThat(OddCharacter.inText("😀\ud800x"))
                .hasValueSatisfying(odd -> assertThat(odd).hasToString("U+D800 SURROGATE at position 2"));
        assertThat(OddCharacter.inText("\udc00")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Müller & Söhne <b>",
                "no\u00a0break\u202fspaces\u2007\ufeff",
                "שלום עולם",
                "\u2067שלום\u2069 (1)",
                "\u202bשלום\u202c",
                "\u2068\u202bשלום\u2069",
                "\u200fמה?\u200e",
                "👩‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🇩🇪 ☃️",
                "Z\u0361\u0301\u0301\u0301\u0301a\u0301\u0301\u0301lgo",
                "\ue000 \udb80\udc00",
                "\u2069 ends what never began \u202c",
                "soft\u00adhyphen zero\u200bwidth"
            })
    void leavesEverythingElseAlone(String text) {
        assertThat(OddCharacter.inLine(text)).isEmpty();
        assertThat(OddCharacter.without(text)).isEqualTo(text);
    }

    @Test
    void linesAreRightInATextAlone() {
        assertThat(OddCharacter.inText("a\r\n\tb")).isEmpty();
        assertThat(OddCharacter.inLine("a\nb"))
                .hasValueSatisfying(odd -> assertThat(odd.kind()).isEqualTo(OddCharacter.Kind.SEPARATOR));
        assertThat(OddCharacter.inLine("a\tb"))
                .hasValueSatisfying(odd -> assertThat(odd.kind()).isEqualTo(OddCharacter.Kind.CONTROL));
    }

    @Test
    void closesOnItsLineWhatItOpened() {
        assertThat(OddCharacter.inText("one\n\u2067two\nthree\u2069")).hasValueSatisfying(odd -> {
            assertThat(odd.line()).isEqualTo(2);
            assertThat(odd.column()).isEqualTo(1);
            assertThat(odd.position()).isEqualTo(5);
        });
    }

    @Test
    void knowsWhatShowsNothing() {
        assertThat(OddCharacter.showsNothing("\u00a0\u200b\u3164 \u2060\ufeff")).isTrue();
        assertThat(OddCharacter.showsNothing("\u00a0a")).isFalse();
    }
}
