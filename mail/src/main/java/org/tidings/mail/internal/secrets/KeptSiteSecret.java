package org.tidings.mail.internal.secrets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.tidings.mail.SiteSecret;

/** The secret as configured, or from a file that is made once and that only its owner can read. */
public final class KeptSiteSecret implements SiteSecret {

    private static final int MIN_BYTES = 32;

    private final byte[] extracted;
    private final Map<String, SecretKey> keys = new ConcurrentHashMap<>();

    public KeptSiteSecret(byte[] secret) {
        // HKDF-Extract with the empty salt (RFC 5869 section 2.2).
        extracted = hmac(new byte[32], secret);
    }

    /**
     * @param configured base64 of at least 32 bytes, or empty
     * @param file where it is kept when nothing is configured
     */
    public static KeptSiteSecret read(String configured, Path file) {
        if (!configured.isBlank()) {
            return new KeptSiteSecret(decode(configured, "tidings.secret"));
        }
        try {
            if (!Files.exists(file)) {
                make(file);
            }
            return new KeptSiteSecret(
                    decode(Files.readString(file), file.getFileName().toString()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the site's secret in the data folder", e);
        }
    }

    /** @throws IllegalArgumentException if it is not base64 of enough bytes */
    public static byte[] decoded(String configured) {
        return decode(configured, "it");
    }

    private static void make(Path file) throws IOException {
        byte[] secret = new byte[MIN_BYTES];
        new SecureRandom().nextBytes(secret);
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        // Written beside and moved, so that a crash leaves no half of a secret.
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(beside);
        boolean posix =
                Files.getFileStore(folder == null ? Path.of(".") : folder).supportsFileAttributeView("posix");
        if (posix) {
            Files.createFile(
                    beside, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(beside);
        }
        Files.writeString(
                beside,
                Base64.getEncoder().encodeToString(secret) + "\n",
                StandardCharsets.US_ASCII,
                StandardOpenOption.WRITE,
                StandardOpenOption.SYNC);
        try {
            Files.move(beside, file);
        } catch (FileAlreadyExistsException e) {
            Files.delete(beside); // another node was quicker: its secret counts
        }
    }

    private static byte[] decode(String text, String where) {
        byte[] secret;
        try {
            secret = Base64.getMimeDecoder().decode(text.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + " is not base64");
        }
        if (secret.length < MIN_BYTES) {
            throw new IllegalArgumentException(where + " must hold at least " + MIN_BYTES + " bytes");
        }
        return secret;
    }

    @Override
    public SecretKey keyFor(String purpose) {
        return keys.computeIfAbsent(purpose, p -> {
            // HKDF-Expand for one block (RFC 5869 section 2.3).
            byte[] info = p.getBytes(StandardCharsets.UTF_8);
            byte[] input = Arrays.copyOf(info, info.length + 1);
            input[info.length] = 1;
            return new SecretKeySpec(hmac(extracted, input), "HmacSHA256");
        });
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
