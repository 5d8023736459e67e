package org.tidings.web.problems.answers;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tidings.web.access.Csrf;
import org.tidings.web.access.CsrfFilter;
import org.tidings.web.access.SameOrigin;
import org.tidings.web.access.Utf8;

/**
 * A form of ours whose token does not hold any more: shown again to be sent again, so that what was typed is not lost (MBR-22). Only where
 * the browser itself says that a page of this site sent it, and never with a password in it.
 *
 * @param action where it was sent to
 */
public record StaleForm(String action, List<Field> fields) {

    /** One field. */
    public record Field(String name, String value) {}

    static Optional<StaleForm> in(HttpServletRequest request) {
        if (!Boolean.TRUE.equals(request.getAttribute(CsrfFilter.OURS))
                || !(request.getAttribute(CsrfFilter.SENT) instanceof String sent)) {
            return Optional.empty();
        }
        String query = request.getQueryString();
        return read(SameOrigin.pathOr(request.getRequestURI() + (query == null ? "" : "?" + query), ""), sent);
    }

    static Optional<StaleForm> read(String action, String sent) {
        List<Field> fields = new ArrayList<>();
        try {
            for (String field : sent.split("&", -1)) {
                int equals = field.indexOf('=');
                if (equals > 0) {
                    fields.add(new Field(
                            Utf8.decoded(field.substring(0, equals)), Utf8.decoded(field.substring(equals + 1))));
                }
            }
        } catch (CharacterCodingException unreadable) {
            return Optional.empty();
        }
        fields.removeIf(field -> field.name().equals(Csrf.FIELD));
        boolean secret = fields.stream()
                .anyMatch(field -> field.name().toLowerCase(Locale.ROOT).contains("password")
                        || field.name().equals("current"));
        return action.isEmpty() || secret || fields.isEmpty()
                ? Optional.empty()
                : Optional.of(new StaleForm(action, fields));
    }
}
