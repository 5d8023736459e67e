package org.tidings.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.tidings.accounts.Role;
import org.tidings.site.Languages;

class TemplatesTest {
    private static final Path TEMPLATES = Path.of("src/main/jte");
    private static final Path ASSETS = Path.of("src/main/resources/org/tidings/web/assets");

    @Test
    void noTemplateHasInlineStylesOrScripts() throws IOException {
        var templates = files(TEMPLATES, ".jte");
        assertThat(templates).hasSizeGreaterThan(10);
        for (var template : templates) {
            var text = Files.readString(template);
            assertThat(text).as("%s", template).doesNotContainPattern("\\sstyle\\s*=");
            assertThat(text).as("%s", template).doesNotContain("<style");
            assertThat(text).as("%s", template).doesNotContain("javascript:");
            assertThat(text).as("%s", template).doesNotContain("$unsafe");
            var scripts = Pattern.compile("<script[^>]*>").matcher(text);
            while (scripts.find()) {
                assertThat(scripts.group()).as("%s", template).contains("type=\"module\"", "nonce=", "src=");
            }
        }
    }

    @Test
    void everyFormThatPostsHasTheHiddenField() throws IOException {
        for (var template : files(TEMPLATES, ".jte")) {
            if (!template.endsWith("form.jte")) {
                assertThat(Files.readString(template).toLowerCase(Locale.ROOT))
                        .as("%s uses form/form for what it posts", template)
                        .doesNotContain("method=\"post\"");
            }
        }
    }

    @Test
    void scriptsAreSmallerThanStyles() throws IOException {
        assertThat(bytes(files(ASSETS, ".js"))).isLessThan(bytes(files(ASSETS, ".css")));
    }

    @Test
    void showsEveryComponentInEveryLanguage() {
        for (var language : Languages.ALL) {
            var page = TestPages.render("home/styleguide", styleguide(), TestPages.anonymous(language));
            assertThat(page.select("html").attr("lang")).isEqualTo(language.getLanguage());
            assertThat(page.select("h1").first()).isNotNull();
            assertThat(page.text()).doesNotContain("styleguide.");
        }
    }

    @Test
    void keepsWhatWasTypedAndSaysWhyBesideTheField() {
        var page = TestPages.render("home/styleguide", styleguide());
        var field = page.expectFirst("#f-typed");
        assertThat(field.attr("value")).isEqualTo("<b>ada</b>\" at example.org");
        assertThat(field.attr("aria-invalid")).isEqualTo("true");
        assertThat(page.select("#" + field.attr("aria-describedby")).text())
                .isEqualTo("There is no @ in this address.");
        assertThat(page.select("#errors a[href=#f-typed]")).hasSize(1);
    }

    @Test
    void neverSendsAPasswordBack() {
        var form = Form.empty().fill("password", "correct horse battery staple");
        var parameters = new LinkedHashMap<>(styleguide());
        parameters.put("form", form);
        var page = TestPages.render("home/styleguide", parameters);
        assertThat(page.select("#f-password").attr("value")).isEmpty();
        assertThat(page.html()).doesNotContain("correct horse");
    }

    @Test
    void everyFieldHasALabelAndEveryIdIsUnique() {
        var page = TestPages.render("home/styleguide", styleguide());
        assertThat(page.select("input:not([type=hidden]), select, textarea"))
                .isNotEmpty()
                .allSatisfy(field ->
                        assertThat(page.select("label[for=" + field.id() + "]")).hasSize(1));
        assertThat(page.select("[id]").eachAttr("id")).doesNotHaveDuplicates();
    }

    @Test
    void offersStaffPagesToStaffOnly() {
        var parameters = Map.<String, Object>of("fragments", List.of());
        assertThat(TestPages.render("home/home", parameters, TestPages.signedIn(Locale.ENGLISH))
                        .select("a[href=/staff]"))
                .isEmpty();
        assertThat(TestPages.render("home/home", parameters, TestPages.signedIn(Locale.ENGLISH, Role.EDITOR))
                        .select("a[href=/staff]"))
                .hasSize(1);
    }

    private static Map<String, Object> styleguide() {
        var refused =
                Form.empty().fill("typed", "<b>ada</b>\" at example.org").reject("typed", "styleguide.refused.address");
        return Map.of("form", Form.empty(), "refused", refused, "options", Map.of("maintenance", "Maintenance"));
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(f -> f.toString().endsWith(ending)).toList();
        }
    }

    private static long bytes(List<Path> files) throws IOException {
        long sum = 0;
        for (var file : files) {
            sum += Files.size(file);
        }
        return sum;
    }
}
