package org.tidings.web.newsletter;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.Role;
import org.tidings.newsletter.Attributes;
import org.tidings.newsletter.ChangedMeanwhile;
import org.tidings.newsletter.Condition;
import org.tidings.newsletter.Issues;
import org.tidings.newsletter.Newsletters;
import org.tidings.newsletter.SegmentId;
import org.tidings.newsletter.SegmentRejected;
import org.tidings.newsletter.SegmentView;
import org.tidings.newsletter.Segments;
import org.tidings.newsletter.SubscriptionState;
import org.tidings.web.access.StaffRole;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Pages;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/** Saved conditions over readers. */
@Path("/staff/segments")
public class SegmentsResource {

    private static final String ID = "{id: [0-9a-f-]{36}}";
    private static final String HERE = "/staff/segments";
    private static final int ISSUES_OFFERED = 50;

    private final Pages pages;
    private final Visitor visitor;
    private final Segments segments;
    private final Attributes attributes;
    private final Newsletters newsletters;
    private final Issues issues;

    @Inject
    public SegmentsResource(
            Pages pages,
            Visitor visitor,
            Segments segments,
            Attributes attributes,
            Newsletters newsletters,
            Issues issues) {
        this.pages = pages;
        this.visitor = visitor;
        this.segments = segments;
        this.attributes = attributes;
        this.newsletters = newsletters;
        this.issues = issues;
    }

    @GET
    @StaffRole({Role.EDITOR, Role.PUBLISHER})
    public Response list() {
        return pages.ok("subscribers/segments", Map.of("segments", segments.all()));
    }

    @GET
    @Path("new")
    @StaffRole(Role.PUBLISHER)
    public Response blank() {
        return page(200, null, Form.empty(), Optional.empty());
    }

    @POST
    @Path("new")
    @StaffRole(Role.PUBLISHER)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response define(MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        return decide(form, null, condition -> segments.define(form.trimmed("name"), condition, visitor.account()));
    }

    @GET
    @Path(ID)
    @StaffRole({Role.EDITOR, Role.PUBLISHER})
    public Response edit(@PathParam("id") UUID id) {
        SegmentView segment = find(id);
        Form form = Form.empty().fill("name", segment.name()).fill("version", Long.toString(segment.version()));
        if (SegmentForm.shows(segment.condition())) {
            SegmentForm.fill(form, segment.condition());
        }
        return page(200, segment, form, counted(segment, form));
    }

    /** What it asks for may be gone meanwhile: the page says so. */
    private Optional<Long> counted(SegmentView segment, Form form) {
        try {
            return Optional.of(segments.count(segment.condition()));
        } catch (SegmentRejected e) {
            reject(form, e);
            return Optional.empty();
        }
    }

    @POST
    @Path(ID)
    @StaffRole(Role.PUBLISHER)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response change(@PathParam("id") UUID id, MultivaluedMap<String, String> sent) {
        SegmentView segment = find(id);
        Form form = Form.of(sent);
        return decide(form, segment, condition -> {
            segments.change(segment.id(), form.trimmed("name"), condition, Versions.read(form), visitor.account());
            return segment.id();
        });
    }

    private interface Keeping {
        SegmentId keep(Condition condition);
    }

    /** Counts what is on the page, or keeps it. */
    private Response decide(Form form, @Nullable SegmentView segment, Keeping keeping) {
        Condition condition = new SegmentForm(attributes.all()).read(form);
        if (!form.valid()) {
            return page(422, segment, form, Optional.empty());
        }
        try {
            if (form.value("then").equals("count")) {
                return page(200, segment, form, Optional.of(segments.count(condition)));
            }
            SegmentId kept = keeping.keep(condition);
            return pages.done(HERE + "/" + kept.value(), "subscribers.segment.saved", form.trimmed("name"));
        } catch (SegmentRejected e) {
            reject(form, e);
        } catch (ChangedMeanwhile e) {
            form.reject("", "issues.changed-meanwhile");
        }
        return page(422, segment, form, Optional.empty());
    }

    private static void reject(Form form, SegmentRejected e) {
        String reason = e.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
        form.reject(reason.startsWith("name-") ? "name" : "", "subscribers.segment.wrong." + reason);
    }

    @POST
    @Path(ID + "/remove")
    @StaffRole(Role.PUBLISHER)
    public Response remove(@PathParam("id") UUID id) {
        SegmentView segment = find(id);
        try {
            segments.remove(segment.id(), visitor.account());
            return pages.done(HERE, "subscribers.segment.removed", segment.name());
        } catch (SegmentRejected e) {
            return pages.refused(HERE + "/" + id, "subscribers.segment.wrong.in-use");
        }
    }

    private SegmentView find(UUID id) {
        return segments.find(new SegmentId(id)).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
    }

    private Response page(int status, @Nullable SegmentView segment, Form form, Optional<Long> count) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("id", segment == null ? "" : segment.id().value().toString());
        parameters.put("form", form);
        parameters.put("count", count);
        parameters.put("lines", SegmentForm.lines(form));
        parameters.put("shown", segment == null || SegmentForm.shows(segment.condition()));
        parameters.put("whats", whats());
        parameters.put("mayChange", visitor.has(Role.PUBLISHER));
        return pages.respond(status, "subscribers/segment", parameters);
    }

    /** What can be asked for, in words. */
    private Map<String, String> whats() {
        Map<String, String> whats = new LinkedHashMap<>();
        whats.put("", pages.t("subscribers.segment.what.none"));
        for (var newsletter : newsletters.all()) {
            for (SubscriptionState state : SubscriptionState.values()) {
                whats.put(
                        "newsletter:" + newsletter.id().value() + ":" + state,
                        newsletter.name() + ": "
                                + pages.t("subscribers.state." + state.name().toLowerCase(Locale.ROOT)));
            }
        }
        whats.put("language", pages.t("subscribers.segment.what.language"));
        whats.put("zone", pages.t("subscribers.segment.what.zone"));
        whats.put("account", pages.t("subscribers.segment.what.account"));
        whats.put("tag", pages.t("subscribers.segment.what.tag"));
        whats.put("joined", pages.t("subscribers.segment.what.joined"));
        attributes.all().forEach(one -> whats.put("attribute:" + one.key(), one.label(visitor.language())));
        issues.latest(null, ISSUES_OFFERED).stream()
                .filter(issue -> issue.mailing().isPresent())
                .forEach(issue -> whats.put(
                        "got:" + issue.id().value(),
                        pages.t("subscribers.segment.what.got", issue.text().subject())));
        return whats;
    }
}
