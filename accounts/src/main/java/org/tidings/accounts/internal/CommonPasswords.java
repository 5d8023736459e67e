package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tidings.accounts.PasswordRejected;
import org.tidings.mail.EmailAddress;
import org.tidings.site.Site;

/**
 * Passwords that attackers try first (SEC-14), compared as a whole: a listed word inside a longer phrase does no harm. Beside
 * the list: plain patterns, and words of the context with next to nothing added.
 */
@ApplicationScoped
class CommonPasswords {

    private static final Set<String> LISTED = read();
    private static final String[] ROWS = {
        "abcdefghijklmnopqrstuvwxyz",
        "01234567890123456789012345678901234567890",
        "qwertyuiopasdfghjklzxcvbnm",
        "qwertzuiopasdfghjklyxcvbnm",
        "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    };

    @Inject
    Site site;

    /** @throws PasswordRejected naming the reason */
    void refuse(PlainPassword chosen, EmailAddress address, DisplayName name) {
        String password = fold(chosen.value());
        if (LISTED.contains(password) || repeats(password) || runs(password)) {
            throw new PasswordRejected(PasswordRejected.Reason.COMMON);
        }
        String local = address.canonical().substring(0, address.canonical().lastIndexOf('@'));
        String domain = address.canonical().substring(address.canonical().lastIndexOf('@') + 1);
        Stream<String> context = Stream.of(site.name(), "tidings", local, domain, address.canonical(), name.value());
        if (context.map(CommonPasswords::bare).anyMatch(word -> littleMoreThan(bare(password), word))) {
            throw new PasswordRejected(PasswordRejected.Reason.PERSONAL);
        }
    }

    private static String fold(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    /** Without what people put between or after words. */
    private static String bare(String text) {
        return fold(text).replaceAll("[\\s._+@!?#$*-]", "");
    }

    /** A short piece again and again: {@code aaaa…}, {@code abc123abc123abc123}. */
    private static boolean repeats(String text) {
        for (int unit = 1; unit <= Math.min(8, text.length() / 2); unit++) {
            int u = unit;
            boolean same = true;
            for (int i = u; i < text.length() && same; i++) {
                same = text.charAt(i) == text.charAt(i - u);
            }
            if (same) {
                return true;
            }
        }
        return false;
    }

    /** A run along the alphabet, the digits or the keyboard, forwards or backwards. */
    private static boolean runs(String text) {
        String backwards = new StringBuilder(text).reverse().toString();
        return Stream.of(ROWS).anyMatch(row -> (row + row).contains(text) || (row + row).contains(backwards));
    }

    /** The word, perhaps repeated, and at most four other characters or any digits after it. */
    private static boolean littleMoreThan(String password, String word) {
        if (word.length() < 3) {
            return false;
        }
        String rest = password.replace(word, "");
        return !rest.equals(password) && (rest.length() <= 4 || rest.chars().allMatch(c -> c >= '0' && c <= '9'));
    }

    private static Set<String> read() {
        try (InputStream list = Objects.requireNonNull(
                        CommonPasswords.class.getResourceAsStream("/org/tidings/accounts/common-passwords.txt"));
                BufferedReader lines = new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8))) {
            return lines.lines().filter(line -> !line.startsWith("#")).collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
