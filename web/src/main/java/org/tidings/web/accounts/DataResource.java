package org.tidings.web.accounts;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.tidings.accounts.AccountRecords;
import org.tidings.accounts.Closing;
import org.tidings.accounts.ExportLimitReached;
import org.tidings.accounts.Exports;
import org.tidings.accounts.LastAdministratorMustStay;
import org.tidings.web.SiteSettings;
import org.tidings.web.access.Caller;
import org.tidings.web.access.FreshSignIn;
import org.tidings.web.access.Member;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Pages;

/** What is stored about a member: who read it, a copy of it, and its end (P5). */
@Path("/me")
public class DataResource {

    private final Pages pages;
    private final Visitor visitor;
    private final AccountRecords records;
    private final Exports exports;
    private final Closing closing;
    private final ExportFiles files;
    private final SiteSettings settings;
    private final Caller caller;

    @Inject
    public DataResource(
            Pages pages,
            Visitor visitor,
            AccountRecords records,
            Exports exports,
            Closing closing,
            ExportFiles files,
            SiteSettings settings,
            Caller caller) {
        this.pages = pages;
        this.visitor = visitor;
        this.records = records;
        this.exports = exports;
        this.closing = closing;
        this.files = files;
        this.settings = settings;
        this.caller = caller;
    }

    @GET
    @Path("data")
    @Member
    @FreshSignIn
    public Response data() {
        return pages.ok(
                "accounts/data",
                Map.of("readings", records.readingsOf(visitor.account()), "contact", settings.privacyAddress()));
    }

    @POST
    @Path("data/json")
    @Member
    @FreshSignIn
    public Response json() {
        try {
            return files.json(exports.forHolder(visitor.account()));
        } catch (ExportLimitReached e) {
            return pages.refused("/me/data", "accounts.data.limit");
        }
    }

    @POST
    @Path("data/html")
    @Member
    @FreshSignIn
    public Response html() {
        try {
            return files.html(exports.forHolder(visitor.account()));
        } catch (ExportLimitReached e) {
            return pages.refused("/me/data", "accounts.data.limit");
        }
    }

    @GET
    @Path("close")
    @Member
    @FreshSignIn
    public Response close() {
        return pages.ok("accounts/close", Map.of("form", Form.empty()));
    }

    @POST
    @Path("close/deactivate")
    @Member
    @FreshSignIn
    public Response deactivate() {
        try {
            closing.deactivate(visitor.account(), caller.client());
            return pages.signedOut().done("/goodbye/deactivated", "accounts.close.deactivated");
        } catch (LastAdministratorMustStay e) {
            return pages.refused("/me/close", "accounts.last-administrator");
        }
    }

    @POST
    @Path("close/erase")
    @Member
    @FreshSignIn
    public Response erase(MultivaluedMap<String, String> sent) {
        if (!Form.of(sent).ticked("sure")) {
            return pages.refused("/me/close", "accounts.records.erase.unsure");
        }
        try {
            closing.erase(visitor.account());
            return pages.signedOut().done("/goodbye/erased", "accounts.close.erased");
        } catch (LastAdministratorMustStay e) {
            return pages.refused("/me/close", "accounts.last-administrator");
        }
    }
}
