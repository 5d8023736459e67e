package org.tidings.web.accounts;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import org.tidings.web.pages.Pages;

/** A person's data as a file: JSON for programs, one HTML page for people, which needs nothing else to be read (S57, S64). */
@RequestScoped
public class ExportFiles {

    private static final Jsonb JSON = JsonbBuilder.create(new JsonbConfig().withFormatting(true));

    private static final String STYLE = style();

    @Inject
    Pages pages;

    public Response json(Map<String, Object> data) {
        return file(Response.ok(JSON.toJson(data)), "application/json", "my-data.json");
    }

    public Response html(Map<String, Object> data) {
        Response page = pages.ok("accounts/export", Map.of("data", data));
        return file(
                Response.fromResponse(page).entity(withItsLook(page.getEntity())),
                "text/html; charset=utf-8",
                "my-data.html");
    }

    /** The page is read from a disk, where no style sheet of the site can be had. */
    private static byte[] withItsLook(Object page) {
        String html = page instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(page);
        return html.replaceFirst("</head>", Matcher.quoteReplacement("<style>\n" + STYLE + "</style></head>"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String style() {
        try (InputStream in = ExportFiles.class.getResourceAsStream("/org/tidings/web/copy.css")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Response file(Response.ResponseBuilder response, String type, String name) {
        return response.header("Content-Type", null)
                .header("Content-Type", type)
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .build();
    }
}
