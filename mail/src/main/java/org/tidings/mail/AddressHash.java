package org.tidings.mail;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.tidings.site.Secrets;

/**
 * The keyed hash under which an address is known where the address itself must not stand: 128 bits of the HMAC-SHA-256 of its
 * canonical form. Without the site's secret it names nobody; it outlives an erasure.
 */
public final class AddressHash {

    private AddressHash() {}

    public static UUID of(EmailAddress address, SiteSecret secret) {
        ByteBuffer hash = ByteBuffer.wrap(Secrets.hmac(secret.keyFor("mail-address"), address.canonical()));
        return new UUID(hash.getLong(), hash.getLong());
    }
}
