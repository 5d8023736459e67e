package org.tidings.web.health;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tidings.site.WrittenLanguages;
import org.tidings.web.SiteSettings;
import org.tidings.web.access.Public;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/** {@code /.well-known}: where password managers and security researchers look. */
@Path("/.well-known")
public class WellKnownResource {

    private static final int VALID_DAYS = 180;

    private final SiteSettings settings;
    private final Clock clock;
    private final WrittenLanguages languages;
    private final Optional<String> contact;

    @Inject
    public WellKnownResource(
            SiteSettings settings,
            Clock clock,
            WrittenLanguages languages,
            @ConfigProperty(name = "tidings.security.contact") Optional<String> contact) {
        this.settings = settings;
        this.clock = clock;
        this.languages = languages;
        this.contact = contact;
    }

    /** Where a password is changed (W3C, A Well-Known URL for Changing Passwords). */
    @GET
    @Public
    @Path("/change-password")
    public Response changePassword() {
        return Response.status(Response.Status.FOUND)
                .location(URI.create("/me/password"))
                .build();
    }

    /** RFC 9116; not there while nobody is named. */
    @GET
    @Public
    @Path("/security.txt")
    public Response security() {
        String given = contact.orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
        String address = given.contains(":") ? given : "mailto:" + given;
        OffsetDateTime expires = OffsetDateTime.now(clock)
                .withOffsetSameInstant(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.DAYS)
                .plusDays(VALID_DAYS);
        String text = "Contact: " + address + "\nExpires: " + expires + "\nPreferred-Languages: " + languages.codes()
                + "\nCanonical: "
                + settings.publicUrl() + "/.well-known/security.txt\n";
        return Response.ok(text)
                .header("Content-Type", "text/plain; charset=utf-8")
                .build();
    }
}
