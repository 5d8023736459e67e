package org.tidings.web.home;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.tidings.web.access.Public;
import org.tidings.web.pages.Fragments;
import org.tidings.web.pages.Pages;

/** The first page, made of what the areas show on it. */
@Path("/")
public class HomeResource {
    private final Pages pages;

    @Inject
    public HomeResource(Pages pages) {
        this.pages = pages;
    }

    @GET
    @Public
    public Response home() {
        return pages.ok("home/home", Map.of("fragments", pages.fragments(Fragments.Place.HOME)));
    }
}
