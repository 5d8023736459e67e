package org.tidings.web.links;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** REP-12, MBR-08: what mail programs make of links. {@code T} stands for a token. */
class MailLinksTest {

    private static final String TOKEN = "AZrj9dQ2cXm_wA-7ZbKk3Qp1sVtYu0LhEoRn4GfXyTc";

    private static String whole(String pattern) {
        return pattern.replace("TOKEN", TOKEN)
                .replace("TOK", TOKEN.substring(0, 20))
                .replace("EN", TOKEN.substring(20));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/u/TOKEN.",
                "/u/TOKEN)",
                "/u/TOKEN%3E",
                "/u/TOKEN,",
                "/u/TOKEN;",
                "/u/TOKEN%22",
                "/u/TOKEN'",
                "/u/TOKEN%E2%80%9D",
                "/u/TOKEN%C2%BB",
                "/u/TOKEN*",
                "/u/TOKEN]",
                "/u/TOKEN/",
                "/u/TOKEN//",
                "/u//TOKEN",
                "//u/TOKEN",
                "/U/TOKEN",
                "/u/TOK=%0D%0AEN",
                "/u/TOK%3D%0D%0AEN",
                "/u/TOK=EN",
                "/u/TOK%20EN",
                "/u/TOK%0AEN",
                "/u/TOKEN=",
                "/u/TOKEN%3D%0D%0A",
                "/u/%3DTOKEN",
                "/u/TOK%E2%80%8BEN",
                "/u/TOK%C2%ADEN",
                "/u/TOKEN&utm_source=mail",
                "/u/TOKEN&amp;utm_source=mail",
                "/u/TOKEN%26amp%3Butm_source%3Dmail",
                "/u/TOKEN%3Futm_source%3Dmail",
                "/u/TOKEN%23top",
                "/u/TOKENUnsubscribe",
                "/u/%20TOKEN",
                "/u/(TOKEN)",
                "/u/%3CTOKEN%3E",
                "/u/TOKEN%3C/a%3E",
                "/u/https%3A%2F%2Fsite.example%2Fu%2FTOKEN",
                "/url%3Fq=https://site.example/u/TOKEN&sa=D",
            })
    void bringsBackWhatCanBe_REP12(String damaged) {
        assertThat(MailLinks.mended(whole(damaged), null)).as(damaged).contains("/u/" + TOKEN);
    }

    @Test
    void bringsBackSignsThatWereEncoded_REP12() {
        String encoded = TOKEN.replace("-", "%2D").replace("_", "%5F");

        assertThat(MailLinks.mended("/u/" + encoded, null)).contains("/u/" + TOKEN);
        assertThat(MailLinks.mended("/u/" + encoded.replace("%", "%25"), null)).contains("/u/" + TOKEN);
        assertThat(MailLinks.mended("/u/" + TOKEN.replace("-", "=2D").replace("_", "=5f"), null))
                .contains("/u/" + TOKEN);
        assertThat(MailLinks.mended("/u/" + TOKEN.replace("-", "%E2%80%90"), null))
                .contains("/u/" + TOKEN);
    }

    @Test
    void takesALinkOutOfAnother_REP12() {
        String query =
                "url=https%3A%2F%2Fsite.example%2Fpreferences%2F" + TOKEN + "&data=05%7C02%7C&sdata=abc%3D&reserved=0";

        assertThat(MailLinks.mended("/", query)).contains("/preferences/" + TOKEN);
        assertThat(MailLinks.mended("/u/" + TOKEN, "from=https%3A%2F%2Fsite.example%2Fu%2F" + TOKEN.replace('A', 'B')))
                .as("its own token comes first")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/u/TOKEN",
                "/preferences/TOKEN",
                "/subscribe/confirm/TOKEN",
                "/confirm/TOKEN",
                "/confirm/TOKEN/account",
                "/reset/TOKEN",
                "/reactivate/TOKEN",
                "/address/TOKEN",
                "/address/undo/TOKEN",
                "/setup/TOKEN",
                "/manage/link/TOKEN",
                "/manage/link/TOKEN/erase",
                "/u/short",
                "/reset",
                "/reset/",
                "/reset/sent",
                "/reactivate/sent",
                "/manage",
                "/manage/sent",
                "/manage/erased",
                "/",
                "/unknown",
                "/newsletters/u",
                "/sign-in"
            })
    void leavesAloneWhatIsWhole_REP12(String path) {
        assertThat(MailLinks.mended(whole(path), null)).isEmpty();
        assertThat(MailLinks.mended(whole(path), "utm_source=mail&fbclid=abc&to=%2Fme"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/u/",
                "/preferences/",
                "/subscribe/confirm/",
                "/confirm/",
                "/reset/",
                "/reactivate/",
                "/address/",
                "/address/undo/",
                "/setup/",
                "/erasure/",
                "/manage/link/"
            })
    void isTheSameForEveryKindOfLink_REP12(String prefix) {
        assertThat(MailLinks.mended(prefix + TOKEN + ".", null)).contains(prefix + TOKEN);
        assertThat(MailLinks.mended(prefix + TOKEN.substring(0, 38) + ")", null))
                .as("cut and more")
                .contains(prefix + TOKEN.substring(0, 38));
        assertThat(MailLinks.mended(prefix.toUpperCase(java.util.Locale.ROOT) + TOKEN, "utm_source=x&lang=de"))
                .contains(prefix + TOKEN + "?lang=de");
    }

    @Test
    void aLinkWithoutATokenIsDamaged_REP12() {
        assertThat(MailLinks.mended("/u", null)).contains("/u/-");
        assertThat(MailLinks.mended("/u/", null)).contains("/u/-");
        assertThat(MailLinks.mended("/preferences/%3E", null)).contains("/preferences/-");
        assertThat(MailLinks.mended("/confirm", null)).contains("/confirm/-");
        assertThat(MailLinks.mended("/u/-", null)).isEmpty();
    }

    @Test
    void survivesWhateverComes() {
        for (String path :
                List.of("/u/%", "/u/%zz", "/u/%E4", "/u/%00", "/u/" + "%25".repeat(500), "/u/" + "x".repeat(9_000))) {
            MailLinks.mended(path, "a=%&b=%zz");
        }
    }

    @Test
    void knowsEveryLinkWithAToken() {
        var prefixes = MailLinks.FAMILIES.stream().map(MailLinks.Family::prefix).toList();
        var withToken = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.tidings.web").stream()
                        .filter(type -> type.isAnnotatedWith(Path.class))
                        .flatMap(type -> type.getMethods().stream()
                                .filter(method -> method.isAnnotatedWith(jakarta.ws.rs.GET.class))
                                .map(method ->
                                        type.getAnnotationOfType(Path.class).value()
                                                + (method.isAnnotatedWith(Path.class)
                                                        ? "/"
                                                                + method.getAnnotationOfType(Path.class)
                                                                        .value()
                                                        : "")))
                        .map(path -> path.replaceAll("/{2,}", "/"))
                        .filter(path -> path.contains("{token"))
                        .map(path -> path.substring(0, path.indexOf("{token")))
                        .distinct()
                        .toList();

        assertThat(withToken)
                .as("links that nobody mends: name them in MailLinks.FAMILIES")
                .isNotEmpty()
                .allSatisfy(prefix -> assertThat(prefixes).contains(prefix));
    }
}
