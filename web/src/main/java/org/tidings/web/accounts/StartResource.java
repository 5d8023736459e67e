package org.tidings.web.accounts;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.tidings.accounts.Role;
import org.tidings.web.access.FreshSignIn;
import org.tidings.web.access.StaffRole;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.Pages;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/** Asks the first administrator whether to start empty or with sample content; and removes that again. */
@Path("/staff/start")
public class StartResource {

    private final Pages pages;
    private final Visitor visitor;
    private final Instance<SampleContent> sample;

    @Inject
    public StartResource(Pages pages, Visitor visitor, Instance<SampleContent> sample) {
        this.pages = pages;
        this.visitor = visitor;
        this.sample = sample;
    }

    @GET
    @StaffRole(Role.ADMINISTRATOR)
    public Response ask() {
        return pages.ok("accounts/start", Map.of("present", content().present()));
    }

    @POST
    @Path("sample")
    @StaffRole(Role.ADMINISTRATOR)
    @FreshSignIn
    public Response load() {
        if (content().inUse()) {
            return pages.refused("/staff/start", "accounts.start.in-use");
        }
        content().load(visitor.account());
        return pages.done("/staff", "accounts.start.loaded");
    }

    @POST
    @Path("sample/remove")
    @StaffRole(Role.ADMINISTRATOR)
    @FreshSignIn
    public Response remove() {
        content().remove(visitor.account());
        return pages.done("/staff", "accounts.start.removed");
    }

    private SampleContent content() {
        if (!sample.isResolvable()) {
            throw new Problem(ProblemType.NOT_FOUND);
        }
        return sample.get();
    }
}
