package org.tidings.web.accounts;

import jakarta.ws.rs.core.MultivaluedMap;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
    /** Name of the hidden field that has the action; the fields follow, their names lengthened by {@link Form#CARRIED}. */
    static final String ACTION = "kept-action";

    /** As they are sent, with room for what the password page adds: more than this no form of ours takes. */
    private static final int LONGEST_CHARS = 3 * 1024 * 1024 - 16 * 1024;

    private static final int MOST_FIELDS = 190;

    /** One field. */
    public record Field(String name, String value) {}

    private static KeptForm none() {
        return new KeptForm("", List.of());
    }

    /**
     * What came to the password page in place of the page it was meant for, in that page's form. Where it cannot wait there, the page says
     * so before the password is given.
     */
    static Form sentTo(String action, MultivaluedMap<String, String> sent) {
        String path = SameOrigin.pathOr(action, "");
        Form form = Form.empty();
        if (path.isEmpty()) {
            return form;
        }
        if (sent.keySet().stream()
                .anyMatch(name -> name.toLowerCase(Locale.ROOT).contains("password"))) {
            return form.fill("to", path).reject("", "accounts.kept.password");
        }
        List<Field> fields = new ArrayList<>();
        sent.forEach((name, values) ->
                values.forEach(value -> fields.add(new Field(name, value == null ? "" : value))));
        fields.removeIf(field -> field.name().equals(Csrf.FIELD));
        KeptForm kept = new KeptForm(path, fields);
        return fields.size() > MOST_FIELDS || kept.encodedLength() > LONGEST_CHARS
                ? form.reject("", "accounts.kept.too-large")
                : kept.into(form);
    }

    /** What the password page gave back. */
    static KeptForm of(Form form) {
        String path = SameOrigin.pathOr(form.value(ACTION), "");
        if (path.isEmpty()) {
            return none();
        }
        List<Field> fields = new ArrayList<>();
        for (String name : form.names(Form.CARRIED)) {
            String original = name.substring(Form.CARRIED.length());
            form.values(name).forEach(value -> fields.add(new Field(original, value)));
        }
        return new KeptForm(path, fields);
    }

    boolean isThere() {
        return !action.isEmpty();
    }

    /** Fills the password page's form. */
    private Form into(Form form) {
        form.fill(ACTION, action);
        Map<String, List<String>> values = new LinkedHashMap<>();
        fields.forEach(field ->
                values.computeIfAbsent(field.name(), name -> new ArrayList<>()).add(field.value()));
        values.forEach((name, given) -> form.fill(Form.CARRIED + name, given));
        return form;
    }

    private long encodedLength() {
        return fields.stream()
                .mapToLong(field -> Form.CARRIED.length()
                        + encoded(field.name()).length()
                        + encoded(field.value()).length()
                        + 2)
                .sum();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
