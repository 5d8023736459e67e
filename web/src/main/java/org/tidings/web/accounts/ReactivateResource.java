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
import org.tidings.accounts.Closing;
import org.tidings.accounts.HashingBusy;
import org.tidings.accounts.PasswordWrong;
import org.tidings.accounts.TooManyTries;
import org.tidings.mail.EmailAddress;
import org.tidings.web.access.Caller;
import org.tidings.web.access.Public;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Pages;

/** Coming back within the window, with mailbox and password (SEC-62). */
@Path("/reactivate")
public class ReactivateResource {

    private static final String KIND = "reactivation";
    private static final String PASSWORD = "accounts/reactivate-password";

    private final Pages pages;
    private final Closing closing;
    private final Caller caller;
    private final Answers answers;
    private final ProvedJustNow proved;

    @Inject
    public ReactivateResource(Pages pages, Closing closing, Caller caller, Answers answers, ProvedJustNow proved) {
        this.pages = pages;
        this.closing = closing;
        this.caller = caller;
        this.answers = answers;
        this.proved = proved;
    }

    @GET
    @Public
    public Response form() {
        return pages.ok("accounts/reactivate", Map.of("form", Form.empty()));
    }

    @POST
    @Public
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response request(MultivaluedMap<String, String> sent) {
        return answers.byMail(
                "accounts/reactivate",
                "/reactivate",
                sent,
                address -> closing.requestReactivation(address, pages.language(), caller.client()));
    }

    @GET
    @Path("sent")
    @Public
    public Response sent() {
        return answers.sent("reactivate", "/reactivate");
    }

    @GET
    @Path("{token}")
    @Public
    public Response password(@PathParam("token") String token) {
        return answers.whileValid(KIND, () -> {
            EmailAddress address = closing.checkReactivation(token);
            return pages.ok(PASSWORD, Map.of("token", token, "address", address.original(), "form", Form.empty()));
        });
    }

    @POST
    @Path("{token}")
    @Public
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response reactivate(@PathParam("token") String token, MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        return answers.whileValid(KIND, () -> {
            EmailAddress address = closing.checkReactivation(token);
            Map<String, Object> again = Map.of("token", token, "address", address.original(), "form", form);
            try {
                closing.reactivate(token, form.value("password"), caller.client());
                return proved.goOn(
                        address,
                        form.value("password"),
                        "accounts.reactivate.done",
                        "accounts.reactivate.done.sign-in");
            } catch (PasswordWrong e) {
                form.reject("password", "accounts.password.wrong");
                return pages.invalid(PASSWORD, again);
            } catch (TooManyTries e) {
                return answers.slowDown(PASSWORD, again, form, e);
            } catch (HashingBusy e) {
                return answers.busy(PASSWORD, again, form);
            }
        });
    }
}
