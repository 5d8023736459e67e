package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.it.Site.site;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Runs last: nothing that names a person, and no secret, is in what the servers of all tests of this run logged (S66, P8). */
@Order(Integer.MAX_VALUE)
class LogsIT {

    private static final Pattern ADDRESS =
            Pattern.compile("[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*\\.(example|com|net|org|de|test)\\b");
    /** 32 bytes in base64url: tokens, session ids. */
    private static final Pattern TOKEN = Pattern.compile("(?<![A-Za-z0-9_.$/-])[A-Za-z0-9_-]{43}(?![A-Za-z0-9_.$-])");

    @Test
    void nothingThatNamesAPersonAndNoSecretIsInAnyLog_S66() {
        String address = Site.fresh("canary");
        HttpBrowser browser = site().browser();
        browser.get("/register").form().fill("address", address).submit();
        browser.get("/reset").form().fill("address", address).submit();
        browser.get("/reset/" + "A".repeat(43));
        browser.get("/no-such-page?q=Zwiebelkuchen");
        Crew.signIn(site().browser(), address, "wrong wrong wrong Rhabarber");

        for (TidingsProcess process : TidingsProcess.started()) {
            String logged = process.logged();
            String printed = process.printed().replaceAll("/setup/[A-Za-z0-9_-]+", "");
            for (String text : List.of(logged, printed)) {
                assertThat(found(ADDRESS, text, hit -> true)).isEmpty();
                assertThat(found(TOKEN, text, LogsIT::looksRandom)).isEmpty();
                assertThat(text)
                        .doesNotContain(
                                "Zwiebelkuchen", "Rhabarber", Crew.PASSWORD, "$argon2id$", "198.51.100.", "100.64.");
            }
        }
        assertThat(site().process().logged())
                .as("there is something to look at")
                .contains("INFO");
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
