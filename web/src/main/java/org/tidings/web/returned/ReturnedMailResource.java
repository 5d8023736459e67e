package org.tidings.web.returned;

import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.tidings.accounts.Role;
import org.tidings.mail.ReturnedMails;
import org.tidings.mail.ReturnedMails.Line;
import org.tidings.mail.ReturnedMails.Sort;
import org.tidings.web.access.StaffRole;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.Pages;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/** What came back, for publishers and privacy officers. The mail itself names people: reading it is on record. */
@Path("/staff/returned")
public class ReturnedMailResource {

    private static final int SHOWN = 50;
    private static final int FIGURE_DAYS = 30;
    private static final int RAW_BYTES_SHOWN = 200_000;

    private final Pages pages;
    private final Visitor visitor;
    private final ReturnedMails returned;
    private final LiftingSuppressions lifting;
    private final Clock clock;

    @Inject
    public ReturnedMailResource(
            Pages pages, Visitor visitor, ReturnedMails returned, LiftingSuppressions lifting, Clock clock) {
        this.pages = pages;
        this.visitor = visitor;
        this.returned = returned;
        this.lifting = lifting;
        this.clock = clock;
    }

    @GET
    @StaffRole({Role.PUBLISHER, Role.PRIVACY_OFFICER})
    public Response list(
            @QueryParam("sort") @DefaultValue("") String wanted,
            @QueryParam("before") @DefaultValue("") String before) {
        Optional<Sort> sort = Arrays.stream(Sort.values())
                .filter(s -> s.name().equals(wanted))
                .findFirst();
        List<Line> lines = returned.newest(sort, time(before), SHOWN);
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("sort", sort);
        parameters.put("lines", lines);
        parameters.put("more", lines.size() == SHOWN);
        parameters.put("ways", returned.waysIn());
        parameters.put("waiting", returned.waiting());
        parameters.put("figures", returned.figures(OffsetDateTime.now(clock).minusDays(FIGURE_DAYS)));
        return pages.ok("returned/list", parameters);
    }

    private static Optional<OffsetDateTime> time(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(OffsetDateTime.parse(text));
        } catch (DateTimeException e) {
            throw new Problem(ProblemType.BAD_REQUEST);
        }
    }

    @GET
    @Path("review")
    @StaffRole({Role.PUBLISHER, Role.PRIVACY_OFFICER})
    public Response review() {
        return pages.ok("returned/review", Map.of("lines", returned.toReview(2 * SHOWN)));
    }

    @GET
    @Path("{id: [0-9a-f-]{36}}")
    @StaffRole({Role.PUBLISHER, Role.PRIVACY_OFFICER})
    public Response look(@PathParam("id") UUID id) {
        return page(id, Optional.empty());
    }

    /** A POST, as it leaves a trace. */
    @POST
    @Path("{id: [0-9a-f-]{36}}")
    @StaffRole({Role.PUBLISHER, Role.PRIVACY_OFFICER})
    public Response read(@PathParam("id") UUID id) {
        byte[] raw = returned.raw(id).orElseThrow(() -> new Problem(ProblemType.GONE));
        lifting.readMail(visitor.account(), id);
        int shown = Math.min(raw.length, RAW_BYTES_SHOWN);
        return page(id, Optional.of(new String(raw, 0, shown, StandardCharsets.UTF_8)));
    }

    private Response page(UUID id, Optional<String> raw) {
        List<Line> lines = returned.of(id);
        if (lines.isEmpty()) {
            throw new Problem(ProblemType.NOT_FOUND);
        }
        return pages.ok("returned/mail", Map.of("id", id, "lines", lines, "raw", raw));
    }
}
