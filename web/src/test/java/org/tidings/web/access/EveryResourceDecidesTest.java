package org.tidings.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EveryResourceDecidesTest {
    private static final List<Class<? extends Annotation>> DECISIONS =
            List.of(Public.class, Member.class, StaffRole.class, ApiScope.class);

    private static final List<JavaMethod> METHODS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.tidings").stream()
                    .flatMap(c -> c.getMethods().stream())
                    .filter(EveryResourceDecidesTest::answersRequests)
                    .toList();

    @Test
    void findsTheResources() {
        assertThat(METHODS)
                .as("resource methods; none found means that this test checks nothing")
                .hasSizeGreaterThan(3);
    }

    @Test
    void everyResourceMethodCarriesExactlyOneDecision() {
        assertThat(METHODS)
                .allSatisfy(method -> assertThat(DECISIONS.stream().filter(method::isAnnotatedWith))
                        .as(
                                "@Public, @Member, @StaffRole or @ApiScope on %s, because the filter lets nobody in without one",
                                method)
                        .hasSize(1));
    }

    @Test
    void onlyPublicMethodsAreOpenToOtherSitesOrBoundToThisMachine() {
        assertThat(METHODS)
                .filteredOn(m -> m.isAnnotatedWith(OpenToOtherSites.class) || m.isAnnotatedWith(LoopbackOnly.class))
                .allSatisfy(m -> assertThat(m.isAnnotatedWith(Public.class)).isTrue());
    }

    @Test
    void aFreshSignInIsAskedOnlyOfWhoSignsIn() {
        assertThat(METHODS)
                .filteredOn(m -> m.isAnnotatedWith(FreshSignIn.class))
                .allSatisfy(m -> assertThat(m.isAnnotatedWith(Member.class) || m.isAnnotatedWith(StaffRole.class))
                        .isTrue());
    }

    /** What goes to many, or lets it go, or takes in or gives out many. */
    private static final Set<String> REACHES_MANY = Set.of(
            "send",
            "resend",
            "resend-rest",
            "resume",
            "go-on",
            "allow",
            "lift",
            "import",
            "sample",
            "approve",
            "publish",
            "emergency",
            "confirm",
            "erase");

    @Test
    void whatReachesManyAsksForAFreshSignIn_REVM3() {
        assertThat(METHODS)
                .filteredOn(m -> m.isAnnotatedWith(StaffRole.class) && m.isAnnotatedWith(POST.class))
                .filteredOn(m -> REACHES_MANY.contains(lastPartOf(m)))
                .hasSizeGreaterThan(15)
                .allSatisfy(m -> assertThat(m.isAnnotatedWith(FreshSignIn.class))
                        .as("@FreshSignIn on %s, because it reaches many", m)
                        .isTrue());
        assertThat(METHODS)
                .filteredOn(
                        m -> m.isAnnotatedWith(StaffRole.class) && lastPartOf(m).endsWith(".csv"))
                .hasSizeGreaterThan(2)
                .allSatisfy(m -> assertThat(m.isAnnotatedWith(FreshSignIn.class))
                        .as("@FreshSignIn on %s, because it gives out the addresses of many", m)
                        .isTrue());
    }

    @Test
    void stoppingNeverWaitsForAPassword_REVM3() {
        assertThat(METHODS)
                .filteredOn(m -> m.isAnnotatedWith(StaffRole.class)
                        && Set.of("stop", "pause", "cancel").contains(lastPartOf(m)))
                .hasSizeGreaterThan(3)
                .noneSatisfy(
                        m -> assertThat(m.isAnnotatedWith(FreshSignIn.class)).isTrue());
    }

    private static String lastPartOf(JavaMethod method) {
        if (!method.isAnnotatedWith(Path.class)) {
            return "";
        }
        var path = method.getAnnotationOfType(Path.class).value();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @Test
    void everyStaffDecisionNamesARole() {
        assertThat(METHODS)
                .filteredOn(m -> m.isAnnotatedWith(StaffRole.class))
                .allSatisfy(
                        m -> assertThat(m.getAnnotationOfType(StaffRole.class).value())
                                .isNotEmpty());
    }

    @Test
    void pagesUnderStaffAskForARole() {
        assertThat(METHODS)
                .filteredOn(m -> pathOf(m.getOwner()).startsWith("/staff"))
                .isNotEmpty()
                .allSatisfy(m -> assertThat(m.isAnnotatedWith(StaffRole.class)).isTrue());
    }

    @Test
    void noResourceHidesTheMethodsOfAnother() {
        // JAX-RS chooses one path of a class and looks no further: with /issues/{id} beside /issues, the method
        // {id} of the latter is never found. One that lies deeper hides only what lies under it.
        var paths = METHODS.stream().map(m -> pathOf(m.getOwner())).distinct().toList();
        for (var path : paths) {
            assertThat(paths)
                    .filteredOn(other -> !path.equals("/") && other.startsWith(path + "/{"))
                    .filteredOn(other -> METHODS.stream()
                            .filter(m -> pathOf(m.getOwner()).equals(path) && m.isAnnotatedWith(Path.class))
                            .map(m -> path + "/"
                                    + m.getAnnotationOfType(Path.class).value())
                            .anyMatch(hidden -> hidden.equals(other) || hidden.startsWith(other + "/")))
                    .as("classes that hide methods of the class at %s", path)
                    .isEmpty();
        }
    }

    private static String pathOf(JavaClass owner) {
        return owner.isAnnotatedWith(Path.class)
                ? owner.getAnnotationOfType(Path.class).value()
                : "";
    }

    private static boolean answersRequests(JavaMethod method) {
        return method.getAnnotations().stream()
                .flatMap(a -> Stream.of(a.getRawType()))
                .anyMatch(type -> type.isMetaAnnotatedWith(HttpMethod.class) || type.isAnnotatedWith(HttpMethod.class));
    }
}
