package org.tidings.web.returned;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.tidings.accounts.Role;
import org.tidings.mail.ReturnedMails;
import org.tidings.mail.SuppressedAddresses;
import org.tidings.mail.SuppressedAddresses.Reason;
import org.tidings.web.access.FreshSignIn;
import org.tidings.web.access.StaffRole;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Pages;
import org.tidings.web.pages.TypedAddress;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/**
 * Addresses that are not written to, for publishers and privacy officers. They stand here by hash; an address is typed to look it up and
 * never stands in a link. That nobody was there may be lifted by both, a complaint by the privacy officer alone: it is the person's own
 * word, and a publisher has an interest in writing to her again.
 */
@Path("/staff/suppressed")
public class SuppressedAddressesResource {

    private static final int SHOWN = 100;
    private static final int REPORTS_SHOWN = 50;

    private final Pages pages;
    private final Visitor visitor;
    private final SuppressedAddresses suppressed;
    private final ReturnedMails returned;
    private final LiftingSuppressions lifting;

    @Inject
    public SuppressedAddressesResource(
            Pages pages,
            Visitor visitor,
            SuppressedAddresses suppressed,
            ReturnedMails returned,
            LiftingSuppressions lifting) {
        this.pages = pages;
        this.visitor = visitor;
        this.suppressed = suppressed;
        this.returned = returned;
        this.lifting = lifting;
    }

    @GET
    @StaffRole({Role.PUBLISHER, Role.PRIVACY_OFFICER})
    public Response list(@QueryParam("reason") @DefaultValue("") String reason) {
        return list(200, reason, Form.empty());
    }

    private Response list(int status, String wanted, Form form) {
        Optional<Reason> reason = Arrays.stream(Reason.values())
                .filter(r -> r.name().equals(wanted))
                .findFirst();
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("form", form);
        parameters.put("reason", reason);
        parameters.put("counts", suppressed.count());
        parameters.put("newest", suppressed.newest(reason, SHOWN));
        return pages.respond(status, "returned/suppressed", parameters);
    }

    /** By POST, so that the address stands in no link and no history. */
    @POST
    @StaffRole({Role.PUBLISHER, Role.PRIVACY_OFFICER})
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response find(MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        return TypedAddress.read(form, "address")
                .map(address -> pages.seeOther("/staff/suppressed/" + suppressed.hashOf(address)))
                .orElseGet(() -> list(422, "", form));
    }

    @GET
    @Path("{address: [0-9a-f-]{36}}")
    @StaffRole({Role.PUBLISHER, Role.PRIVACY_OFFICER})
    public Response look(@PathParam("address") UUID address) {
        lifting.looked(visitor.account(), address);
        return address(200, address, Form.empty());
    }

    private Response address(int status, UUID address, Form form) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("form", form);
        parameters.put("address", address);
        parameters.put("standing", suppressed.about(address));
        parameters.put("lines", returned.about(address, REPORTS_SHOWN));
        parameters.put("mayLiftComplaint", visitor.has(Role.PRIVACY_OFFICER));
        return pages.respond(status, "returned/address", parameters);
    }

    @POST
    @Path("{address: [0-9a-f-]{36}}/lift")
    @StaffRole({Role.PUBLISHER, Role.PRIVACY_OFFICER})
    @FreshSignIn
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response lift(@PathParam("address") UUID address, MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        Reason reason = Arrays.stream(Reason.values())
                .filter(r -> r.name().equals(form.value("reason")))
                .findFirst()
                .orElseThrow(() -> new Problem(ProblemType.BAD_REQUEST));
        if (reason == Reason.COMPLAINED && !visitor.has(Role.PRIVACY_OFFICER)) {
            throw new Problem(ProblemType.ROLE_MISSING);
        }
        form.require("why", "returned.lift.why.missing").atMost("why", 200).oneLine("why");
        if (!form.valid()) {
            return address(422, address, form);
        }
        return lifting.lift(visitor.account(), address, reason, form.trimmed("why"))
                ? pages.done("/staff/suppressed/" + address, "returned.lift.done")
                : pages.refused("/staff/suppressed/" + address, "returned.lift.gone");
    }
}
