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
import org.tidings.accounts.HashingBusy;
import org.tidings.accounts.PasswordRejected;
import org.tidings.accounts.Passwords;
import org.tidings.mail.EmailAddress;
import org.tidings.web.access.Caller;
import org.tidings.web.access.Public;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Pages;

/** Another password by mail; signs nobody in (SEC-24). */
@Path("/reset")
public class ResetResource {

    private static final String KIND = "reset";

    private final Pages pages;
    private final Passwords passwords;
    private final Caller caller;
    private final Answers answers;

    @Inject
    public ResetResource(Pages pages, Passwords passwords, Caller caller, Answers answers) {
        this.pages = pages;
        this.passwords = passwords;
        this.caller = caller;
        this.answers = answers;
    }

    @GET
    @Public
    public Response form() {
        return pages.ok("accounts/reset", Map.of("form", Form.empty()));
    }

    @POST
    @Public
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response request(MultivaluedMap<String, String> sent) {
        return answers.byMail(
                "accounts/reset",
                "/reset",
                sent,
                address -> passwords.requestReset(address, pages.language(), caller.client()));
    }

    @GET
    @Path("sent")
    @Public
    public Response sent() {
        return answers.sent("reset", "/reset");
    }

    @GET
    @Path("{token}")
    @Public
    public Response choose(@PathParam("token") String token) {
        return answers.whileValid(KIND, () -> {
            EmailAddress address = passwords.checkReset(token);
            return pages.ok(
                    "accounts/reset-choose",
                    Map.of("token", token, "address", address.original(), "form", Form.empty()));
        });
    }

    @POST
    @Path("{token}")
    @Public
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response reset(@PathParam("token") String token, MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        return answers.whileValid(KIND, () -> {
            String address = passwords.checkReset(token).original();
            Map<String, Object> again = Map.of("token", token, "address", address, "form", form);
            try {
                String known = passwords.reset(token, form.value("password"), caller.client());
                return pages.knownBy(known).fillingIn(address).done("/sign-in", "accounts.reset.done");
            } catch (PasswordRejected e) {
                Answers.refuse(form, e);
                return pages.invalid("accounts/reset-choose", again);
            } catch (HashingBusy e) {
                return answers.busy("accounts/reset-choose", again, form);
            }
        });
    }
}
