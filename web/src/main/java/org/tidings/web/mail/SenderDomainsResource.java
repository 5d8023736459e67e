package org.tidings.web.mail;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.tidings.accounts.AuditAction;
import org.tidings.accounts.AuditLog;
import org.tidings.accounts.Role;
import org.tidings.mail.SigningKeys;
import org.tidings.mail.SigningKeys.Algorithm;
import org.tidings.mail.SigningKeys.Found;
import org.tidings.mail.SigningKeys.SigningKey;
import org.tidings.web.access.FreshSignIn;
import org.tidings.web.access.StaffRole;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Pages;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/** The domains that mail is sent from, and the keys that sign for them: made, shown, checked, activated, retired. */
@Path("/staff/mail/domains")
public class SenderDomainsResource {

    private static final String PAGE = "/staff/mail/domains";

    private final Pages pages;
    private final Visitor visitor;
    private final SigningKeys keys;
    private final AuditLog auditLog;

    @Inject
    public SenderDomainsResource(Pages pages, Visitor visitor, SigningKeys keys, AuditLog auditLog) {
        this.pages = pages;
        this.visitor = visitor;
        this.keys = keys;
        this.auditLog = auditLog;
    }

    @GET
    @StaffRole(Role.ADMINISTRATOR)
    public Response list() {
        return pages.ok("mail/domains", Map.of("domains", keys.senderDomains(), "provider", keys.rsaProvider()));
    }

    @POST
    @Path("keys")
    @StaffRole(Role.ADMINISTRATOR)
    @FreshSignIn
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response generate(MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        Algorithm algorithm = form.value("algorithm").equals("ED25519") ? Algorithm.ED25519 : Algorithm.RSA;
        try {
            SigningKey key = keys.generate(form.trimmed("domain").toLowerCase(Locale.ROOT), algorithm);
            record(MailAction.GENERATE_SIGNING_KEY, key);
            return pages.done(at(key.id()), "domains.generated", key.recordName());
        } catch (SigningKeys.NotASigningDomain e) {
            throw new Problem(ProblemType.NOT_FOUND);
        } catch (SigningKeys.TooManySigningKeys e) {
            return pages.refused(PAGE, "domains.too-many");
        }
    }

    @POST
    @Path("keys/{id}/check")
    @StaffRole(Role.ADMINISTRATOR)
    public Response check(@PathParam("id") UUID id) {
        SigningKey key = act(id, MailAction.CHECK_SIGNING_KEY, keys::check);
        return key.found() == Found.PUBLISHED
                ? pages.done(at(id), "domains.checked", key.recordName())
                : pages.refused(at(id), found(key.found()), key.recordName());
    }

    @POST
    @Path("keys/{id}/activate")
    @StaffRole(Role.ADMINISTRATOR)
    @FreshSignIn
    public Response activate(@PathParam("id") UUID id) {
        try {
            SigningKey key = act(id, MailAction.ACTIVATE_SIGNING_KEY, keys::activate);
            return pages.done(at(id), "domains.activated", key.domain(), key.selector());
        } catch (SigningKeys.SigningKeyNotPublished e) {
            return pages.refused(at(id), "domains.not-activated");
        }
    }

    @POST
    @Path("keys/{id}/retire")
    @StaffRole(Role.ADMINISTRATOR)
    @FreshSignIn
    public Response retire(@PathParam("id") UUID id) {
        SigningKey key = act(id, MailAction.RETIRE_SIGNING_KEY, keys::retire);
        return pages.done(at(id), "domains.retired", key.selector());
    }

    @POST
    @Path("keys/{id}/remove")
    @StaffRole(Role.ADMINISTRATOR)
    @FreshSignIn
    public Response remove(@PathParam("id") UUID id) {
        try {
            keys.remove(id);
        } catch (SigningKeys.SigningKeyUnknown e) {
            throw new Problem(ProblemType.NOT_FOUND);
        } catch (SigningKeys.SigningKeyInUse e) {
            return pages.refused(at(id), "domains.in-use");
        }
        auditLog.record(visitor.account(), MailAction.REMOVE_SIGNING_KEY, "signing-key", id, "");
        return pages.done(PAGE, "domains.removed");
    }

    private SigningKey act(UUID id, AuditAction action, UnaryKey what) {
        try {
            SigningKey key = what.apply(id);
            record(action, key);
            return key;
        } catch (SigningKeys.SigningKeyUnknown e) {
            throw new Problem(ProblemType.NOT_FOUND);
        }
    }

    private interface UnaryKey {
        SigningKey apply(UUID id);
    }

    private void record(AuditAction action, SigningKey key) {
        auditLog.record(visitor.account(), action, "signing-key", key.id(), key.recordName() + " " + key.found());
    }

    private static String at(UUID key) {
        return PAGE + "#key-" + key;
    }

    private static String found(Found found) {
        return "domains.found." + found.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
