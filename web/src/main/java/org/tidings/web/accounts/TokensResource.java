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
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.tidings.accounts.ApiTokens;
import org.tidings.accounts.ApiTokens.Scope;
import org.tidings.accounts.NameRejected;
import org.tidings.accounts.Role;
import org.tidings.site.Now;
import org.tidings.web.access.Caller;
import org.tidings.web.access.FreshSignIn;
import org.tidings.web.access.StaffRole;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Pages;

/** A staff member's keys for her programs; each is shown once (SEC-60). */
@Path("/me/tokens")
public class TokensResource {

    private static final int LONGEST_LABEL = 60;
    private static final List<String> DAYS = List.of("30", "90", "365");

    private final Pages pages;
    private final Visitor visitor;
    private final ApiTokens tokens;
    private final Caller caller;
    private final Clock clock;

    @Inject
    public TokensResource(Pages pages, Visitor visitor, ApiTokens tokens, Caller caller, Clock clock) {
        this.pages = pages;
        this.visitor = visitor;
        this.tokens = tokens;
        this.caller = caller;
        this.clock = clock;
    }

    @GET
    @StaffRole({Role.EDITOR, Role.PUBLISHER, Role.ANNOUNCER, Role.PRIVACY_OFFICER})
    @FreshSignIn
    public Response list() {
        return pages.ok("accounts/tokens", model(Form.empty().fill("days", "90"), ""));
    }

    @POST
    @StaffRole({Role.EDITOR, Role.PUBLISHER, Role.ANNOUNCER, Role.PRIVACY_OFFICER})
    @FreshSignIn
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response create(MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent)
                .require("label", "accounts.tokens.label.missing")
                .atMost("label", LONGEST_LABEL)
                .oneLine("label");
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        possible().stream().filter(scope -> form.ticked("scope", scope.name())).forEach(scopes::add);
        if (scopes.isEmpty()) {
            form.reject("scope", "accounts.tokens.scope.missing");
        }
        if (!DAYS.contains(form.value("days"))) {
            form.reject("days", "accounts.tokens.days.missing");
        }
        if (!form.valid()) {
            return pages.invalid("accounts/tokens", model(form, ""));
        }
        OffsetDateTime expiresAt = Now.by(clock).plusDays(Integer.parseInt(form.value("days")));
        try {
            String token = tokens.create(visitor.account(), form.trimmed("label"), scopes, expiresAt, caller.client());
            // Not by way of a redirect: the token is nowhere but in this answer.
            return pages.ok("accounts/tokens", model(Form.empty().fill("days", "90"), token));
        } catch (NameRejected e) {
            form.reject("label", "accounts.tokens.label.rejected");
            return pages.invalid("accounts/tokens", model(form, ""));
        }
    }

    @POST
    @Path("{id}/revoke")
    @StaffRole({Role.EDITOR, Role.PUBLISHER, Role.ANNOUNCER, Role.PRIVACY_OFFICER})
    @FreshSignIn
    public Response revoke(@PathParam("id") UUID id) {
        tokens.revoke(visitor.account(), id);
        return pages.done("/me/tokens", "accounts.tokens.revoked");
    }

    private Map<String, Object> model(Form form, String created) {
        Map<String, Object> model = new HashMap<>();
        model.put("form", form);
        model.put("created", created);
        model.put("tokens", tokens.of(visitor.account()));
        model.put("scopes", possible());
        return model;
    }

    private List<Scope> possible() {
        return Arrays.stream(Scope.values())
                .filter(scope -> visitor.has(scope.role()))
                .toList();
    }
}
