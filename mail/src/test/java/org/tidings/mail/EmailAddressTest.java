package org.tidings.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidings.mail.EmailAddressRejected.Reason;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class EmailAddressTest {

    @ParameterizedTest
    @CsvSource({
        "Ada@Example.COM, ada@example.com",
        "'  ada@example.com ', ada@example.com",
        "ada+news@example.com, ada+news@example.com",
        "grüße@bücher.example, grüße@xn--bcher-kva.example",
        "a@faß.example, a@xn--fa-hia.example",
        "o'hara@example.co.uk, o'hara@example.co.uk"
    })
    void foldsToOneCanonicalForm_SEC10(String typed, String canonical) {
        assertThat(EmailAddress.parse(typed).canonical()).isEqualTo(canonical);
    }

    @Test
    void keepsTheOriginalForDelivery_SEC10() {
        assertThat(EmailAddress.parse(" Ada.Lovelace@Example.com").original()).isEqualTo("Ada.Lovelace@Example.com");
    }

    @Test
    void composedAndDecomposedAreOneAddress_SEC10() {
        assertThat(EmailAddress.parse("jose\u0301@example.com").canonical())
                .isEqualTo(EmailAddress.parse("jos\u00e9@example.com").canonical());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@example.com\r\nBcc: b@example.com",
                "a\u0000@example.com",
                "a\n@example.com",
                "a@exam\tple.com"
            })
    void refusesControlCharacters_SEC11(String typed) {
        assertThat(rejected(typed)).isEqualTo(Reason.CONTROL_CHARACTER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"a b\"@example.com",
                "a(comment)@example.com",
                "Ada <ada@example.com>",
                "a@b@example.com",
                "plain",
                "@example.com",
                "a@",
                ".a@example.com",
                "a..b@example.com",
                "a b@example.com",
                "group: a@example.com;",
                "a\u202e@example.com",
                "j\ufffdrg@example.com",
                "a\ufffe@example.com",
                "a\u2028b@example.com",
                "a\ud800@example.com"
            })
    void refusesWhatIsNoPlainMailbox_SEC11(String typed) {
        assertThat(rejected(typed)).isIn(Reason.SYNTAX, Reason.DOMAIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@localhost", "a@-b.example", "a@b_c.example", "a@example.", "a@xn--0.example"})
    void refusesImpossibleDomains(String typed) {
        assertThat(rejected(typed)).isIn(Reason.DOMAIN, Reason.SYNTAX);
    }

    @Test
    void refusesOverlongAddressesAndLocalParts_SEC11() {
        assertThat(rejected("a".repeat(65) + "@example.com")).isEqualTo(Reason.TOO_LONG);
        assertThat(rejected("a@" + "b".repeat(60) + ("." + "b".repeat(60)).repeat(4) + ".example"))
                .isEqualTo(Reason.TOO_LONG);
        assertThat(rejected("  ")).isEqualTo(Reason.EMPTY);
    }

    @Test
    void neverShowsTheAddressInLogs_SEC66() {
        assertThat(EmailAddress.parse("ada@example.com").toString()).doesNotContain("ada");
    }

    @Test
    void agreesWithIsemailOnWhatToAccept() throws Exception {
        Path cases = Path.of("../../shared/testdata/addresses/isemail-tests.xml");
        assumeTrue(Files.exists(cases), "SKIPPED: shared/testdata is not beside this checkout");
        NodeList tests = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(cases.toFile())
                .getElementsByTagName("test");
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < tests.getLength(); i++) {
            Element test = (Element) tests.item(i);
            String address = text(test, "address")
                    .codePoints()
                    .collect(
                            StringBuilder::new,
                            (out, c) -> out.appendCodePoint(c >= 0x2400 && c < 0x2421 ? c - 0x2400 : c),
                            StringBuilder::append)
                    .toString();
            String category = text(test, "category");
            boolean refusedOnPurpose = address.contains("[")
                    || address.contains("\"")
                    || !address.contains(".")
                    || !address.equals(address.strip());
            boolean expected =
                    (category.contains("VALID") || category.contains("RFC5321") || category.contains("DNSWARN"))
                            && !refusedOnPurpose;
            boolean blankAround =
                    !address.equals(address.strip()) && address.chars().noneMatch(c -> c < ' ');
            if (!blankAround && expected != accepts(address)) {
                wrong.add(category + " " + text(test, "diagnosis") + " " + address);
            }
        }
        assertThat(tests.getLength()).isGreaterThan(100);
        assertThat(wrong).isEmpty();
    }

    private static boolean accepts(String typed) {
        try {
            EmailAddress.parse(typed);
            return true;
        } catch (EmailAddressRejected e) {
            return false;
        }
    }

    private static String text(Element parent, String tag) {
        NodeList found = parent.getElementsByTagName(tag);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent();
    }

    private static Reason rejected(String typed) {
        return catchThrowableOfType(EmailAddressRejected.class, () -> EmailAddress.parse(typed))
                .reason();
    }
}
