package org.tidings.web.home;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tidings.web.access.Public;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Pages;

/** Every component on one page. Its forms lead nowhere. */
@Path("/styleguide")
public class StyleguideResource {
    private final Pages pages;

    @Inject
    public StyleguideResource(Pages pages) {
        this.pages = pages;
    }

    @GET
    @Public
    public Response styleguide() {
        var kinds = new LinkedHashMap<String, String>();
        kinds.put("maintenance", pages.t("styleguide.field.kind.maintenance"));
        kinds.put("incident", pages.t("styleguide.field.kind.incident"));
        var refused = Form.empty()
                .fill("typed", "ada at example.org")
                .reject("typed", "styleguide.refused.address")
                .reject("agreed", "styleguide.refused.agreed");
        return pages.ok(
                "home/styleguide",
                Map.of("form", Form.empty().fill("wish", "mail"), "refused", refused, "options", kinds));
    }
}
