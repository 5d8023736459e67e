package org.tidings.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.Path;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is described is all of the API (NLT-D3). */
class ApiDescriptionTest {

    @Test
    void describesEveryResourceOfTheApi_NLTD3() throws Exception {
        try (InputStream in =
                Objects.requireNonNull(ApiDescription.class.getResourceAsStream(ApiDescription.RESOURCES))) {
            String listed = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(listed.lines())
                    .containsExactlyInAnyOrderElementsOf(new ClassFileImporter()
                                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                                    .importPackages("org.tidings.web")
                                    .stream()
                                    .filter(type -> type.isAnnotatedWith(Path.class))
                                    .filter(type -> type.getAnnotationOfType(Path.class)
                                            .value()
                                            .startsWith("/api/v1"))
                                    .map(JavaClass::getName)
                                    .toList());
        }
    }

    /** Something with patterns in its path. */
    @Path("/things/{id: [0-9a-f-]{36}}")
    public interface ThingsApi {
        @Path("parts/{part: [a-z]{1,3}-[0-9]{2}}")
        void part();
    }

    @Test
    void pathsHaveNoPatterns_NLTD3() throws Exception {
        assertThat(DescribedOperations.path(ThingsApi.class, ThingsApi.class.getDeclaredMethod("part")))
                .isEqualTo("/things/{id}/parts/{part}");
    }
}
