package org.tidings.web.accounts;

import jakarta.ws.rs.core.MultivaluedMap;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.tidings.web.access.Csrf;
import org.tidings.web.access.SameOrigin;
import org.tidings.web.pages.Form;

/**
 * A form that was sent when the password had to be given first. It waits in hidden fields, never on the server and never with a
 * password in it, and is sent again by its owner's button.
 *
 * @param action the path it was sent to, empty when there is none
 */
public record KeptForm(String action, List<Field> fields) {
    /** Names of the hidden fields in which it travels through the password page. */
    static final String ACTION = "kept-action";

    static final String FIELDS = "kept-fields";

    /** Encoded. Twice encoded it must still fit into one request. */
    private static final int LONGEST_CHARS = 700_000;

    /** One field. */
    public record Field(String name, String value) {}

    private static KeptForm none() {
        return new KeptForm("", List.of());
    }

    /** What came to the password page in place of the page it was meant for. */
    static KeptForm sentTo(String action, MultivaluedMap<String, String> sent) {
        String path = SameOrigin.pathOr(action, "");
        boolean secret = sent.keySet().stream()
                .anyMatch(name -> name.toLowerCase(Locale.ROOT).contains("password"));
        if (path.isEmpty() || secret) {
            return none();
        }
        List<Field> fields = new ArrayList<>();
        sent.forEach((name, values) -> values.forEach(value -> fields.add(new Field(name, value))));
        fields.removeIf(field -> field.name().equals(Csrf.FIELD));
        KeptForm kept = new KeptForm(path, fields);
        return kept.encoded().length() > LONGEST_CHARS ? none() : kept;
    }

    /** What the password page gave back. */
    static KeptForm of(Form form) {
        String path = SameOrigin.pathOr(form.value(ACTION), "");
        String encoded = form.value(FIELDS);
        if (path.isEmpty() || encoded.length() > LONGEST_CHARS) {
            return none();
        }
        List<Field> fields = new ArrayList<>();
        for (String pair : encoded.isEmpty() ? new String[0] : encoded.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.add(new Field(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1))));
            }
        }
        return new KeptForm(path, fields);
    }

    boolean isThere() {
        return !action.isEmpty();
    }

    /** Fills the password page's form. */
    Form into(Form form) {
        return form.fill(ACTION, action).fill(FIELDS, encoded());
    }

    private String encoded() {
        return fields.stream()
                .map(field -> encode(field.name()) + "=" + encode(field.value()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return "";
        }
    }
}
