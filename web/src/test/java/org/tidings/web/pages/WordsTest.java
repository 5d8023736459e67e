package org.tidings.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.MessageFormat;
import com.ibm.icu.text.MessagePattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidings.site.Languages;

/** Holds the words of all modules against each other and against what uses them. */
class WordsTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().endsWith("web") ? Path.of("..") : Path.of(".");
    private static final Path MESSAGES = ROOT.resolve("web/src/main/resources/org/tidings/web/messages");
    private static final Pattern LITERAL =
            Pattern.compile("\"([a-z][a-z0-9]*\\.(?:[a-z0-9-]+\\.)*(?:[a-z0-9-]+)?)\"(?!\\s*\\.equals)");

    /** A language of the site without a word fails here: pages, mails and forms of every module. */
    @ParameterizedTest
    @MethodSource("languages")
    void everyBundleHasTheSameKeysAndArgumentsInEveryLanguage(String language) throws IOException {
        var english = bundles("_en.properties");
        assertThat(english)
                .as("bundles; none found means that this test checks nothing")
                .hasSizeGreaterThan(3);
        for (var file : english) {
            var en = read(file);
            var other = read(file.resolveSibling(
                    file.getFileName().toString().replace("_en.properties", "_" + language + ".properties")));
            assertThat(other.stringPropertyNames())
                    .as("keys of %s in %s", file, language)
                    .isEqualTo(en.stringPropertyNames());
            for (var key : en.stringPropertyNames()) {
                assertThat(arguments(other.getProperty(key)))
                        .as("arguments of %s in %s", key, language)
                        .isEqualTo(arguments(en.getProperty(key)));
                assertThat(other.getProperty(key)).as("%s in %s", key, language).isNotBlank();
            }
        }
    }

    static List<String> languages() {
        return Languages.ALL.stream().map(Locale::getLanguage).toList();
    }

    @Test
    void noBundleStandsAlone() throws IOException {
        for (var language : languages()) {
            var ending = "_" + language + ".properties";
            assertThat(bundles(ending))
                    .allSatisfy(file -> assertThat(file.resolveSibling(
                                    file.getFileName().toString().replace(ending, "_en.properties")))
                            .exists());
        }
    }

    /** A sign alone at the beginning of a line, and an apostrophe of a typewriter, are no French. */
    @Test
    void inFrenchSignsKeepToTheirWords() throws IOException {
        var wrong = Pattern.compile(" [:;!?»%]|«[^\\u00a0]|[^\\u00a0]»|\\w'\\w");
        var found = new ArrayList<String>();
        for (var file : bundles("_fr.properties")) {
            var texts = read(file);
            for (var key : texts.stringPropertyNames()) {
                if (wrong.matcher(texts.getProperty(key)).find()) {
                    found.add(file.getFileName() + " " + key + "=" + texts.getProperty(key));
                }
            }
        }
        assertThat(found).as("signs of French").isEmpty();
    }

    @Test
    void everyKeyOfAPageStandsInTheBundleOfItsArea() throws IOException {
        for (var file : pageBundles()) {
            var area = area(file);
            assertThat(read(file).stringPropertyNames())
                    .as("keys of %s", file)
                    .allMatch(key -> key.startsWith(area + "."));
        }
    }

    @Test
    void everyKeyThatIsUsedIsThere() throws IOException {
        var defined = definedKeys();
        var areas = pageBundles().stream().map(WordsTest::area).collect(Collectors.toSet());
        var missing = literals().stream()
                .filter(literal -> areas.contains(literal.substring(0, literal.indexOf('.'))))
                .filter(literal -> !literal.matches(".*\\.(css|js|svg|png|jte|html|json|atom|ics|csv|properties)"))
                .filter(literal -> literal.endsWith(".")
                        ? defined.stream().noneMatch(key -> key.startsWith(literal))
                        : !defined.contains(literal))
                .toList();
        assertThat(missing).as("keys without words").isEmpty();
    }

    @Test
    void everyKeyThatIsThereIsUsed() throws IOException {
        var literals = literals();
        var unused = definedKeys().stream()
                .filter(key -> !literals.contains(key))
                .filter(key -> literals.stream().noneMatch(l -> l.endsWith(".") && key.startsWith(l)))
                .toList();
        assertThat(unused).as("words that nothing says").isEmpty();
    }

    @Test
    void everyProblemHasItsWords() throws IOException {
        var defined = definedKeys();
        for (var type : org.tidings.web.problems.ProblemType.values()) {
            assertThat(defined).contains("problems." + type.slug() + ".title", "problems." + type.slug() + ".text");
        }
    }

    /** MBR-06: "abmelden" is signing out; a newsletter is subscribed to and unsubscribed from. */
    @Test
    void inGermanNobodySignsInToANewsletter_MBR06() throws IOException {
        var signing = Pattern.compile("(?i)\\b(an|ab)(ge|zu)?meld|\\bmeld\\w*\\b[^.!?]*\\b(an|ab)\\b");
        var newsletter = Pattern.compile("(?i)newsletter|abonn|abbestell");
        var aboutSigningIn =
                Set.of("newsletters.manage.sign-in", "newsletters.manage.account", "everything.does.account");
        var found = new ArrayList<String>();
        for (var file : bundles("_de.properties")) {
            var area = file.getFileName().toString();
            var everything = area.matches("(newsletters|issues|subscribers|texts)_de.properties");
            var texts = read(file);
            for (var key : texts.stringPropertyNames()) {
                var parts = texts.getProperty(key).split("[.,;:!?]", -1);
                boolean wrong = !aboutSigningIn.contains(key)
                        && Stream.of(parts)
                                .anyMatch(part -> signing.matcher(part).find()
                                        && (everything
                                                || newsletter.matcher(part).find()));
                if (wrong) {
                    found.add(area + " " + key + "=" + texts.getProperty(key));
                }
            }
        }
        assertThat(found).as("words for signing in, said of newsletters").isEmpty();
    }

    /** MBR-26. */
    @Test
    void lostMailAndAddressesAreCalledTheSameEverywhere_MBR26() throws IOException {
        var wrong = Pattern.compile(
                "(?i)(?<!e-)\\bmail address|email address|unwanted mail\\b.*folder|folder for unwanted|junk|(?<!E-)\\bMail-?Adresse|Emailadresse|Ordner für unerwünschte"
                        + "|courriel|adresse mail\\b");
        var found = new ArrayList<String>();
        for (var language : languages()) {
            for (var file : bundles("_" + language + ".properties")) {
                var texts = read(file);
                texts.stringPropertyNames().stream()
                        .filter(key -> wrong.matcher(texts.getProperty(key)).find())
                        .forEach(key -> found.add(file.getFileName() + " " + key));
            }
        }
        assertThat(found).as("other words for the same").isEmpty();
    }

    private static Set<String> definedKeys() throws IOException {
        var keys = new TreeSet<String>();
        for (var file : pageBundles()) {
            keys.addAll(read(file).stringPropertyNames());
        }
        return keys;
    }

    /** String literals that look like a key, of all templates and classes. */
    private static Set<String> literals() throws IOException {
        var found = new TreeSet<String>();
        for (var folder : List.of("web/src/main/jte", "web/src/main/java")) {
            try (var files = Files.walk(ROOT.resolve(folder))) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    var matcher = LITERAL.matcher(Files.readString(file));
                    while (matcher.find()) {
                        found.add(matcher.group(1));
                    }
                }
            }
        }
        return found;
    }

    private static List<Path> pageBundles() throws IOException {
        try (var files = Files.list(MESSAGES)) {
            return files.filter(f -> f.toString().endsWith("_en.properties")).toList();
        }
    }

    private static String area(Path bundle) {
        return bundle.getFileName().toString().replace("_en.properties", "");
    }

    private static List<Path> bundles(String ending) throws IOException {
        var found = new ArrayList<Path>();
        for (var module : List.of("mail", "accounts", "newsletter", "announcements", "web")) {
            var folder = ROOT.resolve(module).resolve("src/main/resources");
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.walk(folder)) {
                    files.filter(f -> f.toString().endsWith(ending)).forEach(found::add);
                }
            }
        }
        return found;
    }

    private static Properties read(Path file) throws IOException {
        var texts = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            texts.load(in);
        }
        return texts;
    }

    private static Set<String> arguments(String text) {
        if (!text.contains("{")) {
            return Set.of();
        }
        try {
            return new TreeSet<>(new MessageFormat(text).getArgumentNames());
        } catch (IllegalArgumentException notAMessage) {
            // Slots of another kind ({{name}}) are compared as they stand.
            return new TreeSet<>(Pattern.compile("\\{\\{?[a-zA-Z0-9_]+")
                    .matcher(text)
                    .results()
                    .map(m -> m.group())
                    .toList());
        }
    }

    static {
        // Apostrophes are written as they are, in every bundle.
        assertThat(new MessagePattern().getApostropheMode()).isEqualTo(MessagePattern.ApostropheMode.DOUBLE_OPTIONAL);
    }
}
