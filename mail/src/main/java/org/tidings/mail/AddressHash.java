package org.tidings.mail;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.UUID;
import javax.crypto.Mac;

/**
 * The keyed hash under which an address is known where the address itself must not stand: 128 bits of the HMAC-SHA-256 of its
 * canonical form. Without the site's secret it names nobody; it outlives an erasure.
 */
public final class AddressHash {

    private AddressHash() {}

    public static UUID of(EmailAddress address, SiteSecret secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(secret.keyFor("mail-address"));
            ByteBuffer hash = ByteBuffer.wrap(mac.doFinal(address.canonical().getBytes(StandardCharsets.UTF_8)));
            return new UUID(hash.getLong(), hash.getLong());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-256 is part of every Java", e);
        }
    }
}
