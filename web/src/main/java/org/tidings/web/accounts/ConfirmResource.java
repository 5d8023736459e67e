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
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.HashingBusy;
import org.tidings.accounts.NameRejected;
import org.tidings.accounts.PasswordRejected;
import org.tidings.accounts.PhoneRejected;
import org.tidings.accounts.Registrations;
import org.tidings.accounts.Registrations.PendingRegistration;
import org.tidings.accounts.SessionView;
import org.tidings.newsletter.Subscriptions;
import org.tidings.web.access.FreshSignIn;
import org.tidings.web.access.Public;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Pages;

/** Behind the link of a registration or an invitation: one button, then name, password and contact wishes. */
@Path("/confirm/{token}")
public class ConfirmResource {

    private static final String KIND = "registration";

    private final Pages pages;
    private final Visitor visitor;
    private final Registrations registrations;
    private final Subscriptions subscriptions;
    private final Answers answers;
    private final ProvedJustNow proved;

    @Inject
    public ConfirmResource(
            Pages pages,
            Visitor visitor,
            Registrations registrations,
            Subscriptions subscriptions,
            Answers answers,
            ProvedJustNow proved) {
        this.pages = pages;
        this.visitor = visitor;
        this.registrations = registrations;
        this.subscriptions = subscriptions;
        this.answers = answers;
        this.proved = proved;
    }

    @GET
    @Public
    public Response button(@PathParam("token") String token) {
        return answers.whileValid(KIND, () -> {
            PendingRegistration pending = registrations.find(token);
            return pages.ok("accounts/confirm", Map.of("token", token, "pending", pending, "who", who(pending)));
        });
    }

    /** Who an invitation that needs a sign-in is looked at by: {@code nobody} who is signed in, {@code other}, or {@code holder}. */
    private String who(PendingRegistration pending) {
        Optional<AccountId> here = visitor.session().map(SessionView::account);
        return pending.holder().isEmpty() || here.equals(pending.holder())
                ? "holder"
                : here.isPresent() ? "other" : "nobody";
    }

    @POST
    @Public
    public Response prove(@PathParam("token") String token) {
        return answers.whileValid(KIND, () -> {
            PendingRegistration pending = registrations.find(token);
            if (pending.holder().isPresent()) {
                return accept(token, pending);
            }
            registrations.prove(token);
            return pages.seeOther("/confirm/" + token + "/account");
        });
    }

    /** Her mailbox alone does not make the holder of an account staff: her password does, given a moment ago. */
    private Response accept(String token, PendingRegistration pending) {
        String here = "/confirm/" + token;
        if (!who(pending).equals("holder")) {
            return pages.respond(
                    403, "accounts/confirm", Map.of("token", token, "pending", pending, "who", who(pending)));
        }
        if (!visitor.signedInFreshly(FreshSignIn.MINUTES)) {
            return pages.seeOther("/sign-in/again?to=" + here);
        }
        registrations.accept(token, visitor.account());
        return pages.done("/sign-in", "accounts.confirm.joined");
    }

    @GET
    @Path("account")
    @Public
    public Response account(@PathParam("token") String token) {
        return answers.whileValid(KIND, () -> {
            PendingRegistration pending = registrations.find(token);
            if (!pending.proved()) {
                return pages.seeOther("/confirm/" + token);
            }
            Form form = Form.empty().fill("wishes", "email");
            return pages.ok("accounts/open", Map.of("token", token, "pending", pending, "form", form));
        });
    }

    @POST
    @Path("account")
    @Public
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response open(@PathParam("token") String token, MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        return answers.whileValid(KIND, () -> {
            PendingRegistration pending = registrations.find(token);
            Map<String, Object> again = Map.of("token", token, "pending", pending, "form", form);
            try {
                registrations.open(
                        token,
                        form.value("name"),
                        form.value("password"),
                        Answers.wishes(form),
                        pages.language(),
                        zoneSaidBefore(pending));
                return proved.goOn(
                        pending.address(), form.value("password"), "accounts.open.done", "accounts.open.done.sign-in");
            } catch (NameRejected e) {
                Answers.refuse(form, e);
            } catch (PasswordRejected e) {
                Answers.refuse(form, e);
            } catch (PhoneRejected e) {
                form.reject("phone", "accounts.phone.rejected");
            } catch (HashingBusy e) {
                return answers.busy("accounts/open", again, form);
            }
            return pages.invalid("accounts/open", again);
        });
    }

    /** What she said as a subscriber is not asked again. Of a mailbox that is not proved nothing is looked up. */
    private Optional<ZoneId> zoneSaidBefore(PendingRegistration pending) {
        return pending.proved() ? subscriptions.zoneOf(pending.address()) : Optional.empty();
    }
}
