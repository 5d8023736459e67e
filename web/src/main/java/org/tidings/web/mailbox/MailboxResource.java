package org.tidings.web.mailbox;

import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.tidings.mail.LocalMailbox;
import org.tidings.web.access.Cookies;
import org.tidings.web.access.LoopbackOnly;
import org.tidings.web.access.MailboxKey;
import org.tidings.web.access.Public;
import org.tidings.web.pages.Pages;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/** Shows the mails that were sent while no mail server is configured; from this machine only, to who holds the key. */
@Path("/mailbox")
public class MailboxResource {
    private static final int SHOWN = 200;
    private static final int LONGEST_SEARCH_CHARS = 200;

    private final Pages pages;
    private final LocalMailbox mailbox;
    private final MailboxKey key;

    @Inject
    public MailboxResource(Pages pages, LocalMailbox mailbox, MailboxKey key) {
        this.pages = pages;
        this.mailbox = mailbox;
        this.key = key;
    }

    /** The address that is printed at the start: the browser keeps the key, and the address bar does not. */
    @GET
    @Path("key/{key: [A-Za-z0-9_-]{1,100}}")
    @Public
    @LoopbackOnly(withoutKey = true)
    public Response open(@PathParam("key") String shown) {
        if (!key.fits(shown)) {
            throw new Problem(ProblemType.MAILBOX_LOCKED);
        }
        return Response.seeOther(URI.create("/mailbox"))
                .cookie(Cookies.untilTheBrowserCloses(Cookies.MAILBOX, shown))
                .build();
    }

    @GET
    @Public
    @LoopbackOnly
    public Response newest(@QueryParam("q") @DefaultValue("") String search) {
        if (!mailbox.inUse()) {
            throw new Problem(ProblemType.NOT_FOUND);
        }
        var words = search.substring(0, Math.min(search.length(), LONGEST_SEARCH_CHARS));
        return pages.ok("mailbox/list", Map.of("mails", mailbox.newest(words, SHOWN), "search", words));
    }

    @GET
    @Path("{id: [0-9]{1,18}}")
    @Public
    @LoopbackOnly
    public Response mail(@PathParam("id") long id) {
        var mail = find(id);
        return pages.ok(
                "mailbox/mail", Map.of("mail", mail, "source", new String(mail.source(), StandardCharsets.UTF_8)));
    }

    /** The HTML part alone, for the frame. */
    @GET
    @Path("{id: [0-9]{1,18}}/html")
    @Public
    @LoopbackOnly
    public Response html(@PathParam("id") long id) {
        return pages.mail(find(id).html());
    }

    /** The bytes as sent. */
    @GET
    @Path("{id: [0-9]{1,18}}/source")
    @Public
    @LoopbackOnly
    public Response source(@PathParam("id") long id) {
        return Response.ok(find(id).source())
                .header("Content-Type", "message/rfc822")
                .header("Content-Disposition", "attachment; filename=\"mail-" + id + ".eml\"")
                .build();
    }

    @POST
    @Path("clear")
    @Public
    @LoopbackOnly
    public Response clear() {
        mailbox.clear();
        return pages.done("/mailbox", "mailbox.cleared");
    }

    private LocalMailbox.StoredMail find(long id) {
        return mailbox.find(id).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
    }
}
