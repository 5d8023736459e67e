package org.tidings.web.pages;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/**
 * What was typed into a form, and what is wrong with it: shown again as it was, with the reason beside the field. Not
 * for passwords, whose fields stay empty.
 */
public final class Form {
    /** A reason, as key and arguments of its text. */
    public record Reason(String key, List<Object> arguments) {}

    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final Map<String, Reason> errors = new LinkedHashMap<>();

    private Form() {}

    public static Form empty() {
        return new Form();
    }

    /** @throws Problem if a value has a NUL in it: nobody types one, and PostgreSQL keeps none */
    public static Form of(MultivaluedMap<String, String> sent) {
        var form = new Form();
        if (sent.values().stream().anyMatch(typed -> typed.stream().anyMatch(value -> value.indexOf('\0') >= 0))) {
            throw new Problem(ProblemType.BAD_REQUEST);
        }
        sent.forEach((name, typed) -> form.values.put(name, List.copyOf(typed)));
        return form;
    }

    /** Fills a field in, for a form that corrects what is there. */
    public Form fill(String name, String value) {
        values.put(name, List.of(value));
        return this;
    }

    public Form fill(String name, Collection<String> ticked) {
        values.put(name, List.copyOf(ticked));
        return this;
    }

    /**
     * The field as typed, empty if it was not sent.
     *
     * @throws Problem if it was sent more than once (S58)
     */
    public String value(String name) {
        var typed = values(name);
        if (typed.size() > 1) {
            throw new Problem(ProblemType.BAD_REQUEST);
        }
        return typed.isEmpty() ? "" : typed.get(0);
    }

    /** The field without white space around it. */
    public String trimmed(String name) {
        return value(name).strip();
    }

    /** Everything that was ticked or chosen under this name. */
    public List<String> values(String name) {
        return values.getOrDefault(name, List.of());
    }

    public boolean ticked(String name) {
        return !values(name).isEmpty();
    }

    public boolean ticked(String name, String value) {
        return values(name).contains(value);
    }

    /** Says what is wrong with a field; the first reason stays. An empty name speaks of the form as a whole. */
    public Form reject(String name, String textKey, Object... arguments) {
        errors.putIfAbsent(name, new Reason(textKey, List.of(arguments)));
        return this;
    }

    /** Rejects the field if nothing was typed. */
    public Form require(String name, String textKey) {
        if (values(name).stream().allMatch(String::isBlank)) {
            reject(name, textKey);
        }
        return this;
    }

    /** Rejects the field if more was typed than this; counted in code points. */
    public Form atMost(String name, int codePoints) {
        if (values(name).stream().anyMatch(v -> v.codePointCount(0, v.length()) > codePoints)) {
            reject(name, "site.form.too-long", codePoints);
        }
        return this;
    }

    /** Rejects a one-line field with a line break or another control character in it (S11). */
    public Form oneLine(String name) {
        if (values(name).stream().anyMatch(v -> v.chars().anyMatch(c -> c < ' ' || c == 0x7f))) {
            reject(name, "site.form.one-line");
        }
        return this;
    }

    public boolean valid() {
        return errors.isEmpty();
    }

    public Optional<Reason> error(String name) {
        return Optional.ofNullable(errors.get(name));
    }

    /** In the order in which they were found. */
    public List<String> rejected() {
        return new ArrayList<>(errors.keySet());
    }
}
