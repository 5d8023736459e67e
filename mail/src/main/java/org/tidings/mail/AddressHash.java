package org.tidings.mail;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Function;
import javax.crypto.Mac;
import org.tidings.site.Secrets;

/**
 * The keyed hash under which an address is known where the address itself must not stand: 128 bits of the HMAC-SHA-256 of its
 * canonical form. Without the site's secret it names nobody; it outlives an erasure.
 */
public final class AddressHash {

    private static final String PURPOSE = "mail-address";

    private AddressHash() {}

    public static UUID of(EmailAddress address, SiteSecret secret) {
        return id(Secrets.hmac(secret.keyFor(PURPOSE), address.canonical()));
    }

    /** The same for very many, asked by one thread. */
    public static Function<EmailAddress, UUID> ofMany(SiteSecret secret) {
        Mac mac = Secrets.keyed(secret.keyFor(PURPOSE));
        return address -> id(mac.doFinal(address.canonical().getBytes(StandardCharsets.UTF_8)));
    }

    private static UUID id(byte[] hmac) {
        ByteBuffer hash = ByteBuffer.wrap(hmac);
        return new UUID(hash.getLong(), hash.getLong());
    }
}
