package org.tidings.web.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AccountRecords;
import org.tidings.accounts.AccountState;
import org.tidings.accounts.AccountView;
import org.tidings.accounts.AddressChanges;
import org.tidings.accounts.ApiTokens;
import org.tidings.accounts.ApiTokens.Scope;
import org.tidings.accounts.AuditLog;
import org.tidings.accounts.ContactWishes;
import org.tidings.accounts.ErasureRequests.ErasureRequest;
import org.tidings.accounts.ErasureRequests.State;
import org.tidings.accounts.Registrations.PendingRegistration;
import org.tidings.accounts.Role;
import org.tidings.accounts.SessionView;
import org.tidings.accounts.Sessions;
import org.tidings.accounts.Staff;
import org.tidings.mail.DeliveryState;
import org.tidings.mail.Diagnostic;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.SkipReason;
import org.tidings.site.Languages;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.PageContext;
import org.tidings.web.pages.SentMail;
import org.tidings.web.pages.TestPages;

class AccountsPagesTest {

    private static final String HOSTILE = "<b>\"Ada'</b> \u202Emoc 🦊";
    private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-11-22T10:00:00Z");
    private static final AccountId ADA = new AccountId(new UUID(2, 2));
    private static final EmailAddress ADDRESS = EmailAddress.parse("ada.lovelace@example.org");

    /** A page with everything on it that it can show. */
    record Shown(String template, Map<String, Object> parameters, Role... roles) {
        @Override
        public String toString() {
            return template;
        }
    }

