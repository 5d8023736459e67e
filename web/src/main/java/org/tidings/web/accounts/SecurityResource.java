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
import java.util.UUID;
import org.tidings.accounts.ApiTokens;
import org.tidings.accounts.HashingBusy;
import org.tidings.accounts.PasswordRejected;
import org.tidings.accounts.PasswordWrong;
import org.tidings.accounts.Passwords;
import org.tidings.accounts.SessionView;
import org.tidings.accounts.Sessions;
import org.tidings.accounts.TooManyTries;
import org.tidings.web.access.Caller;
import org.tidings.web.access.Member;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Pages;

/** A member's password and her signed-in browsers. */
@Path("/me")
public class SecurityResource {

    private static final String PASSWORD = "accounts/password";
    private static final String REVOKE = "revoke-tokens";

    private final Pages pages;
    private final Visitor visitor;
    private final Passwords passwords;
    private final Sessions sessions;
    private final ApiTokens tokens;
    private final Caller caller;
    private final Answers answers;

    @Inject
    public SecurityResource(
            Pages pages,
            Visitor visitor,
            Passwords passwords,
            Sessions sessions,
            ApiTokens tokens,
            Caller caller,
            Answers answers) {
        this.pages = pages;
        this.visitor = visitor;
        this.passwords = passwords;
        this.sessions = sessions;
        this.tokens = tokens;
        this.caller = caller;
        this.answers = answers;
    }

    @GET
    @Path("password")
    @Member
    public Response password() {
        return pages.ok(PASSWORD, model(Form.empty().fill(REVOKE, "yes")));
    }

    private Map<String, Object> model(Form form) {
        return Map.of("form", form, "tokens", tokens.of(visitor.account()), "address", answers.ownAddress());
    }

    @POST
    @Path("password")
    @Member
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response change(MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        Map<String, Object> again = model(form);
        SessionView session = visitor.member();
        try {
            passwords.change(
                    session.account(),
                    session.id(),
                    form.value("current"),
                    form.value("password"),
                    form.ticked(REVOKE, "yes"),
                    caller.client());
            return pages.done("/me/password", "accounts.password.done");
        } catch (PasswordWrong e) {
            form.reject("current", "accounts.password.wrong");
            return pages.respond(403, PASSWORD, again);
        } catch (PasswordRejected e) {
            Answers.refuse(form, e);
            return pages.invalid(PASSWORD, again);
        } catch (TooManyTries e) {
            return answers.slowDown(PASSWORD, again, form, e);
        } catch (HashingBusy e) {
            return answers.busy(PASSWORD, again, form);
        }
    }

    @GET
    @Path("sessions")
    @Member
    public Response sessions() {
        SessionView here = visitor.member();
        return pages.ok(
                "accounts/sessions",
                Map.of(
                        "sessions",
                        sessions.of(here.account()),
                        "known",
                        sessions.known(here.account()),
                        "here",
                        here.id()));
    }

    @POST
    @Path("sessions/{id}/end")
    @Member
    public Response end(@PathParam("id") UUID id) {
        SessionView here = visitor.member();
        sessions.disown(here.account(), id);
        return id.equals(here.id())
                ? pages.signedOut().seeOther("/")
                : pages.done("/me/sessions", "accounts.sessions.ended");
    }

    @POST
    @Path("sessions/end-others")
    @Member
    public Response endOthers() {
        SessionView here = visitor.member();
        sessions.disownOthers(here.account(), here.id());
        return pages.done("/me/sessions", "accounts.sessions.ended-others");
    }
}
