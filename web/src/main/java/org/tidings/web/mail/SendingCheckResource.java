package org.tidings.web.mail;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.tidings.accounts.Role;
import org.tidings.mail.SendingCheck;
import org.tidings.mail.SendingCheck.Finding;
import org.tidings.mail.SendingCheck.Subject;
import org.tidings.mail.SigningKeys;
import org.tidings.mail.SigningKeys.SenderDomain;
import org.tidings.web.access.StaffRole;
import org.tidings.web.pages.Pages;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/** "Check my sending": what receivers find when they look a sender domain up, and what to change. Asks DNS each time. */
@Path("/staff/mail/check/{domain}")
public class SendingCheckResource {

    private final Pages pages;
    private final SigningKeys keys;
    private final SendingCheck check;

    @Inject
    public SendingCheckResource(Pages pages, SigningKeys keys, SendingCheck check) {
        this.pages = pages;
        this.keys = keys;
        this.check = check;
    }

    @GET
    @StaffRole(Role.ADMINISTRATOR)
    public Response findings(@PathParam("domain") String name) {
        SenderDomain domain = keys.senderDomains().stream()
                .filter(one ->
                        one.domain().equals(name) && !one.signingDomains().isEmpty())
                .findFirst()
                .orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
        List<Finding> findings = check.check(domain.domain()).stream()
                .filter(finding -> counts(finding, domain))
                .toList();
        return pages.ok("mail/check", Map.of("domain", domain, "findings", findings));
    }

    /** Envelope senders need SPF and a way back; DKIM and DMARC look at the From address. */
    private static boolean counts(Finding finding, SenderDomain domain) {
        return !domain.classes().isEmpty() || finding.subject() == Subject.SPF || finding.subject() == Subject.MX;
    }
}
