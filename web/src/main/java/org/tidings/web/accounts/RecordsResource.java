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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AccountNotFound;
import org.tidings.accounts.AccountRecords;
import org.tidings.accounts.AccountView;
import org.tidings.accounts.ErasureRequests;
import org.tidings.accounts.ErasureRequests.ErasureRequest;
import org.tidings.accounts.Exports;
import org.tidings.accounts.ReasonMissing;
import org.tidings.accounts.Role;
import org.tidings.accounts.StaffMustLeaveFirst;
import org.tidings.mail.EmailAddress;
import org.tidings.web.access.FreshSignIn;
import org.tidings.web.access.StaffRole;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Pages;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/**
 * The privacy officer's pages: find an account, open its record with a reason, answer a request with a copy, erase. Searching
 * and opening are POSTs: what is searched for is personal and stays out of addresses, and opening leaves a trace (SEC-51).
 */
@Path("/staff/accounts")
public class RecordsResource {

    private static final int SHOWN = 50;
    private static final int SHORTEST = 3;
    private static final int PART_CHARS = 120;

    private final Pages pages;
    private final Visitor visitor;
    private final AccountRecords records;
    private final Exports exports;
    private final ErasureRequests erasures;
    private final ExportFiles files;
    private final MailsToAccount mails;

    @Inject
    public RecordsResource(
            Pages pages,
            Visitor visitor,
            AccountRecords records,
            Exports exports,
            ErasureRequests erasures,
            ExportFiles files,
            MailsToAccount mails) {
        this.pages = pages;
        this.visitor = visitor;
        this.records = records;
        this.exports = exports;
        this.erasures = erasures;
        this.files = files;
        this.mails = mails;
    }

    @GET
    @StaffRole(Role.PRIVACY_OFFICER)
    @FreshSignIn
    public Response start() {
        return list(200, Form.empty(), Optional.empty());
    }

    @POST
    @StaffRole(Role.PRIVACY_OFFICER)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response search(MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        form.fill("text", EmailAddress.cleaned(form.value("text")))
                .atMost("text", 254)
                .oneLine("text");
        if (form.trimmed("text").length() < SHORTEST) {
            form.reject("text", "accounts.records.text.short");
        }
        return form.valid()
                ? list(
                        200,
                        form,
                        Optional.of(records.search(visitor.account(), form.trimmed("text"), Optional.empty(), SHOWN)))
                : list(422, form, Optional.empty());
    }

    private Response list(int status, Form form, Optional<List<AccountView>> found) {
        return pages.respond(status, "accounts/records", Map.of("form", form, "found", found, "most", SHOWN));
    }

    @GET
    @Path("{id}")
    @StaffRole(Role.PRIVACY_OFFICER)
    @FreshSignIn
    public Response reason(@PathParam("id") UUID id) {
        return pages.ok("accounts/record-reason", Map.of("id", id.toString(), "form", Form.empty()));
    }

    @POST
    @Path("{id}")
    @StaffRole(Role.PRIVACY_OFFICER)
    @FreshSignIn
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response open(@PathParam("id") UUID id, MultivaluedMap<String, String> sent) {
        return record(200, id, Form.of(sent));
    }

    private Response record(int status, UUID id, Form form) {
        try {
            AccountView account = records.open(visitor.account(), new AccountId(id), form.value("reason"));
            return pages.respond(
                    status,
                    "accounts/record",
                    Map.of(
                            "account",
                            account,
                            "form",
                            form,
                            "readings",
                            records.readingsOf(account.id()),
                            "mails",
                            mails.of(account.id()),
                            "pending",
                            erasures.newestOf(account.id()).filter(ErasureRequest::open)));
        } catch (ReasonMissing e) {
            return withoutReason(id, form);
        } catch (AccountNotFound e) {
            throw new Problem(ProblemType.NOT_FOUND);
        }
    }

    @POST
    @Path("{id}/export/{format: json|html}")
    @StaffRole(Role.PRIVACY_OFFICER)
    @FreshSignIn
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response export(
            @PathParam("id") UUID id, @PathParam("format") String format, MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        try {
            Map<String, Object> data = exports.onRequest(visitor.account(), new AccountId(id), form.value("reason"));
            return format.equals("json") ? files.json(data) : files.html(data);
        } catch (ReasonMissing e) {
            return withoutReason(id, form);
        } catch (AccountNotFound e) {
            throw new Problem(ProblemType.NOT_FOUND);
        }
    }

    @POST
    @Path("{id}/erase")
    @StaffRole(Role.PRIVACY_OFFICER)
    @FreshSignIn
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response erase(@PathParam("id") UUID id, MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        if (!form.ticked("sure")) {
            // The reason is not asked for again.
            return record(422, id, form.reject("sure", "accounts.records.erase.unsure"));
        }
        try {
            erasures.ask(visitor.account(), new AccountId(id), form.value("reason"));
            return pages.done("/staff/erasures", "accounts.records.erased");
        } catch (ReasonMissing e) {
            return withoutReason(id, form);
        } catch (StaffMustLeaveFirst e) {
            return pages.refused("/staff/accounts", "accounts.records.erase.works-here");
        } catch (AccountNotFound e) {
            throw new Problem(ProblemType.NOT_FOUND);
        }
    }

    @GET
    @Path("{id}/disclosure")
    @StaffRole(Role.PRIVACY_OFFICER)
    @FreshSignIn
    public Response disclosure(@PathParam("id") UUID id) {
        return pages.ok("accounts/record-disclosure", Map.of("id", id.toString(), "form", Form.empty()));
    }

    @POST
    @Path("{id}/disclosure")
    @StaffRole(Role.PRIVACY_OFFICER)
    @FreshSignIn
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response disclosed(@PathParam("id") UUID id, MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        for (String part : List.of("recipient", "ground", "what")) {
            form.atMost(part, PART_CHARS).oneLine(part);
            if (form.trimmed(part).length() < SHORTEST) {
                form.reject(part, "accounts.disclosure.missing");
            }
        }
        if (!form.valid()) {
            return pages.invalid("accounts/record-disclosure", Map.of("id", id.toString(), "form", form));
        }
        try {
            records.disclosed(
                    visitor.account(),
                    new AccountId(id),
                    new AccountRecords.Disclosure(
                            form.trimmed("recipient"),
                            form.trimmed("ground"),
                            form.trimmed("what"),
                            form.ticked("secret")));
            return pages.done("/staff/accounts", "accounts.disclosure.done");
        } catch (ReasonMissing e) {
            form.reject("", "accounts.disclosure.missing");
            return pages.invalid("accounts/record-disclosure", Map.of("id", id.toString(), "form", form));
        } catch (AccountNotFound e) {
            throw new Problem(ProblemType.NOT_FOUND);
        }
    }

    private Response withoutReason(UUID id, Form form) {
        form.reject("reason", "accounts.records.reason.missing");
        return pages.invalid("accounts/record-reason", Map.of("id", id.toString(), "form", form));
    }
}
