package org.tidings.web.problems;

import java.util.List;
import java.util.Optional;
import org.tidings.site.OddCharacter;

/** Ends a request with a problem. Carries no value that was sent, and no cause that is shown. */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * One field that was refused.
     *
     * @param pointer where, as JSON pointer (RFC 6901), {@code /address}
     * @param code stable reason in kebab case, {@code too-long}
     * @param detail more about it in English, {@code U+2028 LINE SEPARATOR at position 5}; may be empty, and never holds what was sent
     */
    public record Violation(String pointer, String code, String detail) implements java.io.Serializable {
        public Violation(String pointer, String code) {
            this(pointer, code, "");
        }

        /** A character that no text may have. */
        public static Violation of(String pointer, OddCharacter odd) {
            return new Violation(pointer, "odd-character", odd.toString());
        }
    }

    private final ProblemType type;
    private final transient List<Violation> violations;
    private final int retryAfterSeconds;

    public Problem(ProblemType type) {
        this(type, List.of(), 0);
    }

    public Problem(ProblemType type, List<Violation> violations) {
        this(type, violations, 0);
    }

    private Problem(ProblemType type, List<Violation> violations, int retryAfterSeconds) {
        super(type.slug(), null, false, true);
        this.type = type;
        this.violations = List.copyOf(violations);
        this.retryAfterSeconds = retryAfterSeconds;
    }

    public static Problem tooManyRequests(int retryAfterSeconds) {
        return new Problem(ProblemType.TOO_MANY_REQUESTS, List.of(), retryAfterSeconds);
    }

    /** The same request came before and has not ended. */
    public static Problem underWay(int retryAfterSeconds) {
        return new Problem(ProblemType.IN_PROGRESS, List.of(), retryAfterSeconds);
    }

    public ProblemType type() {
        return type;
    }

    public List<Violation> violations() {
        return violations;
    }

    public Optional<Integer> retryAfterSeconds() {
        return retryAfterSeconds > 0 ? Optional.of(retryAfterSeconds) : Optional.empty();
    }
}
