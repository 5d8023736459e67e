package org.tidings.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Issue 10: addresses as people paste them, and MBR-25. */
class PastedAddressTest {

    private static final String ADA = "ada.l@example.org";

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ada.l@example.org\t",
                "\u00A0ada.l@example.org\u202F",
                "\u200Bada.l@exa\u200Bmple.org\u200B",
                "\uFEFFada.l@example.org",
                "ada.l@exam\u00ADple.org\u00AD",
                "\u200Eada.l@example.org\u200F",
                "\u202Aada.l@example.org\u202C",
                "\u2068ada.l@example.org\u2069",
                "\u2060ada.l@example.org\u2060",
                "ada.l@example.org\r\n",
                "<ada.l@example.org>",
                "(ada.l@example.org)",
                "[ada.l@example.org]",
                "{ada.l@example.org}",
                "\"ada.l@example.org\"",
                "'ada.l@example.org'",
                "„ada.l@example.org“",
                "“ada.l@example.org”",
                "«\u00A0ada.l@example.org\u00A0»",
                "`ada.l@example.org`",
                "*ada.l@example.org*",
                "mailto:ada.l@example.org",
                "MAILTO:ada.l%40example.org?subject=Hello",
                "<mailto:ada.l@example.org>",
                "Ada Lovelace <ada.l@example.org>",
                "\"Lovelace, Ada\" <ada.l@example.org>;",
                "Ada (at home) <ada.l@example.org>",
                "ada.l@example.org (Ada Lovelace)",
                "[Ada](mailto:ada.l@example.org)",
                "[ada.l@example.org](mailto:ada.l@example.org)",
                "ada.l@example.org.",
                "ada.l@example.org,",
                "ada.l@example.org;",
                "(ada.l@example.org).",
                "<ada.l@example.org",
                "ada.l@example.org>",
                "ada.l\uFF20example.org",
                "ada.l@example\uFF0Eorg",
                "\uFF41da.l@example\u3002org",
                "ada.l @ example.org"
            })
    void takesOffWhatIsNotPartOfIt(String pasted) {
        assertThat(EmailAddress.pasted(pasted).original()).isEqualTo(ADA);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "o'brien@example.org",
                "'quoted@example.org",
                "{braces@example.org",
                "_under_@example.org",
                "a+tag@example.org",
                "\u4F8B@\u4F8B\u5B50.\u4E2D\u56FD",
                "j\u00F6rg@b\u00FCcher.example"
            })
    void leavesAloneWhatIs(String address) {
        assertThat(EmailAddress.pasted(address)).isEqualTo(EmailAddress.parse(address));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ada lovelace@example.org|20",
                "ada@example@org|40",
                "a(b)c@example.org|28",
                "ada@exam_ple.org|5F",
                "ada@example.org/x|2F",
                "ada,l@example.org|2C"
            })
    void namesTheCharacterThatCannotBeThere(String typed, String codePoint) {
        assertThatThrownBy(() -> EmailAddress.pasted(typed))
                .isInstanceOfSatisfying(
                        EmailAddressRejected.class,
                        e -> assertThat(e.character()).contains(Integer.parseInt(codePoint, 16)))
                .hasMessageNotContaining("ada");
    }

    @Test
    void programsSayItAsItIs() {
        assertThatThrownBy(() -> EmailAddress.parse("<ada@example.org>"))
                .isInstanceOfSatisfying(
                        EmailAddressRejected.class,
                        e -> assertThat(e.character()).contains((int) '<'));
    }

    @Test
    void ofTwoPeopleNoneIsMeant() {
        assertThatThrownBy(() -> EmailAddress.pasted("Ada <ada@example.org>, Bob <bob@example.org>"))
                .isInstanceOf(EmailAddressRejected.class);
    }

    @ParameterizedTest
    @CsvSource({
        "gmial.com,gmail.com",
        "gmal.com,gmail.com",
        "gmaill.com,gmail.com",
        "gamil.com,gmail.com",
        "gmail.con,gmail.com",
        "gmail.cmo,gmail.com",
        "gmail.cm,gmail.com",
        "gmail.vom,gmail.com",
        "gmail.cok,gmail.com",
        "gmial.con,gmail.com",
        "gmailcom,gmail.com",
        "gmail,gmail.com",
        "GMIAL.COM,gmail.com",
        "hotmial.com,hotmail.com",
        "hotmal.cmo,hotmail.com",
        "outlok.com,outlook.com",
        "yaho.com,yahoo.com",
        "iclod.com,icloud.com",
        "googelmail.com,googlemail.com",
        "t-onlien.de,t-online.de",
        "tonline.de,t-online.de",
        "freent.de,freenet.de",
        "web.ed,web.de",
        "wbe.de,web.de",
        "gxm.de,gmx.de",
        "gmx.ent,gmx.net",
        "example.con,example.com",
        "mail.con,mail.com"
    })
    void asksAboutSlipsOfTheFinger_MBR25(String typed, String meant) {
        assertThat(EmailAddress.likelyMeant("ada@" + typed))
                .hasValueSatisfying(address -> assertThat(address.original()).isEqualTo("ada@" + meant));
    }

    @Test
    void asksAboutTheKeyBesideTheFullStop_MBR25() {
        assertThat(EmailAddress.likelyMeant("ada@gmail,com"))
                .hasValueSatisfying(address -> assertThat(address.original()).isEqualTo("ada@gmail.com"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gmail.com",
                "googlemail.com",
                "gmx.de",
                "gmx.net",
                "gmx.at",
                "gmx.com",
                "gmail.co",
                "mail.com",
                "ymail.com",
                "email.com",
                "mail.de",
                "web.de",
                "we.de",
                "weg.de",
                "fmx.de",
                "hmail.com",
                "hotmail.es",
                "yahoo.com.br",
                "outlook.fr",
                "cloud.com",
                "online.de",
                "aol.de",
                "free.fr",
                "freemail.de",
                "fastmail.com",
                "live.de",
                "example.org",
                "b\u00FCcher.example",
                "firma.dev",
                "uni-koeln.de",
                "t-systems.com"
            })
    void asksNothingAboutDomainsOfTheirOwn_MBR25(String domain) {
        assertThat(EmailAddress.likelyMeant("ada@" + domain)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"vera@example.com,ve…@example.com", "al@example.com,a…@example.com", "x@example.com,x…@example.com"})
    void showsToWhomWithoutShowingAllOfIt(String address, String masked) {
        assertThat(EmailAddress.parse(address).masked()).isEqualTo(masked);
    }
}
