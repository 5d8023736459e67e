package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Runs after all others, in an execution of its own: nothing that names a person, and no secret, is in what the servers of all tests
 * printed and logged (SEC-66, P8).
 */
class LogsIT {

    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Pattern ADDRESS =
            Pattern.compile("[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*\\.(example|com|net|org|de|test)\\b");
    /** 32 bytes in base64url: tokens, session ids. */
    private static final Pattern TOKEN = Pattern.compile("(?<![A-Za-z0-9_.$/-])[A-Za-z0-9_-]{43}(?![A-Za-z0-9_.$-])");

    @Test
    void nothingThatNamesAPersonAndNoSecretIsInAnyLog_SEC66() {
        List<Path> logs = files();
        assertThat(logs).as("what servers printed").anyMatch(file -> file.endsWith("console.txt"));
        assertThat(logs)
                .as("what servers logged")
                .anyMatch(file -> file.toString().endsWith(".log"));

        for (Path file : logs) {
            String text = text(file).replaceAll("/setup/[A-Za-z0-9_-]+", "");
            assertThat(found(ADDRESS, text, hit -> true)).as(file.toString()).isEmpty();
            assertThat(found(TOKEN, text, LogsIT::looksRandom))
                    .as(file.toString())
                    .isEmpty();
            assertThat(text)
                    .as(file.toString())
                    .doesNotContain(Site.SEARCHED_FOR, Site.WRONG_PASSWORD, Crew.PASSWORD, "$argon2id$")
                    .doesNotContain("198.51.100.", "100.64.");
        }
    }

    /** Of all servers of all tests: their folders are {@code target/it-…}. */
    private static List<Path> files() {
        try (Stream<Path> all = Files.walk(TARGET)) {
            return all.filter(file -> TARGET.relativize(file).toString().startsWith("it-"))
                    .filter(file -> file.endsWith("console.txt")
                            || file.getFileName().toString().matches(".*\\.log"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> found(Pattern what, String text, Predicate<String> counts) {
        return what.matcher(text)
                .results()
                .filter(hit -> counts.test(hit.group()))
                .map(hit -> around(hit, text))
                .limit(10)
                .toList();
    }

    private static boolean looksRandom(String word) {
        return word.matches(".*[0-9].*") && word.matches(".*[a-z].*") && word.matches(".*[A-Z].*");
    }

    private static String around(MatchResult hit, String text) {
        return text.substring(Math.max(0, hit.start() - 150), Math.min(text.length(), hit.end() + 50));
    }
}
