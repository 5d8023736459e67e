package org.tidings.web.api;

import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.Paths;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/** What {@code /openapi} tells: the JSON API, not the pages. Named in {@code microprofile-config.properties}. */
public class ApiDescription implements OASFilter {

    private static final String TOKEN = "apiToken";

    @Override
    public void filterOpenAPI(OpenAPI api) {
        api.setInfo(OASFactory.createInfo()
                .title("Tidings")
                .version("1")
                .description("Errors are application/problem+json (RFC 9457). Every POST that sends or creates takes an"
                        + " Idempotency-Key. Lists go on at the cursor in \"next\"."));
        Map<String, PathItem> described = new TreeMap<>();
        if (api.getPaths() != null && api.getPaths().getPathItems() != null) {
            api.getPaths().getPathItems().forEach((path, item) -> {
                if (path.startsWith("/api/v1")) {
                    described.put(path, item);
                }
            });
        }
        Paths paths = OASFactory.createPaths();
        paths.setPathItems(described);
        api.setPaths(paths);
        if (api.getComponents() == null) {
            api.setComponents(OASFactory.createComponents());
        }
        api.getComponents()
                .addSecurityScheme(
                        TOKEN,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .description("An API token, tdg_…, which staff make on their pages."));
        api.addSecurityRequirement(OASFactory.createSecurityRequirement().addScheme(TOKEN));
    }
}
