package org.tidings.web.announcements;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import org.tidings.announcements.Policies;
import org.tidings.announcements.PolicyKind;
import org.tidings.announcements.PolicyVersion;
import org.tidings.web.SiteSettings;
import org.tidings.web.access.Public;
import org.tidings.web.pages.Pages;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/** The policy that holds today. */
@Path("/{kind: privacy|terms}")
public class CurrentPolicyResource {
    private final Pages pages;
    private final Policies policies;
    private final SiteSettings settings;

    @Inject
    public CurrentPolicyResource(Pages pages, Policies policies, SiteSettings settings) {
        this.pages = pages;
        this.policies = policies;
        this.settings = settings;
    }

    @GET
    @Public
    public Response current(@PathParam("kind") String kind) {
        PolicyVersion version = PolicyKind.ofSlug(kind)
                .flatMap(policies::current)
                .orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
        return pages.ok(PolicyPage.of(policies, version, pages.language(), true, settings.privacyAddress()));
    }
}
