package org.tidings.web.newsletter;

import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.tidings.accounts.AuditLog;
import org.tidings.accounts.Role;
import org.tidings.mail.Mailings;
import org.tidings.web.access.FreshSignIn;
import org.tidings.web.access.StaffRole;
import org.tidings.web.access.Visitor;
import org.tidings.web.mail.MailAction;
import org.tidings.web.pages.Pages;

/** Stops every mailing at once, announcements included; account mail goes on. */
@Path("/staff/sending")
public class KillSwitchResource {

    private static final UUID EVERYTHING = new UUID(0, 0);

    private final Pages pages;
    private final Visitor visitor;
    private final Mailings mailings;
    private final AuditLog auditLog;

    @Inject
    public KillSwitchResource(Pages pages, Visitor visitor, Mailings mailings, AuditLog auditLog) {
        this.pages = pages;
        this.visitor = visitor;
        this.mailings = mailings;
        this.auditLog = auditLog;
    }

    @POST
    @Path("stop")
    @StaffRole({Role.PUBLISHER, Role.ANNOUNCER})
    public Response stop() {
        mailings.stopAll();
        auditLog.record(visitor.account(), MailAction.STOP_ALL_SENDING, "mailing", EVERYTHING, "");
        return pages.refused("/staff", "issues.stop.stopped");
    }

    @POST
    @Path("allow")
    @StaffRole({Role.PUBLISHER, Role.ANNOUNCER})
    @FreshSignIn
    public Response allow() {
        mailings.allowAll();
        auditLog.record(visitor.account(), MailAction.ALLOW_ALL_SENDING, "mailing", EVERYTHING, "");
        return pages.done("/staff", "issues.stop.allowed");
    }
}
