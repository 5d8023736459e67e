package org.tidings.web.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The book of requirements, {@code docs/requirements}, and who cites it: each code stands on one line, and each line is proved by a test
 * or says why not.
 */
class RequirementsTest {

    private static final String BOOKS = "docs/requirements/";
    private static final String FINDINGS = BOOKS + "findings.md";
    private static final String NAMED_BY_A_TEST = "a test names it";

    private static final Pattern LINE = Pattern.compile("(?m)^\\| ([A-Z]{3}-[A-Z]?\\d{1,2}) \\|.*\\| (.+) \\|$");
    /** Two digits, or a letter and its number; not UTF-16 and the like. */
    private static final Pattern CITED = Pattern.compile(
            "(?<![A-Za-z0-9-])(?!UTF|UTC|GMT|ISO|SHA|RSA)([A-Z]{3})-([A-Z]\\d{1,2}|\\d\\d)(?![A-Za-z0-9])");

    private static final Pattern NAME_OF_A_TEST = Pattern.compile(
            "\\b(?:void|Stream<DynamicTest>) \\w+?((?:_[A-Z]{0,3}\\d{1,2}|_[A-Z]{3}[A-Z]\\d{1,2})+)\\(");
    private static final Pattern SUFFIX = Pattern.compile("_([A-Z]{3})([A-Z]?\\d{1,2})(?=_|$)");
    private static final Pattern PROMISE = Pattern.compile("_P(?:[1-9]|1[0-2])(?=_|$)");
    private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z0-9]*)#([A-Za-z0-9_]+)`");

    /** What the codes of before look like; H2, C0 and NLT-C1 are something else. */
    private static final Pattern OF_BEFORE = Pattern.compile(
            "(?<![A-Za-z0-9_\"#%+\\\\&/.$-])(?!H2|C0|C1|L2\\b)([ABCDFHLMNRST]\\d{1,2})(?![A-Za-z0-9%=-]|\\.\\d)");

    private static final Pattern COMMENT = Pattern.compile("/\\*\\*?(?s:.*?)\\*/|(?m)(?<=^|[ ;{(,])// .*$");

    private record Row(String code, String file, String stands) {}

    private static final List<Row> ROWS = rows();

    @Test
    void everyCodeStandsOnOneLineOfOneBook() {
        assertThat(ROWS).hasSizeGreaterThan(250).extracting(Row::code).doesNotHaveDuplicates();
        Map<String, Set<String>> books = new HashMap<>();
        ROWS.forEach(row -> books.computeIfAbsent(row.code().substring(0, 3), book -> new TreeSet<>())
                .add(row.file()));
        assertThat(books.values()).allSatisfy(files -> assertThat(files).hasSize(1));
        assertThat(books.keySet())
                .allSatisfy(
                        book -> assertThat(Checkout.read(BOOKS + "README.md")).contains(" | " + book + " |"));
    }

    @Test
    void everyCodeThatIsCitedStandsInTheBook() {
        Set<String> known = known();
        List<String> unknown = new ArrayList<>();
        texts().forEach(file -> {
            Matcher cited = CITED.matcher(file.getValue());
            while (cited.find()) {
                if (!known.contains(cited.group(1) + "-" + cited.group(2))) {
                    unknown.add(file.getKey() + ": " + cited.group());
                }
            }
            namedIn(file.getValue()).stream()
                    .filter(code -> !known.contains(code))
                    .forEach(code -> unknown.add(file.getKey() + ": test of " + code));
        });
        assertThat(unknown)
                .as("codes that stand on no line of docs/requirements")
                .isEmpty();
    }

    @Test
    void everyRequirementIsProvedOrSaysWhyNot() {
        List<String> unproved = new ArrayList<>();
        requirements().forEach(row -> {
            Matcher test = TEST.matcher(row.stands());
            boolean any = false;
            while (test.find()) {
                any = true;
                if (!Checkout.hasTest(test.group(1), test.group(2))) {
                    unproved.add(row.code() + ": there is no " + test.group());
                }
            }
            if (!any && !row.stands().startsWith("open: ") && !row.stands().startsWith("nothing to prove: ")) {
                unproved.add(row.code() + ": neither a test nor why not");
            }
        });
        assertThat(unproved).isEmpty();
    }

    @Test
    void everyFindingIsNamedByATestOrSaysWhereItStands() {
        Set<String> named = texts().filter(file -> Checkout.isTest(file.getKey()))
                .flatMap(file -> citedIn(file.getValue()))
                .collect(Collectors.toCollection(HashSet::new));
        Set<String> known = known();
        List<String> lost = new ArrayList<>();
        ROWS.stream().filter(row -> row.file().equals(FINDINGS)).forEach(row -> {
            boolean stands = row.stands().equals(NAMED_BY_A_TEST)
                    ? named.contains(row.code())
                    : row.stands().equals("open") || known.contains(row.stands());
            if (!stands) {
                lost.add(row.code() + ": " + row.stands());
            }
        });
        assertThat(lost).isEmpty();
    }

    /** SEC-07 meant two things, and MBR-02 three. */
    @Test
    void nobodyCitesByTheCodesOfBefore() {
        List<String> old = new ArrayList<>();
        texts().filter(file -> file.getKey().endsWith(".java")).forEach(file -> {
            COMMENT.matcher(file.getValue())
                    .results()
                    .flatMap(comment -> OF_BEFORE.matcher(comment.group()).results())
                    .forEach(code -> old.add(file.getKey() + ": " + code.group()));
            NAME_OF_A_TEST
                    .matcher(file.getValue())
                    .results()
                    .map(name -> PROMISE.matcher(SUFFIX.matcher(name.group(1)).replaceAll(""))
                            .replaceAll(""))
                    .filter(rest -> !rest.isEmpty())
                    .forEach(rest -> old.add(file.getKey() + ": " + rest));
        });
        assertThat(old)
                .as("codes of docs/requirements have three letters: SEC-07, in a test's name _SEC07")
                .isEmpty();
    }

    private static Stream<String> citedIn(String text) {
        return Stream.concat(
                CITED.matcher(text).results().map(code -> code.group(1) + "-" + code.group(2)), namedIn(text).stream());
    }

    private static List<String> namedIn(String source) {
        return NAME_OF_A_TEST
                .matcher(source)
                .results()
                .flatMap(name -> SUFFIX.matcher(name.group(1)).results())
                .map(code -> code.group(1) + "-" + code.group(2))
                .toList();
    }

    private static Set<String> known() {
        return ROWS.stream().map(Row::code).collect(Collectors.toSet());
    }

    private static Stream<Row> requirements() {
        return ROWS.stream().filter(row -> !row.file().equals(FINDINGS));
    }

    /** All but migrations, whose texts stay as they were run, and this class, which has the codes of before. */
    private static Stream<Map.Entry<String, String>> texts() {
        return Checkout.texts().entrySet().stream()
                .filter(file ->
                        !file.getKey().endsWith(".sql") && !file.getKey().endsWith("/RequirementsTest.java"));
    }

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        Checkout.texts().forEach((file, text) -> {
            if (file.startsWith(BOOKS)) {
                LINE.matcher(text).results().forEach(line -> rows.add(new Row(line.group(1), file, line.group(2))));
            }
        });
        return rows;
    }
}
