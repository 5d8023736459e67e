package org.tidings.accounts.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidings.accounts.PasswordRejected;
import org.tidings.accounts.PasswordRejected.Reason;
import org.tidings.accounts.SignInRefused;
import org.tidings.mail.EmailAddress;
import org.tidings.site.Site;

@SuppressWarnings("UnnecessaryAssignment") // there is no container here
class PasswordRulesTest {

    private final CommonPasswords common = new CommonPasswords();
    private final Argon2 argon2 = new Argon2();

    PasswordRulesTest() {
        common.site = new Site("https://tidings.example", "Village Herald");
    }

    @Test
    void wantsFifteenToHundredTwentyEightCodePoints() {
        assertThatThrownBy(() -> PlainPassword.chosen("a".repeat(14)))
                .isInstanceOfSatisfying(
                        PasswordRejected.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_SHORT));
        assertThat(PlainPassword.chosen("🦊".repeat(15)).value()).hasSize(30);
        assertThat(PlainPassword.chosen("x".repeat(128)).value()).hasSize(128);
        assertThatThrownBy(() -> PlainPassword.chosen("x".repeat(129)))
                .isInstanceOfSatisfying(
                        PasswordRejected.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LONG));
        assertThatThrownBy(() -> PlainPassword.presented("x".repeat(1_000_000))).isInstanceOf(SignInRefused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "passwordpassword",
                "PasswordPassword",
                "qwertyuiop123456",
                "aaaaaaaaaaaaaaaa",
                "abcabcabcabcabcabc",
                "abcdefghijklmnop",
                "zyxwvutsrqponmlk",
                "123456789012345",
                "correct horse battery staple",
                "iloveyouforever",
            })
    void refusesCommonOnes(String typed) {
        assertThat(reasonFor(typed)).isEqualTo(Reason.COMMON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "VillageHerald2026",
                "village herald !",
                "ada.lovelace1815",
                "ada.lovelace@example.org",
                "Augusta King 12345",
            })
    void refusesPersonalOnes(String typed) {
        assertThat(reasonFor(typed)).isEqualTo(Reason.PERSONAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"passwordpassword in a longer phrase", "all lower case words", "        x        y    z"})
    void acceptsTheRest(String typed) {
        common.refuse(PlainPassword.chosen(typed), address(), new DisplayName("Augusta King"));
    }

    private Reason reasonFor(String typed) {
        try {
            common.refuse(PlainPassword.chosen(typed), address(), new DisplayName("Augusta King"));
        } catch (PasswordRejected e) {
            return e.reason();
        }
        throw new AssertionError("accepted");
    }

    private static EmailAddress address() {
        return EmailAddress.parse("ada.lovelace@example.org");
    }

    @Test
    void hashesAsArgon2idInPhcForm() {
        PlainPassword password = PlainPassword.chosen("a calm evening by the lake");

        PasswordHash hash = argon2.hash(password);

        assertThat(hash.phc()).matches("\\$argon2id\\$v=19\\$m=12288,t=3,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
        assertThat(argon2.matches(password, hash)).isTrue();
        assertThat(argon2.matches(PlainPassword.chosen("a calm evening by the lak"), hash))
                .isFalse();
        assertThat(argon2.matches(password, PasswordHash.NONE)).isFalse();
        assertThat(argon2.outdated(hash)).isFalse();
        assertThat(argon2.outdated(new PasswordHash("$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$x")))
                .isTrue();
    }

    /** Made with the reference implementation's command line (phc-winner-argon2), as RFC 9106's authors publish it. */
    @Test
    void readsHashesOfOtherPrograms() {
        PasswordHash reference = new PasswordHash(
                "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4");

        assertThat(argon2.matches(new PlainPassword("password"), reference)).isTrue();
    }
}
