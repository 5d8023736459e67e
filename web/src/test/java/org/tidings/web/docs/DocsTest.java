package org.tidings.web.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents say what is so. */
class DocsTest {

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern NAMED_TEST = Pattern.compile("`([A-Z][A-Za-z0-9]*)#([A-Za-z0-9_]+)`");
    private static final Pattern KEY_IN_SOURCE = Pattern.compile("\"(tidings\\.[a-z0-9.-]*[a-z0-9])\"");

    @ParameterizedTest
    @ValueSource(strings = {"promises.md", "security.md"})
    void namesOnlyTestsThatExist(String document) throws IOException {
        List<MatchResult> named =
                NAMED_TEST.matcher(read("docs/" + document)).results().toList();

        assertThat(named).as("tests named in " + document).hasSizeGreaterThan(10);
        List<String> missing = new ArrayList<>();
        for (MatchResult test : named) {
            if (!exists(test.group(1), test.group(2))) {
                missing.add(test.group());
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void everyPromiseAndRequirementHasItsRow() throws IOException {
        String promises = read("docs/promises.md");
        String security = read("docs/security.md");

        assertThat(IntStream.rangeClosed(1, 12).mapToObj(i -> "| P" + i + " |")).allMatch(promises::contains);
        assertThat(IntStream.rangeClosed(1, 70).mapToObj(i -> String.format("| S%02d |", i)))
                .allMatch(security::contains);
    }

    @Test
    void documentsEveryConfigurationKey() throws IOException {
        String guide = read("docs/operating.md");
        String table = guide.substring(guide.indexOf("\n## Configuration\n"));
        List<String> missing = new ArrayList<>();
        for (Path file : sources("src/main/java")) {
            String source = Files.readString(file);
            if (source.contains("ConfigurationKey(")) {
                KEY_IN_SOURCE
                        .matcher(source)
                        .results()
                        .map(key -> key.group(1))
                        .filter(key -> !table.contains("\n| `" + key + "` |"))
                        .forEach(missing::add);
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void readmeIsShortAndItsCommandsAreOneEach() throws IOException {
        String readme = read("README.md");

        assertThat(readme.lines()).hasSizeLessThan(80);
        assertThat(readme).containsPattern("## Run it\n\n```sh\n[^\n]+\n```");
        assertThat(readme).containsPattern("## Test it\n\n```sh\nmvn verify\n```");
        assertThat(read(".ci/run")).contains("\nmvn verify");
    }

    private static boolean exists(String type, String method) throws IOException {
        for (Path file : sources("src/test/java")) {
            if (file.getFileName().toString().equals(type + ".java")) {
                return Pattern.compile("\\b(?:void|Stream<DynamicTest>) " + method + "\\(")
                        .matcher(Files.readString(file))
                        .find();
            }
        }
        return false;
    }

    private static List<Path> sources(String folder) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String module : List.of("mail", "accounts", "newsletter", "announcements", "web", "launcher")) {
            try (Stream<Path> found = Files.walk(PROJECT.resolve(module).resolve(folder))) {
                found.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
            }
        }
        return files;
    }

    private static String read(String path) throws IOException {
        return Files.readString(PROJECT.resolve(path));
    }
}
