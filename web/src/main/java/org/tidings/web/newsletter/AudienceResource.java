package org.tidings.web.newsletter;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.UUID;
import org.tidings.accounts.Role;
import org.tidings.newsletter.IssueId;
import org.tidings.newsletter.IssueNotInState;
import org.tidings.newsletter.IssueUnknown;
import org.tidings.newsletter.SegmentId;
import org.tidings.newsletter.SegmentUnknown;
import org.tidings.newsletter.Segments;
import org.tidings.newsletter.Segments.Choice;
import org.tidings.web.access.StaffRole;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Pages;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/** Whom an issue goes to, of its newsletter's readers. */
@Path("/staff/issues/{id: [0-9a-f-]{36}}/audience")
public class AudienceResource {

    private final Pages pages;
    private final Visitor visitor;
    private final Segments segments;

    @Inject
    public AudienceResource(Pages pages, Visitor visitor, Segments segments) {
        this.pages = pages;
        this.visitor = visitor;
        this.segments = segments;
    }

    @POST
    @StaffRole(Role.PUBLISHER)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response choose(@PathParam("id") UUID id, MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        try {
            segments.choose(
                    new IssueId(id),
                    new Choice(segment(form.value("only")), segment(form.value("except"))),
                    visitor.account());
        } catch (IssueUnknown | SegmentUnknown e) {
            throw new Problem(ProblemType.NOT_FOUND);
        } catch (IssueNotInState e) {
            return pages.refused("/staff/issues/" + id + "/sending", "issues.not-in-state");
        }
        return pages.seeOther("/staff/issues/" + id + "/send");
    }

    private static Optional<SegmentId> segment(String id) {
        try {
            return id.isEmpty() ? Optional.empty() : Optional.of(new SegmentId(UUID.fromString(id)));
        } catch (IllegalArgumentException e) {
            throw new Problem(ProblemType.BAD_REQUEST);
        }
    }
}
