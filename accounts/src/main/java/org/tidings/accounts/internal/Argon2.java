package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.tidings.accounts.HashingBusy;

/**
 * Argon2id (RFC 9106) in PHC string form, with m=12288 KiB, t=3, p=1, a salt of 16 and a tag of 32 bytes: the smallest set
 * that both OWASP's cheat sheet and ASVS 5.0 appendix C allow (S18).
 *
 * <p>As many hashes at a time as there are cores; up to 16 times as many wait, for five seconds at most; the rest is refused
 * at once (S19).
 */
@ApplicationScoped
class Argon2 {

    private static final int MEMORY_KIB = 12_288;
    private static final int ITERATIONS = 3;
    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int TAG_BYTES = 32;
    private static final long PATIENCE_SECONDS = 5;

    private static final Pattern PHC = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})\\$([A-Za-z0-9+/]{11,64})\\$([A-Za-z0-9+/]{22,86})");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final int cores = Runtime.getRuntime().availableProcessors();
    private final Semaphore running = new Semaphore(cores, true);
    private final Semaphore admitted = new Semaphore(cores * 17);

    /** What unknown addresses are checked against, so that they take as long as known ones (S20). */
    private final PasswordHash dummy = compute(Token.random().value());

    PasswordHash hash(PlainPassword password) {
        return limited(() -> compute(password.value()));
    }

    /** False at once, but no sooner, for {@link PasswordHash#NONE}. */
    boolean matches(PlainPassword password, PasswordHash stored) {
        Matcher phc = PHC.matcher(stored.phc());
        if (!phc.matches()) {
            matchesNothing(password);
            return false;
        }
        byte[] salt = decode(phc.group(4));
        byte[] expected = decode(phc.group(5));
        return limited(() -> MessageDigest.isEqual(
                expected,
                argon2id(
                        password.value(),
                        salt,
                        Integer.parseInt(phc.group(1)),
                        Integer.parseInt(phc.group(2)),
                        Integer.parseInt(phc.group(3)),
                        expected.length)));
    }

    /** The work of a comparison, for an address without account. */
    void matchesNothing(PlainPassword password) {
        matches(password, dummy);
    }

    boolean outdated(PasswordHash stored) {
        return !stored.phc().startsWith(prefix());
    }

    private static PasswordHash compute(String password) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        byte[] tag = argon2id(password, salt, MEMORY_KIB, ITERATIONS, LANES, TAG_BYTES);
        return new PasswordHash(prefix() + encode(salt) + "$" + encode(tag));
    }

    private static String prefix() {
        return "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + ITERATIONS + ",p=" + LANES + "$";
    }

    private static byte[] argon2id(String password, byte[] salt, int memoryKib, int iterations, int lanes, int bytes) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memoryKib)
                .withIterations(iterations)
                .withParallelism(lanes)
                .withSalt(salt)
                .build());
        byte[] tag = new byte[bytes];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), tag);
        return tag;
    }

    private <T> T limited(java.util.function.Supplier<T> work) {
        if (!admitted.tryAcquire()) {
            throw new HashingBusy();
        }
        try {
            if (!running.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new HashingBusy();
            }
            try {
                return work.get();
            } finally {
                running.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HashingBusy();
        } finally {
            admitted.release();
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] decode(String text) {
        return Base64.getDecoder().decode(text);
    }
}
