package org.tidings.web.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Paths;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/**
 * What {@code /openapi} tells: the JSON API, not the pages, as its resources are. Named in {@code microprofile-config.properties}. What the
 * container reads from them has patterns in its paths and knows no generic records (NLT-D3).
 */
public class ApiDescription implements OASFilter {

    /** One class in a line; a test sees to it that all are there. */
    static final String RESOURCES = "/org/tidings/web/api/resources.txt";

    private static final String TOKEN = "apiToken";

    @Override
    public void filterOpenAPI(OpenAPI api) {
        api.setInfo(OASFactory.createInfo()
                .title("Tidings")
                .version("1")
                .description("Errors are application/problem+json (RFC 9457). Every POST that sends or creates takes an"
                        + " Idempotency-Key. Lists go on at the cursor in \"next\"."));
        DescribedOperations described = new DescribedOperations();
        resources().forEach(described::add);
        Paths paths = OASFactory.createPaths();
        paths.setPathItems(described.paths());
        api.setPaths(paths);
        api.setTags(new ArrayList<>());
        api.setComponents(OASFactory.createComponents().schemas(described.schemas()));
        api.getComponents()
                .addSecurityScheme(
                        TOKEN,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .description("An API token, tdg_…, which staff make on their pages."));
        api.setSecurity(List.of(OASFactory.createSecurityRequirement().addScheme(TOKEN)));
        String here = ConfigProvider.getConfig()
                .getOptionalValue("tidings.public.url", String.class)
                .orElse("/");
        api.setServers(List.of(OASFactory.createServer().url(here)));
        withoutEndpoints(api);
    }

    private static List<Class<?>> resources() {
        try (InputStream in = ApiDescription.class.getResourceAsStream(RESOURCES)) {
            if (in == null) {
                throw new IllegalStateException("no " + RESOURCES);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(name -> !name.isBlank())
                    .<Class<?>>map(ApiDescription::named)
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Class<?> named(String name) {
        try {
            return Class.forName(name.strip(), false, ApiDescription.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The container adds a list of all addresses, those of staff too, under a name that is not of the standard; others have no such list. */
    private static void withoutEndpoints(OpenAPI api) {
        try {
            api.getClass().getMethod("setEndpoints", Map.class).invoke(api, new HashMap<>());
        } catch (ReflectiveOperationException e) {
            // Nothing to take away.
        }
    }
}
