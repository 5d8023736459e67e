package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import java.lang.ref.SoftReference;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.HashingBusy;
import org.tidings.site.Secrets;

/**
 * Argon2id (RFC 9106) in PHC string form, with m=12288 KiB, t=3, p=1, a salt of 16 and a tag of 32 bytes: the smallest set
 * that both OWASP's cheat sheet and ASVS 5.0 appendix C allow (SEC-18).
 *
 * <p>As many hashes at a time as there are cores; up to 16 times as many wait, for five seconds at most; the rest is refused
 * at once (SEC-19).
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

    private final int cores = Runtime.getRuntime().availableProcessors();
    private final BlockingQueue<Blocks> running = new ArrayBlockingQueue<>(cores, true);
    private final Semaphore admitted = new Semaphore(cores * 17);

    /** What unknown addresses are checked against, so that they take as long as known ones (SEC-20). */
    private final PasswordHash dummy;

    Argon2() {
        for (int i = 0; i < cores; i++) {
            running.add(new Blocks());
        }
        dummy = compute(Token.random().value(), new Blocks());
    }

    /**
     * The 12 MiB that one hash at a time works in. Made anew for each, they would cost twice what the hash does, in collections. Given
     * back to the heap when that needs it.
     */
    private static final class Blocks {
        private SoftReference<FixedBlockPool> kept = new SoftReference<>(null);

        FixedBlockPool get() {
            @Nullable FixedBlockPool pool = kept.get();
            if (pool == null) {
                pool = new FixedBlockPool(Argon2BytesGenerator.getBlockCount(MEMORY_KIB, LANES));
                kept = new SoftReference<>(pool);
            }
            return pool;
        }
    }

    PasswordHash hash(PlainPassword password) {
        return limited(blocks -> compute(password.value(), blocks));
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
        return limited(blocks -> MessageDigest.isEqual(
                expected,
                argon2id(
                        blocks,
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

    private static PasswordHash compute(String password, Blocks blocks) {
        byte[] salt = Secrets.randomBytes(SALT_BYTES);
        byte[] tag = argon2id(blocks, password, salt, MEMORY_KIB, ITERATIONS, LANES, TAG_BYTES);
        return new PasswordHash(prefix() + encode(salt) + "$" + encode(tag));
    }

    private static String prefix() {
        return "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + ITERATIONS + ",p=" + LANES + "$";
    }

    private static byte[] argon2id(
            Blocks blocks, String password, byte[] salt, int memoryKib, int iterations, int lanes, int bytes) {
        var parameters = new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memoryKib)
                .withIterations(iterations)
                .withParallelism(lanes)
                .withSalt(salt);
        if (memoryKib == MEMORY_KIB && lanes == LANES) {
            parameters.withBlockPool(blocks.get());
        }
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(parameters.build());
        byte[] tag = new byte[bytes];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), tag);
        return tag;
    }

    private <T> T limited(Function<Blocks, T> work) {
        if (!admitted.tryAcquire()) {
            throw new HashingBusy();
        }
        try {
            @Nullable Blocks blocks = running.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (blocks == null) {
                throw new HashingBusy();
            }
            try {
                return work.apply(blocks);
            } finally {
                running.add(blocks);
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
