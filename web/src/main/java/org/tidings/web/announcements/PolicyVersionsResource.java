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

/** Every published version of a policy, for good. */
@Path("/policies/{kind: privacy|terms}/{number: [1-9][0-9]{0,5}}")
public class PolicyVersionsResource {
    private final Pages pages;
    private final Policies policies;
    private final SiteSettings settings;

    @Inject
    public PolicyVersionsResource(Pages pages, Policies policies, SiteSettings settings) {
        this.pages = pages;
        this.policies = policies;
        this.settings = settings;
    }

    @GET
    @Public
    public Response version(@PathParam("kind") String slug, @PathParam("number") int number) {
        PolicyKind kind = PolicyKind.ofSlug(slug).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
        PolicyVersion version = policies.published(kind, number).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
        boolean current = policies.current(kind)
                .map(holding -> holding.number() == number)
                .orElse(false);
        return pages.ok(PolicyPage.of(policies, version, pages.language(), current, settings.privacyAddress()));
    }
}
