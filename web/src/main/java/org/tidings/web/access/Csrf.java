package org.tidings.web.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.MessageDigest;
import java.util.Base64;
import org.tidings.mail.SiteSecret;
import org.tidings.site.Secrets;

/**
 * Proves that a form was given out by this site to this browser: an HMAC-SHA-256 over the session, or over the form
 * cookie of a browser that is not signed in. Nothing is stored. Every rendering looks different (the HMAC is masked), so that a
 * compressed page gives nothing away.
 */
@ApplicationScoped
public class Csrf {
    /** Name of the hidden field. */
    public static final String FIELD = "_csrf";
    /** Name of the header by which scripts send it. */
    public static final String HEADER = "X-CSRF-Token";

    private static final int MAC_BYTES = 32;

    private SiteSecret secret;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    protected Csrf() {}

    @Inject
    public Csrf(SiteSecret secret) {
        this.secret = secret;
    }

    /** A token for the form of the browser with this session or form cookie. */
    public String tokenFor(String cookie) {
        var mask = Secrets.randomBytes(MAC_BYTES);
        var token = new byte[2 * MAC_BYTES];
        var mac = mac(cookie);
        for (int i = 0; i < MAC_BYTES; i++) {
            token[i] = mask[i];
            token[MAC_BYTES + i] = (byte) (mask[i] ^ mac[i]);
        }
        return Secrets.written(token);
    }

    public boolean matches(String token, String cookie) {
        if (token.length() > 4 * MAC_BYTES) {
            return false;
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException malformed) {
            return false;
        }
        if (bytes.length != 2 * MAC_BYTES) {
            return false;
        }
        var unmasked = new byte[MAC_BYTES];
        for (int i = 0; i < MAC_BYTES; i++) {
            unmasked[i] = (byte) (bytes[i] ^ bytes[MAC_BYTES + i]);
        }
        return MessageDigest.isEqual(unmasked, mac(cookie));
    }

    /** A value for the form cookie. */
    public static String newFormCookie() {
        return Secrets.random(MAC_BYTES);
    }

    private byte[] mac(String cookie) {
        return Secrets.hmac(secret.keyFor("csrf"), cookie);
    }
}
