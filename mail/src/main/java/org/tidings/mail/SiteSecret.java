package org.tidings.mail;

import javax.crypto.SecretKey;

/**
 * The site's one secret, from {@code tidings.secret} (base64, 32 bytes or more) or made at first start and kept in
 * {@code secret.key} in the data folder, outside the database and its backups.
 */
public interface SiteSecret {

    /** A key of 32 bytes for HMAC-SHA-256 or AES, independent for each purpose (HKDF, RFC 5869). */
    SecretKey keyFor(String purpose);
}
