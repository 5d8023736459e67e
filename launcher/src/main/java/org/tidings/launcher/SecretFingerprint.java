package org.tidings.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * By which a backup knows the site's secret again without telling it: 64 bits of a hash of 32 random bytes or more. With another secret
 * neither erasures nor opt-outs since the backup can be recognised.
 */
final class SecretFingerprint {

    private static final String PURPOSE = "tidings backup\n";
    private static final int BYTES = 8;

    private SecretFingerprint() {}

    /** Of the secret that is set, or that is kept in the data folder; empty where there is none. */
    static String of(Settings settings) throws IOException {
        Path file = settings.dataDir().resolve("secret.key");
        Optional<String> set = settings.find("tidings.secret");
        if (set.isEmpty() && !Files.exists(file)) {
            return "";
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(PURPOSE.getBytes(StandardCharsets.US_ASCII));
            digest.update(
                    Base64.getMimeDecoder().decode((set.isPresent() ? set.get() : Files.readString(file)).strip()));
            return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        } catch (IllegalArgumentException e) {
            throw new CannotStart("The site's secret is not base64. Look at tidings.secret, or " + file + ".", e);
        }
    }
}
