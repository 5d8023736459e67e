package org.tidings.web.accounts;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AccountNotFound;
import org.tidings.accounts.LastAdministratorMustStay;
import org.tidings.accounts.Role;
import org.tidings.accounts.Staff;
import org.tidings.mail.EmailAddress;
import org.tidings.web.access.FreshSignIn;
import org.tidings.web.access.StaffRole;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Pages;
import org.tidings.web.pages.TypedAddress;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/** Who works for the site: invited, given roles, removed. */
@Path("/staff/people")
public class PeopleResource {

    private final Pages pages;
    private final Visitor visitor;
    private final Staff staff;

    @Inject
    public PeopleResource(Pages pages, Visitor visitor, Staff staff) {
        this.pages = pages;
        this.visitor = visitor;
        this.staff = staff;
    }

    @GET
    @StaffRole(Role.ADMINISTRATOR)
    public Response list() {
        return pages.ok("accounts/people", model(Form.empty()));
    }

    @POST
    @Path("invite")
    @StaffRole(Role.ADMINISTRATOR)
    @FreshSignIn
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response invite(MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        Optional<EmailAddress> address = TypedAddress.read(form, "address");
        Set<Role> roles = StaffRoles.of(form);
        if (roles.isEmpty()) {
            form.reject("role", "accounts.people.role.missing");
        }
        if (address.isEmpty() || !form.valid()) {
            return pages.invalid("accounts/people", model(form));
        }
        staff.invite(visitor.account(), address.get(), roles, pages.language());
        return pages.done(
                "/staff/people", "accounts.people.invited", address.get().original());
    }

    @POST
    @Path("invitations/{id}/withdraw")
    @StaffRole(Role.ADMINISTRATOR)
    @FreshSignIn
    public Response withdraw(@PathParam("id") UUID id) {
        staff.withdraw(visitor.account(), id);
        return pages.done("/staff/people", "accounts.people.withdrawn");
    }

    @GET
    @Path("{id}")
    @StaffRole(Role.ADMINISTRATOR)
    @FreshSignIn
    public Response member(@PathParam("id") UUID id) {
        Staff.Member member = existing(id);
        Form form = Form.empty()
                .fill("role", member.roles().stream().map(Role::name).toList());
        return pages.ok("accounts/person", Map.of("member", member, "form", form));
    }

    @POST
    @Path("{id}")
    @StaffRole(Role.ADMINISTRATOR)
    @FreshSignIn
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response change(@PathParam("id") UUID id, MultivaluedMap<String, String> sent) {
        return change(id, StaffRoles.of(Form.of(sent)));
    }

    private Response change(UUID id, Set<Role> roles) {
        try {
            staff.changeRoles(visitor.account(), new AccountId(id), roles);
        } catch (LastAdministratorMustStay e) {
            return pages.refused("/staff/people/" + id, "accounts.last-administrator");
        } catch (AccountNotFound e) {
            throw new Problem(ProblemType.NOT_FOUND);
        }
        // Whoever changes her own roles is signed out with the rest of her browsers.
        return pages.done("/staff/people", "accounts.people.changed");
    }

    private Map<String, Object> model(Form form) {
        return Map.of("form", form, "members", staff.members(), "invitations", staff.invitations());
    }

    private Staff.Member existing(UUID id) {
        return staff.members().stream()
                .filter(member -> member.account().value().equals(id))
                .findFirst()
                .orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
    }
}
