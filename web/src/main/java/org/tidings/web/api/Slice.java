package org.tidings.web.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/**
 * Some items of a list and where the next ones begin: {@code {"items": […], "next": "…"}}. The cursor names the last item by what
 * the list is sorted by, so items that come or go meanwhile neither repeat nor hide others. Clients give it back as {@code
 * ?cursor=} and do not look into it.
 *
 * @param next null at the end
 */
public record Slice<T>(List<T> items, @Nullable String next) {

    public static final int DEFAULT_LIMIT = 50;
    public static final int LARGEST_LIMIT = 200;

    /**
     * @param found one item more than asked for, if there are more
     * @param sortKey what the list is sorted by
     */
    public static <T> Slice<T> of(List<T> found, int limit, Function<T, String> sortKey) {
        if (found.size() <= limit) {
            return new Slice<>(List.copyOf(found), null);
        }
        List<T> items = List.copyOf(found.subList(0, limit));
        return new Slice<>(items, encode(sortKey.apply(items.get(limit - 1))));
    }

    /** The sort key after which to go on. @throws Problem if no such cursor was ever given */
    public static Optional<String> after(@Nullable String cursor) {
        if (cursor == null || cursor.isEmpty()) {
            return Optional.empty();
        }
        try {
            String key = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            if (encode(key).equals(cursor)) {
                return Optional.of(key);
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new Problem(ProblemType.BAD_REQUEST, List.of(new Problem.Violation("/cursor", "invalid")));
    }

    /** @param asked 1 to 200, 50 if null */
    public static int limit(@Nullable Integer asked) {
        if (asked == null) {
            return DEFAULT_LIMIT;
        }
        if (asked < 1 || asked > LARGEST_LIMIT) {
            throw new Problem(ProblemType.BAD_REQUEST, List.of(new Problem.Violation("/limit", "out-of-range")));
        }
        return asked;
    }

    private static String encode(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }
}
