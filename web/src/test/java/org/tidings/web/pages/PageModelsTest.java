package org.tidings.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Record and template are compiled apart; here they meet. */
class PageModelsTest {

    private static final Path CLASSES = Path.of("target/classes");
    private static final String TEMPLATES = "org.tidings.web.templates.";

    @Test
    void everyTemplateTakesTheRecordThatNamesIt() throws IOException {
        List<Class<?>> models = models();

        assertThat(models).hasSizeGreaterThan(15);
        assertThat(models).allSatisfy(model -> {
            assertThat(model).isRecord();
            assertThat(takenBy(template(model))).as(template(model)).containsExactly(PageContext.class, model);
        });
    }

    @Test
    void noTwoRecordsAreShownByTheSameTemplate() throws IOException {
        assertThat(models().stream().map(PageModelsTest::template)).doesNotHaveDuplicates();
    }

    private static String template(Class<?> model) {
        assertThat(model).as("says by which template it is shown").hasAnnotation(ShownBy.class);
        return model.getAnnotation(ShownBy.class).value();
    }

    /** The parameters of the class that jte makes of a template, without its own two: where to write, and the check of what is written. */
    private static List<Class<?>> takenBy(String template) throws ClassNotFoundException {
        int slash = template.lastIndexOf('/');
        Class<?> made = Class.forName(TEMPLATES + template.substring(0, slash).replace('/', '.') + ".Jte"
                + template.substring(slash + 1) + "Generated");
        Method render = Arrays.stream(made.getMethods())
                .filter(method -> method.getName().equals("render"))
                .findFirst()
                .orElseThrow();
        return List.of(render.getParameterTypes()).subList(2, render.getParameterCount());
    }

    private static List<Class<?>> models() throws IOException {
        try (Stream<Path> files = Files.walk(CLASSES.resolve("org/tidings/web"))) {
            return files.map(CLASSES::relativize)
                    .map(Path::toString)
                    .filter(name -> name.endsWith(".class") && !name.contains("templates"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .filter(name -> !name.endsWith("package-info"))
                    .<Class<?>>map(PageModelsTest::load)
                    .filter(type -> PageModel.class.isAssignableFrom(type) && type != PageModel.class)
                    .toList();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, PageModelsTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
