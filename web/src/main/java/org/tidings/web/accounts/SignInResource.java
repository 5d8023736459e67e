package org.tidings.web.accounts;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import org.tidings.accounts.HashingBusy;
import org.tidings.accounts.PasswordWrong;
import org.tidings.accounts.SessionView;
import org.tidings.accounts.Sessions;
import org.tidings.accounts.SignIn;
import org.tidings.accounts.SignIn.SignedIn;
import org.tidings.accounts.SignInRefused;
import org.tidings.accounts.TooManyTries;
import org.tidings.mail.EmailAddress;
import org.tidings.web.access.Caller;
import org.tidings.web.access.Member;
import org.tidings.web.access.Public;
import org.tidings.web.access.ShowsFormAgain;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Pages;
import org.tidings.web.pages.TypedAddress;

/** Signing in, giving the password again, signing out. */
@Path("/")
public class SignInResource {

    private static final String TEMPLATE = "accounts/sign-in";
    private static final String AGAIN = "accounts/sign-in-again";
    private static final String GO_ON = "accounts/go-on";

    private final Pages pages;
    private final Visitor visitor;
    private final SignIn signIn;
    private final Sessions sessions;
    private final Caller caller;
    private final Answers answers;

    @Inject
    public SignInResource(
            Pages pages, Visitor visitor, SignIn signIn, Sessions sessions, Caller caller, Answers answers) {
        this.pages = pages;
        this.visitor = visitor;
        this.signIn = signIn;
        this.sessions = sessions;
        this.caller = caller;
        this.answers = answers;
    }

    @GET
    @Path("sign-in")
    @Public
    public Response form(@QueryParam("to") @DefaultValue("") String to) {
        return visitor.session().isPresent()
                ? pages.seeOtherOr(to, "/me")
                : pages.ok(TEMPLATE, Map.of("form", Form.empty().fill("to", to).fill("address", pages.filledIn())));
    }

    @POST
    @Path("sign-in")
    @Public
    @ShowsFormAgain("for")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response signIn(@QueryParam("for") @DefaultValue("") String action, MultivaluedMap<String, String> sent) {
        if (!action.isEmpty()) {
            return pages.ok(TEMPLATE, Map.of("form", KeptForm.sentTo(action, sent)));
        }
        Form form = Form.of(sent);
        Map<String, Object> again = Map.of("form", form);
        Optional<EmailAddress> address = TypedAddress.read(form, "address");
        if (address.isEmpty()) {
            return pages.invalid(TEMPLATE, again);
        }
        try {
            SignedIn in = signIn.signIn(address.get(), form.value("password"), caller.client());
            visitor.session().ifPresent(before -> sessions.revoke(before.account(), before.id()));
            String home = in.session().roles().isEmpty() ? "/me" : "/staff";
            return goOn(in, form, home, false);
        } catch (SignInRefused e) {
            form.reject("", "accounts.sign-in.refused");
            return pages.invalid(TEMPLATE, again);
        } catch (TooManyTries e) {
            return answers.slowDown(TEMPLATE, again, form, e);
        } catch (HashingBusy e) {
            return answers.busy(TEMPLATE, again, form);
        }
    }

    @GET
    @Path("sign-in/again")
    @Member
    public Response again(@QueryParam("to") @DefaultValue("") String to) {
        return pages.ok(AGAIN, again(Form.empty().fill("to", to)));
    }

    @POST
    @Path("sign-in/again")
    @Member
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response giveAgain(@QueryParam("for") @DefaultValue("") String action, MultivaluedMap<String, String> sent) {
        if (!action.isEmpty()) {
            return pages.ok(AGAIN, again(KeptForm.sentTo(action, sent)));
        }
        Form form = Form.of(sent);
        Map<String, Object> again = again(form);
        SessionView session = visitor.member();
        try {
            SignedIn in = signIn.stepUp(session.account(), session.id(), form.value("password"));
            return goOn(in, form, "/me", true);
        } catch (PasswordWrong e) {
            form.reject("password", "accounts.password.wrong");
            return pages.invalid(AGAIN, again);
        } catch (TooManyTries e) {
            return answers.slowDown(AGAIN, again, form, e);
        } catch (HashingBusy e) {
            return answers.busy(AGAIN, again, form);
        }
    }

    private Map<String, Object> again(Form form) {
        return Map.of("form", form, "address", answers.ownAddress());
    }

    /** @param samePerson who typed the form is who gave the password: scripts may send it; else it waits for its button */
    private Response goOn(SignedIn in, Form form, String home, boolean samePerson) {
        KeptForm kept = KeptForm.of(form);
        Pages signedIn = pages.signedIn(in.token()).knownBy(in.known());
        return kept.isThere()
                ? signedIn.ok(GO_ON, Map.of("kept", kept, "samePerson", samePerson))
                : signedIn.seeOtherOr(form.value("to"), home);
    }

    /** Works with a session that has ended too: whoever wants out is out. */
    @POST
    @Path("sign-out")
    @Public
    public Response signOut() {
        visitor.session().ifPresent(session -> sessions.revoke(session.account(), session.id()));
        return Response.fromResponse(pages.signedOut().seeOther("/"))
                .header("Clear-Site-Data", "\"cache\", \"storage\"")
                .build();
    }
}
