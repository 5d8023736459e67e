package org.tidings.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** REV-M2: a name is no place for a stranger's advert. */
class PersonNamesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Ada",
                "J.R.R. Tolkien",
                "J.R.R.Tolkien",
                "J. R. R. Tolkien",
                "St. John",
                "St.John Smythe",
                "Dr.Weiß",
                "Ph.D. Ada Lovelace",
                "Ada Lovelace, M.D.",
                "Dipl.-Ing. Müller",
                "Sammy Davis Jr.",
                "Jean-Luc d'Arc",
                "O'Brien \"Bob\" <b>",
                "Version 2.0",
                "محمد بن سلمان",
                "نام‌خانوادگی",
                "בנימין נתניהו",
                "Ada 👩‍👩‍👧 🏳️‍🌈",
                "Łukasz Żółć",
                "王小明",
                "Mary: the second",
                "A/B",
            })
    void keepsRealNames_REVM2(String name) {
        assertThat(PersonNames.flaw(name)).as(name).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "You won! Open http://evil.example/prize now",
                "You won! Open HTTPS://EVIL.EXAMPLE",
                "see www.evil.example",
                "WWW.evil",
                "evil.example",
                "Go to evil.example/prize",
                "Go to evil.co.uk, now",
                "x.com",
                "X.Com",
                "t.co/abc",
                "Dr.com",
                "St.John/prize",
                "ann@evil.example",
                "mailto:ann",
                "evil\u200B.example",
                "evil\u3002example",
                "ｅｖｉｌ．ｅｘａｍｐｌｅ",
                "пример.рф",
                "xn--e1afmkfd.xn--p1ai",
                "192.0.2.7",
                "javascript:alert(1)",
                "(evil.example)",
            })
    void refusesWhatMailProgramsMakeLinksOf_REVM2(String name) {
        assertThat(PersonNames.flaw(name)).as(name).contains(PersonNames.Flaw.LINK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u202Eada", "a\u2066da", "ada\u200F", "ada\u061C", "\u200Eada", "a\u2069"})
    void refusesWhatTurnsTheDirection_REVM2(String name) {
        assertThat(PersonNames.flaw(name)).contains(PersonNames.Flaw.DIRECTION);
    }
}