    static Stream<Shown> pages() {
        Form refused = Form.empty()
                .fill("address", "ada at example.org")
                .fill("name", HOSTILE)
                .reject("address", "site.address.character", "”<b>")
                .suggest("address", "ada@example.org")
                .reject("password", "accounts.password.rejected.too-short")
                .reject("", "accounts.too-many-tries", 3L);
        var offers = List.of(
                new RegisterResource.Offer("a", "The Village Herald", "I want the Village Herald by e-mail."),
                new RegisterResource.Offer("b", HOSTILE, "I want it by e-mail."));
        var pending = new PendingRegistration(ADDRESS, Locale.ENGLISH, true, Set.of(), Optional.empty());
        var invited = new PendingRegistration(
                ADDRESS, Locale.ENGLISH, false, Set.of(Role.EDITOR, Role.PRIVACY_OFFICER), Optional.empty());
        var invitedHolder =
                new PendingRegistration(ADDRESS, Locale.ENGLISH, false, Set.of(Role.EDITOR), Optional.of(ADA));
        var account = new AccountView(
                ADA,
                AccountState.DEACTIVATED,
                ADDRESS,
                HOSTILE,
                Locale.GERMAN,
                new ContactWishes(true, true, "+49 30 123456"),
                Optional.of(ZoneId.of("Asia/Tokyo")),
                Set.of(),
                NOW,
                Optional.of(NOW),
                Optional.of(NOW.plusDays(30)));
        var here =
                new SessionView(new UUID(1, 1), ADA, "Ada", Set.of(), Locale.ENGLISH, NOW, NOW, NOW, "Firefox, Linux");
        var there = new SessionView(new UUID(1, 2), ADA, "Ada", Set.of(), Locale.ENGLISH, NOW, NOW, NOW, "");
        var readings = List.of(new AccountRecords.Reading(NOW, "opened", HOSTILE));
        var token = new ApiTokens.TokenView(
                new UUID(3, 3), ADA, HOSTILE, Set.of(Scope.SUBSCRIBERS), NOW, NOW.plusDays(90), Optional.of(NOW));
        var member = new Staff.Member(ADA, HOSTILE, ADDRESS, Set.of(Role.ADMINISTRATOR, Role.EDITOR), NOW);
        var invitation = new Staff.Invitation(new UUID(4, 4), ADDRESS, Set.of(Role.PUBLISHER), NOW.plusDays(3));
        var entry = new AuditLog.AuditEntry(NOW, ADA, "invite-staff", "invitation", new UUID(4, 4), "EDITOR");
        return Stream.of(
                new Shown("accounts/register", Map.of("form", refused, "offers", offers)),
                new Shown(
                        "accounts/mail-sent",
                        Map.of("kind", "reset", "again", "/reset", "sender", "account@example.org")),
                new Shown(
                        "accounts/mail-sent",
                        Map.of(
                                "kind",
                                "register",
                                "again",
                                "/register",
                                "sender",
                                "account@example.org",
                                "mail",
                                new SentMail(
                                        "ad…@example.org",
                                        "/register",
                                        List.of(new SentMail.Field("newsletter", HOSTILE))))),
                new Shown("accounts/link-used", Map.of("deed", "account-opened")),
                new Shown("accounts/link-used", Map.of("deed", "address-restored")),
                new Shown("accounts/link-dead", Map.of("kind", "registration", "form", Form.empty())),
                new Shown("accounts/link-dead", Map.of("kind", "setup", "form", Form.empty())),
                new Shown("accounts/confirm", Map.of("token", "t", "pending", pending, "who", "holder")),
                new Shown("accounts/confirm", Map.of("token", "t", "pending", invited, "who", "holder")),
                new Shown("accounts/confirm", Map.of("token", "t", "pending", invitedHolder, "who", "holder")),
                new Shown("accounts/confirm", Map.of("token", "t", "pending", invitedHolder, "who", "nobody")),
                new Shown("accounts/confirm", Map.of("token", "t", "pending", invitedHolder, "who", "other")),
                new Shown("accounts/asked-too-often", Map.of("unit", "minutes", "wait", 1L)),
                new Shown("accounts/asked-too-often", Map.of("unit", "hours", "wait", 2L)),
                new Shown("accounts/open", Map.of("token", "t", "pending", pending, "form", refused)),
                new Shown("accounts/sign-in", Map.of("form", refused)),
                new Shown("accounts/sign-in-again", Map.of("form", refused, "address", "ada@example.org")),
                new Shown("accounts/reset", Map.of("form", refused)),
                new Shown("accounts/reset-choose", Map.of("form", refused, "token", "t", "address", "ada@example.org")),
                new Shown("accounts/reactivate", Map.of("form", refused)),
                new Shown(
                        "accounts/reactivate-password",
                        Map.of("form", refused, "token", "t", "address", "ada@example.org")),
                new Shown(
                        "accounts/address-link",
                        Map.of("kind", "undo", "action", "/address/undo/t", "address", ADDRESS.original())),
                new Shown("accounts/link-dead", Map.of("kind", "erasure")),
                new Shown("accounts/erasure-link", Map.of("token", "t", "asked", asked(State.WAITING))),
                new Shown("accounts/erasures", erasures(), Role.PRIVACY_OFFICER),
                new Shown("accounts/erasures", erasures(), Role.ADMINISTRATOR),
                new Shown("accounts/me", Map.of("account", account, "fragments", List.of())),
                new Shown(
                        "accounts/profile",
                        Map.of("form", refused, "languages", new LinkedHashMap<>(Map.of("de", "Deutsch")))),
                new Shown("accounts/address", Map.of("form", refused, "account", account, "waiting", List.of())),
                new Shown(
                        "accounts/address",
                        Map.of(
                                "form",
                                refused,
                                "account",
                                account,
                                "waiting",
                                List.of(new AddressChanges.Waiting(ADDRESS, NOW.plusDays(1))))),
                new Shown(
                        "accounts/password",
                        Map.of("form", refused, "address", "ada@example.org", "tokens", List.of(token))),
                new Shown(
                        "accounts/password",
                        Map.of("form", refused, "address", "ada@example.org", "tokens", List.of())),
                new Shown(
                        "accounts/sessions",
                        Map.of(
                                "sessions",
                                List.of(here, there),
                                "known",
                                List.of(
                                        new Sessions.Known("Firefox, Linux", NOW, NOW),
                                        new Sessions.Known("", NOW, NOW)),
                                "here",
                                here.id())),
                new Shown("accounts/data", Map.of("readings", readings)),
                new Shown("accounts/close", Map.of("form", Form.empty())),
                new Shown("accounts/goodbye", Map.of("how", "erased")),
                new Shown(
                        "accounts/export",
                        Map.of("data", Map.of("account", Map.of("name", HOSTILE, "sessions", List.of("one", 2))))),
                new Shown(
                        "accounts/tokens",
                        Map.of(
                                "form",
                                Form.empty().fill("days", "90"),
                                "created",
                                "tdg_" + "x".repeat(43),
                                "tokens",
                                List.of(token),
                                "scopes",
                                List.of(Scope.values())),
                        Role.EDITOR),
                new Shown("accounts/setup", Map.of("token", "t", "form", refused)),
                new Shown("accounts/start", Map.of("present", false), Role.ADMINISTRATOR),
                new Shown(
                        "accounts/people",
                        Map.of("form", refused, "members", List.of(member), "invitations", List.of(invitation)),
                        Role.ADMINISTRATOR),
                new Shown("accounts/person", Map.of("form", refused, "member", member), Role.ADMINISTRATOR),
                new Shown(
                        "accounts/records",
                        Map.of("form", Form.empty(), "found", Optional.of(List.of(account)), "most", 1),
                        Role.PRIVACY_OFFICER),
                new Shown(
                        "accounts/records",
                        Map.of("form", refused, "found", Optional.of(List.of()), "most", 1),
                        Role.PRIVACY_OFFICER),
                new Shown("accounts/record-reason", Map.of("form", refused, "id", "i"), Role.PRIVACY_OFFICER),
                new Shown("accounts/record-disclosure", Map.of("form", refused, "id", "i"), Role.PRIVACY_OFFICER),
                new Shown(
                        "accounts/record",
                        Map.of("form", refused, "account", account, "readings", readings, "mails", List.of()),
                        Role.PRIVACY_OFFICER),
                new Shown(
                        "accounts/record",
                        Map.of("form", refused, "account", account, "readings", readings, "mails", mails()),
                        Role.PRIVACY_OFFICER),
                new Shown(
                        "accounts/audit",
                        Map.of("entries", List.of(entry), "names", Map.of(ADA, HOSTILE)),
                        Role.ADMINISTRATOR));
    }

