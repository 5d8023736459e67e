package org.tidings.web.accounts;

import jakarta.enterprise.inject.Instance;
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
import org.tidings.accounts.AddressTaken;
import org.tidings.accounts.FirstAdministrator;
import org.tidings.accounts.HashingBusy;
import org.tidings.accounts.NameRejected;
import org.tidings.accounts.PasswordRejected;
import org.tidings.accounts.Role;
import org.tidings.accounts.SignIn;
import org.tidings.mail.EmailAddress;
import org.tidings.web.access.Caller;
import org.tidings.web.access.Public;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Pages;
import org.tidings.web.pages.TypedAddress;

/** Behind the link that a fresh site prints: its first administrator. */
@Path("/setup/{token}")
public class SetupResource {

    private static final String TEMPLATE = "accounts/setup";
    private static final String KIND = "setup";

    private final Pages pages;
    private final FirstAdministrator first;
    private final SignIn signIn;
    private final Caller caller;
    private final Answers answers;
    private final Instance<SampleContent> sample;

    @Inject
    public SetupResource(
            Pages pages,
            FirstAdministrator first,
            SignIn signIn,
            Caller caller,
            Answers answers,
            Instance<SampleContent> sample) {
        this.pages = pages;
        this.first = first;
        this.signIn = signIn;
        this.caller = caller;
        this.answers = answers;
        this.sample = sample;
    }

    @GET
    @Public
    public Response form(@PathParam("token") String token) {
        return answers.whileValid(KIND, () -> {
            first.check(token);
            return pages.ok(TEMPLATE, Map.of("token", token, "form", Form.empty()));
        });
    }

    @POST
    @Public
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response open(@PathParam("token") String token, MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        Map<String, Object> again = Map.of("token", token, "form", form);
        Optional<EmailAddress> address = TypedAddress.read(form, "address");
        if (address.isEmpty()) {
            return pages.invalid(TEMPLATE, again);
        }
        return answers.whileValid(KIND, () -> {
            try {
                Set<Role> also = StaffRoles.of(form);
                first.open(token, address.get(), form.value("name"), form.value("password"), also, pages.language());
                SignIn.SignedIn in = signIn.signIn(address.get(), form.value("password"), caller.client());
                return pages.signedIn(in.token())
                        .knownBy(in.known())
                        .seeOther(sample.isResolvable() ? "/staff/start" : "/staff");
            } catch (NameRejected e) {
                Answers.refuse(form, e);
            } catch (PasswordRejected e) {
                Answers.refuse(form, e);
            } catch (AddressTaken e) {
                form.reject("address", "accounts.setup.taken");
            } catch (HashingBusy e) {
                return answers.busy(TEMPLATE, again, form);
            }
            return pages.invalid(TEMPLATE, again);
        });
    }
}
