package org.tidings.web.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import org.tidings.mail.SiteSecret;

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
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(secret.keyFor("local-mailbox"));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(Arrays.copyOf(mac.doFinal("key".getBytes(StandardCharsets.UTF_8)), BYTES));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has HmacSHA256", e);
        }
    }

    public boolean fits(String candidate) {
        return MessageDigest.isEqual(
                value().getBytes(StandardCharsets.UTF_8), candidate.getBytes(StandardCharsets.UTF_8));
    }

    boolean isHeldBy(HttpServletRequest request) {
        return Cookies.value(request, Cookies.MAILBOX).filter(this::fits).isPresent();
    }
}