    private static ErasureRequest asked(State state) {
        return new ErasureRequest(
                new UUID(5, 5),
                ADA,
                new AccountId(new UUID(6, 6)),
                HOSTILE,
                NOW,
                NOW.plusDays(1),
                state,
                Optional.empty());
    }

    private static Map<String, Object> erasures() {
        return Map.of(
                "erasures",
                List.of(asked(State.UNCONFIRMED), asked(State.WORKS_HERE), asked(State.WAITING)),
                "accounts",
                Map.of(),
                "me",
                ADA);
    }

    private static final List<String> PURPOSES = List.of(
            "account-exists",
            "password-reset",
            "password-reset-deactivated",
            "password-changed",
            "address-change",
            "address-changed",
            "account-deactivated",
            "reactivation",
            "account-reactivated",
            "account-erased",
            "erasure-asked",
            "erasure-stopped",
            "staff-roles-changed",
            "staff-removed",
            "issue-test",
            "announcement-test",
            "announcement-approved",
            "announcement-sent-back",
            "announcement-unconfirmed",
            "announcement-waits");

    private static List<MailsToAccount.Line> mails() {
        List<MailsToAccount.Line> mails = new ArrayList<>();
        mails.add(new MailsToAccount.Line(
                "",
                HOSTILE,
                DeliveryState.DEFERRED,
                NOW,
                Optional.of(Diagnostic.of(HOSTILE)),
                Optional.empty(),
                Optional.of(NOW.plusHours(1))));
        for (SkipReason reason : SkipReason.values()) {
            mails.add(new MailsToAccount.Line(
                    "password-reset",
                    "",
                    DeliveryState.SKIPPED,
                    NOW,
                    Optional.empty(),
                    Optional.of(reason),
                    Optional.empty()));
        }
        PURPOSES.forEach(purpose -> mails.add(new MailsToAccount.Line(
                purpose,
                "",
                DeliveryState.HANDED_OVER,
                NOW,
                Optional.of(Diagnostic.of("250 OK")),
                Optional.empty(),
                Optional.empty())));
        return mails;
    }

    @ParameterizedTest
    @MethodSource("pages")
    void saysEverythingInEveryLanguageAndNothingAsMarkup(Shown shown) {
        for (Locale language : Languages.ALL) {
            PageContext page = shown.template().matches("accounts/(register|sign-in|setup|open)")
                    ? TestPages.anonymous(language)
                    : TestPages.signedIn(language, shown.roles());
            var document = TestPages.render(shown.template(), shown.parameters(), page);

            assertThat(document.select("h1")).hasSize(1);
            assertThat(document.title()).isNotBlank();
            assertThat(document.text()).doesNotContain("accounts.");
            assertThat(document.select("main b, main script")).isEmpty();
            assertThat(document.select("[id]").eachAttr("id")).doesNotHaveDuplicates();
            assertThat(document.select("input:not([type=hidden]), select, textarea"))
                    .allSatisfy(field -> assertThat(document.select("label[for=" + field.id() + "]"))
                            .hasSize(1));
            assertThat(document.select("input[type=password]"))
                    .allSatisfy(
                            field -> assertThat(field.attr("autocomplete")).isIn("current-password", "new-password"));
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void formsThatPostCarryTheHiddenField(Shown shown) {
        var document = TestPages.render(
                shown.template(), shown.parameters(), TestPages.signedIn(Locale.ENGLISH, shown.roles()));

        assertThat(document.select("form[method=post]"))
                .allSatisfy(form -> assertThat(form.select("input[name=_csrf]")).hasSize(1));
    }
}
