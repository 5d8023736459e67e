package org.tidings.web.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import org.tidings.mail.SiteSecret;
import org.tidings.site.Secrets;

/**
 * Opens the local mailbox. It is part of the address that is printed where the server is started, and the browser that came by it keeps
 * it: other users of the machine, and a proxy on it that tells nothing of whom it asks for, do not have it. The same as long as the site's
 * secret is; 22 characters of base64url.
 */
@ApplicationScoped
public class MailboxKey {

    private static final int BYTES = 16;

    private final SiteSecret secret;

    @SuppressWarnings("NullAway") // for the container's proxy
    protected MailboxKey() {
        this(null);
    }

    @Inject
    public MailboxKey(SiteSecret secret) {
        this.secret = secret;
    }

    public String value() {
        return Secrets.written(Arrays.copyOf(Secrets.hmac(secret.keyFor("local-mailbox"), "key"), BYTES));
    }

    public boolean fits(String candidate) {
        return Secrets.equal(value(), candidate);
    }

    boolean isHeldBy(HttpServletRequest request) {
        return Cookies.value(request, Cookies.MAILBOX).filter(this::fits).isPresent();
    }
}
