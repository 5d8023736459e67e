package org.tidings.web.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaParameter;
import com.tngtech.archunit.core.domain.JavaParameterizedType;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each module's {@code package-info} says in paragraphs of their own what it publishes, hears and may use. The first two are compared
 * with the class files, so that whoever adds an event or an observer says so on both sides.
 */
class ModulesSayWhatTheyPublishTest {

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("\\{@link\\s+(?:\\*\\s+)?([A-Za-z0-9_.]+)}");
    private static final Pattern CODE = Pattern.compile("\\{@code\\s+(?:\\*\\s+)?([a-z]+)}");

    private static JavaClasses classes;

    @BeforeAll
    static void readsClasses() {
        classes = new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests())
                .withImportOption(location -> !location.contains("-tests.jar"))
                .importPackages("org.tidings");
    }

    @ParameterizedTest
    @ValueSource(strings = {"site", "mail", "accounts", "newsletter", "announcements", "web"})
    void publishesWhatItSays(String module) throws IOException {
        assertThat(names(LINK, paragraph(module, "Publishes"))).isEqualTo(published(module));
    }

    @ParameterizedTest
    @ValueSource(strings = {"site", "mail", "accounts", "newsletter", "announcements", "web"})
    void hearsWhatItSays(String module) throws IOException {
        String paragraph = paragraphOrNothing(module, "Hears");

        assertThat(names(LINK, paragraph)).isEqualTo(heard(module));
    }

    @ParameterizedTest
    @ValueSource(strings = {"site", "mail", "accounts", "newsletter", "announcements", "web"})
    void usesWhatItSays(String module) throws IOException {
        assertThat(names(CODE, paragraph(module, "May use"))).isEqualTo(used(module));
    }

    private static Set<String> published(String module) {
        return of(module)
                .flatMap(type -> type.getFields().stream())
                .filter(field -> field.getRawType().isEquivalentTo(Event.class))
                .flatMap(field -> arguments(field.getType()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> heard(String module) {
        return of(module)
                .flatMap(type -> type.getMethods().stream())
                .map(JavaMethod::getParameters)
                .flatMap(parameters -> parameters.stream())
                .filter(parameter -> parameter.isAnnotatedWith(Observes.class))
                .map(JavaParameter::getRawType)
                .map(JavaClass::getName)
                .filter(name -> name.startsWith("org.tidings."))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> used(String module) {
        return of(module)
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(dependency -> dependency.getTargetClass().getPackageName())
                .filter(name -> name.startsWith("org.tidings."))
                .map(name -> name.split("\\.", 4)[2])
                .filter(name -> !name.equals(module))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<JavaClass> of(String module) {
        return classes.stream().filter(type -> (type.getPackageName() + ".").startsWith("org.tidings." + module + "."));
    }

    private static Stream<String> arguments(JavaType type) {
        return type instanceof JavaParameterizedType event
                ? event.getActualTypeArguments().stream().map(JavaType::getName)
                : Stream.empty();
    }

    private static Set<String> names(Pattern pattern, String paragraph) {
        return pattern.matcher(paragraph)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String paragraph(String module, String begins) throws IOException {
        String paragraph = paragraphOrNothing(module, begins);
        assertThat(paragraph).as("the paragraph \"%s\" of %s", begins, module).isNotEmpty();
        return paragraph;
    }

    private static String paragraphOrNothing(String module, String begins) throws IOException {
        Path file = PROJECT.resolve(module + "/src/main/java/org/tidings/" + module + "/package-info.java");
        return Stream.of(Files.readString(file).split("<p>"))
                .filter(paragraph -> paragraph.startsWith(begins))
                .findFirst()
                .orElse("");
    }
}
