package org.tidings.web.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tidings.mail.DeliveryState;
import org.tidings.newsletter.Means;
import org.tidings.site.Languages;
import org.tidings.web.pages.TestPages;

/** The copy of what is stored, as a page to read (MBR-04, MBR-12). */
class CopyOfDataTest {
    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern KEY = Pattern.compile("\\.put\\(\\s*\"([a-zA-Z]+)\"");

    private static Map<String, Object> copy() {
        Map<String, Object> account = new LinkedHashMap<>();
        account.put("state", "ACTIVE");
        account.put("address", "ada@example.org");
        account.put("name", "<b>Ada</b>");
        account.put("language", "de");
        account.put("timeZone", "Asia/Tokyo");
        account.put("contactByEmail", true);
        account.put("openedAt", "2026-11-22T10:00:00.123456Z");
        account.put("staffRoles", List.of("PRIVACY_OFFICER", "EDITOR"));
        account.put("sessions", List.of(Map.of("client", "Firefox, Linux", "startedAt", "2026-11-22T10:00Z")));
        account.put(
                "apiTokens", List.of(Map.of("label", "nightly", "scopes", List.of("NEWSLETTERS_SEND", "ACCOUNTS"))));
        account.put("mails", List.of(Map.of("what", "password-changed", "state", "HANDED_OVER")));
        account.put(
                "erasureAskedFor",
                Map.of("state", "WORKS_HERE", "takesEffectAt", "2026-11-23T10:00:00Z", "reason", "Asked"));
        Map<String, Object> copy = new LinkedHashMap<>();
        copy.put("exportedAt", "2026-11-22T10:00:00.123456Z");
        copy.put("account", account);
        copy.put(
                "issues",
                Stream.of(DeliveryState.values())
                        .map(state ->
                                Map.of("issue", "Three things", "state", state.name(), "at", "2026-11-22T10:00:00Z"))
                        .toList());
        copy.put(
                "newsletters",
                Map.of(
                        "consents",
                        Stream.of(Means.values())
                                .map(means -> Map.of("act", "withdrawn", "means", means.name()))
                                .toList()));
        return copy;
    }

    @Test
    void isSaidInWordsWithoutCodesAndBareTimes_MBR12() {
        for (Locale language : Languages.ALL) {
            var page = TestPages.render("accounts/export", Map.of("data", copy()), TestPages.anonymous(language));

            assertThat(page.text())
                    .doesNotContainPattern("\\b[A-Z]{2,}_[A-Z_]+\\b")
                    .doesNotContainPattern("\\d{4}-\\d{2}-\\d{2}T")
                    .doesNotContain("accounts.", "newsletters.", "issues.", "true", "openedAt", "ACTIVE")
                    .contains("Firefox, Linux", "Three things", "<b>Ada</b>")
                    .contains(
                            switch (language.getLanguage()) {
                                case "de" -> List.of("Datenschutz, Redaktion", "22. November 2026, 11:00 MEZ");
                                case "fr" ->
                                    List.of("Protection des données, Rédaction", "22 novembre 2026, 11:00 CET");
                                default -> List.of("Privacy officer, Editor", "22 November 2026, 11:00 CET");
                            });
            assertThat(page.select("main b")).isEmpty();
            assertThat(page.select("head style").html()).as("its own look").contains("prefers-color-scheme: dark");
        }
    }

    /** Whoever adds something to the copy gives it a label in both languages. */
    @Test
    void everyKeyThatModulesGiveHasItsLabel_MBR12() throws IOException {
        Set<String> keys = new TreeSet<>();
        for (String module : List.of("accounts", "newsletter", "announcements")) {
            try (Stream<Path> files = Files.walk(PROJECT.resolve(module).resolve("src/main/java"))) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    String source = Files.readString(file);
                    if (source.contains("implements PersonalData")
                            || source.contains(", PersonalData {")
                            || file.endsWith("ReaderCopy.java")
                            || file.endsWith("ExportingData.java")) {
                        KEY.matcher(source).results().forEach(key -> keys.add(key.group(1)));
                    }
                }
            }
        }
        assertThat(keys)
                .as("keys; if this does not find them it checks nothing")
                .contains("openedAt", "consents", "issue", "announcement");
        for (Locale language : Languages.ALL) {
            var page = TestPages.anonymous(language);
            assertThat(keys).allSatisfy(key -> {
                String label = "accounts.copy.label."
                        + key.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
                assertThat(page.t(label)).as("%s in %s", key, language).isNotEqualTo(label);
            });
        }
    }
}
