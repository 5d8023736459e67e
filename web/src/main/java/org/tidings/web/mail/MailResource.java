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
import java.util.Map;
import java.util.UUID;
import org.tidings.accounts.Role;
import org.tidings.mail.MessageClass;
import org.tidings.mail.SendingFigures;
import org.tidings.web.access.FreshSignIn;
import org.tidings.web.access.StaffRole;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Pages;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/** How mail goes, and what staff do when it does not. */
@Path("/staff/mail")
public class MailResource {

    private static final String PAGE = "/staff/mail";
    private static final String RECEIVERS = PAGE + "#receivers";

    private final Pages pages;
    private final Visitor visitor;
    private final MailDesk desk;

    @Inject
    public MailResource(Pages pages, Visitor visitor, MailDesk desk) {
        this.pages = pages;
        this.visitor = visitor;
        this.desk = desk;
    }

    @GET
    @StaffRole({Role.PUBLISHER, Role.ANNOUNCER, Role.ADMINISTRATOR})
    public Response page() {
        return pages.ok("mail/page", Map.of("mail", desk.now()));
    }

    @POST
    @Path("stopped/{mailing}/resume")
    @StaffRole({Role.PUBLISHER, Role.ANNOUNCER})
    @FreshSignIn
    public Response resume(@PathParam("mailing") UUID mailing) {
        SendingFigures.Stopped stopped = desk.stopped(mailing).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
        if (!visitor.has(stopped.lane() == MessageClass.NEWSLETTER ? Role.PUBLISHER : Role.ANNOUNCER)) {
            throw new Problem(ProblemType.ROLE_MISSING);
        }
        desk.resume(stopped, visitor.account());
        return pages.done(PAGE, "mail.stopped.resumed", stopped.title());
    }

    /** Somebody has looked at the database that was put back, and says that it is right. */
    @POST
    @Path("restored/go-on")
    @StaffRole({Role.PUBLISHER, Role.ADMINISTRATOR})
    @FreshSignIn
    public Response goOnAfterRestore() {
        return pages.done(PAGE, "mail.restored.gone-on", desk.goOnAfterRestore(visitor.account()));
    }

    @POST
    @Path("unaccounted/{mailing}/send")
    @StaffRole({Role.PUBLISHER, Role.ANNOUNCER})
    @FreshSignIn
    public Response sendToUnaccounted(@PathParam("mailing") UUID mailing) {
        SendingFigures.Unaccounted one = unaccounted(mailing);
        return pages.done(PAGE, "mail.unaccounted.sent", desk.sendToUnaccounted(one, visitor.account()), one.title());
    }

    @POST
    @Path("unaccounted/{mailing}/write-off")
    @StaffRole({Role.PUBLISHER, Role.ANNOUNCER})
    public Response writeOffUnaccounted(@PathParam("mailing") UUID mailing) {
        SendingFigures.Unaccounted one = unaccounted(mailing);
        return pages.done(PAGE, "mail.unaccounted.written-off", desk.writeOff(one, visitor.account()), one.title());
    }

    private SendingFigures.Unaccounted unaccounted(UUID mailing) {
        SendingFigures.Unaccounted one =
                desk.unaccounted(mailing).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
        if (!visitor.has(one.lane() == MessageClass.NEWSLETTER ? Role.PUBLISHER : Role.ANNOUNCER)) {
            throw new Problem(ProblemType.ROLE_MISSING);
        }
        return one;
    }

    @POST
    @Path("alarms/{reason: [A-Z_]{1,30}}/dismiss")
    @StaffRole({Role.PUBLISHER, Role.ANNOUNCER, Role.ADMINISTRATOR})
    public Response dismiss(@PathParam("reason") String reason) {
        desk.dismiss(reason, visitor.account());
        return pages.done(PAGE, "mail.alarm.dismissed");
    }

    /** A receiver that asked to be spared is tried as usual again. */
    @POST
    @Path("receivers/lift")
    @StaffRole(Role.ADMINISTRATOR)
    @FreshSignIn
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response lift(MultivaluedMap<String, String> sent) {
        String receiver = Form.of(sent).trimmed("receiver");
        return desk.lift(receiver, visitor.account())
                ? pages.done(RECEIVERS, "mail.restraint.lifted", receiver)
                : pages.refused(RECEIVERS, "mail.restraint.none");
    }
}
