package org.tidings.web.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The documents say what is so. */
class DocsTest {

    private static final Pattern NAMED_TEST = Pattern.compile("`([A-Z][A-Za-z0-9]*)#([A-Za-z0-9_]+)`");
    private static final Pattern KEY_IN_SOURCE = Pattern.compile("\"(tidings\\.[a-z0-9.-]*[a-z0-9])\"");

    @Test
    void everyPromiseHasItsRowAndNamesOnlyTestsThatExist() {
        String promises = Checkout.read("docs/promises.md");

        assertThat(IntStream.rangeClosed(1, 12).mapToObj(i -> "| P" + i + " |")).allMatch(promises::contains);
        assertThat(NAMED_TEST.matcher(promises).results())
                .hasSizeGreaterThan(10)
                .allSatisfy(test -> assertThat(Checkout.hasTest(test.group(1), test.group(2)))
                        .as(test.group())
                        .isTrue());
    }

    @Test
    void documentsEveryConfigurationKey() {
        String guide = Checkout.read("docs/operating.md");
        String table = guide.substring(guide.indexOf("\n## Configuration\n"));
        List<String> missing = new ArrayList<>();
        Checkout.texts().forEach((file, source) -> {
            if (file.contains("/src/main/java/") && source.contains("ConfigurationKey(")) {
                KEY_IN_SOURCE
                        .matcher(source)
                        .results()
                        .map(key -> key.group(1))
                        .filter(key -> !table.contains("\n| `" + key + "` |"))
                        .forEach(missing::add);
            }
        });
        assertThat(missing).isEmpty();
    }

    @Test
    void readmeIsShortAndItsCommandsAreOneEach() throws IOException {
        String readme = Checkout.read("README.md");

        assertThat(readme.lines()).hasSizeLessThan(80);
        assertThat(readme).containsPattern("## Run it\n\n```sh\n[^\n]+\n```");
        assertThat(readme).containsPattern("## Test it\n\n```sh\nmvn verify\n```");
        assertThat(Files.readString(Checkout.PROJECT.resolve(".ci/run"))).contains("\nmvn verify");
    }
}
