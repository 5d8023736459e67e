package org.tidings.web.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AuditAction;
import org.tidings.accounts.AuditLog.AuditEntry;
import org.tidings.accounts.Role;
import org.tidings.site.Languages;
import org.tidings.web.pages.PageContext;
import org.tidings.web.pages.TestPages;

/** Holds the words of the audit log against what the modules record. */
class AuditWordsTest {

    @ParameterizedTest
    @MethodSource("actions")
    void everyActionIsSaidInWords(AuditAction action) {
        for (Locale language : Languages.ALL) {
            assertThat(AuditWords.action(TestPages.anonymous(language), entry(action.code(), "")))
                    .as("%s in %s", action, language)
                    .isNotEqualTo(action.code());
        }
    }

    static List<AuditAction> actions() {
        return new ClassFileImporter()
                .importPackages("org.tidings").stream()
                        .filter(type -> type.isEnum() && type.isAssignableTo(AuditAction.class))
                        .flatMap(type -> Arrays.stream(type.reflect().getEnumConstants()))
                        .map(AuditAction.class::cast)
                        .toList();
    }

    @Test
    void noTwoActionsHaveOneCode() {
        assertThat(actions())
                .extracting(AuditAction::code)
                .doesNotHaveDuplicates()
                .contains("send-issue", "remove-staff");
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
}
