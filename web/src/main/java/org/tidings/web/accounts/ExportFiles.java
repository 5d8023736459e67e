package org.tidings.web.accounts;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.tidings.web.pages.Pages;

/** A person's data as a file: JSON for programs, one plain HTML page for people (SEC-57, SEC-64). */
@RequestScoped
public class ExportFiles {

    private static final Jsonb JSON = JsonbBuilder.create(new JsonbConfig().withFormatting(true));

    @Inject
    Pages pages;

    public Response json(Map<String, Object> data) {
        return file(Response.ok(JSON.toJson(data)), "application/json", "my-data.json");
    }

    public Response html(Map<String, Object> data) {
        return file(
                Response.fromResponse(pages.ok("accounts/export", Map.of("data", data))),
                "text/html; charset=utf-8",
                "my-data.html");
    }

    private static Response file(Response.ResponseBuilder response, String type, String name) {
        return response.header("Content-Type", null)
                .header("Content-Type", type)
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .build();
    }
}
