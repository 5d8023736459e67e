package org.tidings.web.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AuditLog.AuditEntry;
import org.tidings.accounts.Role;
import org.tidings.web.pages.PageContext;
import org.tidings.web.pages.TestPages;

/** Holds the words of the audit log against what the modules record. */
class AuditWordsTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().endsWith("web") ? Path.of("..") : Path.of(".");
    private static final Pattern CALL = Pattern.compile("\\b(?:record|act)\\(");
    private static final Pattern ACTION = Pattern.compile("\"([a-z]+(?:-[a-z]+)+)\"");

    @Test
    void everyActionThatIsRecordedIsSaidInWords() throws IOException {
        Set<String> recorded = recorded();
        assertThat(recorded)
                .as("actions; if this does not find them it checks nothing")
                .hasSizeGreaterThan(50)
                .contains("activate-signing-key", "remove-staff", "publish-announcement-in-emergency", "send-issue");

        for (Locale language : List.of(Locale.ENGLISH, Locale.GERMAN)) {
            PageContext page = TestPages.anonymous(language);
            assertThat(recorded)
                    .allSatisfy(action -> assertThat(AuditWords.action(page, entry(action, "")))
                            .as("%s in %s", action, language)
                            .isNotEqualTo(action));
        }
    }

    @Test
    void saysCodesInTheReadersLanguage() {
        PageContext german = TestPages.anonymous(Locale.GERMAN);

        assertThat(AuditWords.detail(german, entry("change-roles", "EDITOR PRIVACY_OFFICER")))
                .isEqualTo("Redaktion, Datenschutz");
        assertThat(AuditWords.detail(german, entry("send-issue", "1200"))).isEqualTo("1.200 Personen");
        assertThat(AuditWords.detail(german, entry("search-accounts", "3 found")))
                .isEqualTo("3 gefunden");
        assertThat(AuditWords.detail(german, entry("stop-announcement", "rest not sent")))
                .isEqualTo("der Rest wurde nicht gesendet");
        assertThat(AuditWords.detail(german, entry("schedule-issue", "2026-11-24T08:00Z")))
                .startsWith("24. November 2026");
        assertThat(AuditWords.detail(german, entry("publish-announcement", "ab".repeat(32) + " recipients: 12")))
                .isEqualTo("abababababab… · Personen: 12");
        assertThat(AuditWords.detail(german, entry("lift-suppression", "HARD_BOUNCED: Ada rief an, NASA {0}")))
                .isEqualTo("Postfach gibt es nicht: Ada rief an, NASA {0}");
    }

    @Test
    void everyRoleHasItsWordInTheLog() {
        for (Role role : Role.values()) {
            assertThat(AuditWords.detail(TestPages.anonymous(Locale.GERMAN), entry("join-staff", role.name())))
                    .isNotEqualTo(role.name());
        }
    }

    @Test
    void thePageHasNoCodes() {
        var page = TestPages.render(
                "accounts/audit",
                Map.of("entries", List.of(entry("invite-staff", "EDITOR")), "names", Map.of()),
                TestPages.signedIn(Locale.GERMAN, Role.ADMINISTRATOR));

        assertThat(page.select("tbody").text())
                .contains("Jemanden zur Mitarbeit eingeladen", "Redaktion")
                .doesNotContain("invite-staff", "EDITOR");
    }

    private static AuditEntry entry(String action, String detail) {
        return new AuditEntry(
                OffsetDateTime.parse("2026-11-22T10:00:00Z"),
                new AccountId(new UUID(2, 2)),
                action,
                "issue",
                new UUID(1, 1),
                detail);
    }

    /** Of every call that records, the literals of the first two arguments. */
    private static Set<String> recorded() throws IOException {
        Set<String> found = new TreeSet<>();
        for (String module : List.of("mail", "accounts", "newsletter", "announcements", "web")) {
            try (var files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    String code = Files.readString(file);
                    if (code.contains("AuditLog")) {
                        Matcher call = CALL.matcher(code);
                        while (call.find()) {
                            List<String> arguments = arguments(code, call.end());
                            Matcher action = ACTION.matcher(
                                    String.join(",", arguments.subList(0, Math.min(2, arguments.size()))));
                            while (action.find()) {
                                found.add(action.group(1));
                            }
                        }
                    }
                }
            }
        }
        return found;
    }

    private static List<String> arguments(String code, int from) {
        List<String> arguments = new ArrayList<>();
        int depth = 0;
        int begin = from;
        for (int i = from; i < code.length() && depth >= 0; i++) {
            char c = code.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth < 0 || (depth == 0 && c == ',')) {
                arguments.add(code.substring(begin, i));
                begin = i + 1;
            }
        }
        return arguments;
    }
}
