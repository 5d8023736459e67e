package org.tidings.web.pages;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.MessageClass;
import org.tidings.mail.Reachability;
import org.tidings.mail.Senders;

/** Sends people to their mailbox, and tells them what to look for there. */
@RequestScoped
public class Mailbox {

    private static final String ADDRESS = "address";

    @Inject
    Pages pages;

    @Inject
    Senders senders;

    @Inject
    Reachability reachability;

    /** The address in the field {@code address} of a form that has a mail sent to it, or the reason beside it why none would arrive. */
    public Optional<EmailAddress> addressIn(Form form) {
        return TypedAddress.read(form, ADDRESS).filter(address -> reaches(address, form));
    }

    /** The same, for a mail that would be waited for in vain if the address is mistyped: see {@link TypedAddress#readAsking}. */
    public Optional<EmailAddress> addressAskingIn(Form form) {
        return TypedAddress.readAsking(form, ADDRESS).filter(address -> reaches(address, form));
    }

    /** Says the same of every address of its kind, so that nothing is said of the one that was typed (SEC-07). */
    private boolean reaches(EmailAddress address, Form form) {
        boolean reached = reachability.reaches(address);
        if (!reached) {
            form.reject(ADDRESS, "site.address.not-carried", address.unusual());
        }
        return reached;
    }

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
        pages.sentMail().ifPresent(mail -> {
            all.put("mail", mail);
            all.put(
                    "unreachable",
                    mail.address()
                            .filter(address -> !reachability.reaches(address))
                            .isPresent());
        });
        return pages.ok(template, all);
    }
}
