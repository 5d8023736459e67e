package org.tidings.web.pages;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.MessageClass;
import org.tidings.mail.Senders;

/** Sends people to their mailbox, and tells them what to look for there. */
@RequestScoped
public class Mailbox {

    @Inject
    Pages pages;

    @Inject
    Senders senders;

    /**
     * The way on after a form that has a mail sent.
     *
     * @param path of the page that says so
     * @param again the form's own action, by which it can be sent once more
     * @param names of its fields beside {@code address}
     */
    public Response lookInto(String path, String again, EmailAddress address, Form form, String... names) {
        return pages.sentMail(path, SentMail.of(address, again, form, List.of(names)));
    }

    /** The page that says to look into the mailbox; also for who comes to it by herself. */
    public Response page(String template, Map<String, Object> parameters) {
        var all = new HashMap<>(parameters);
        all.put("sender", senders.of(MessageClass.ACCOUNT));
        pages.sentMail().ifPresent(mail -> all.put("mail", mail));
        return pages.ok(template, all);
    }
}
