package org.tidings.web.pages;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tidings.site.OddCharacter;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/**
 * What was typed into a form, and what is wrong with it: shown again as it was, with the reason beside the field. Not
 * for passwords, whose fields stay empty.
 */
public final class Form {
    /** How names of hidden fields begin that are only carried along, and read by whom they are sent to in the end. */
    public static final String CARRIED = "kept.";

    /** A reason, as key and arguments of its text. */
    public record Reason(String key, List<Object> arguments) {}

    /** Spaces that show nothing, and marks that a file begins with. */
    private static final Pattern AROUND =
            Pattern.compile("^[\\s\\p{Z}\\x{FEFF}\\x{200B}]+|[\\s\\p{Z}\\x{FEFF}\\x{200B}]+$");

    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final Map<String, Reason> errors = new LinkedHashMap<>();
    private final Map<String, String> suggestions = new LinkedHashMap<>();

    private Form() {}

    public static Form empty() {
        return new Form();
    }

    /**
     * A form as it was sent. A field with an {@link OddCharacter} in it is refused from the start, whatever it is for; passwords alone may
     * hold anything.
     *
     * @throws Problem if a value has a NUL in it: nobody types one, and PostgreSQL keeps none
     */
    public static Form of(MultivaluedMap<String, String> sent) {
        var form = new Form();
        sent.forEach((name, typed) -> {
            // A field that was sent without "=" has no value.
            List<String> values =
                    typed.stream().map(value -> value == null ? "" : value).toList();
            if (values.stream().anyMatch(value -> value.indexOf('\0') >= 0)) {
                throw new Problem(ProblemType.BAD_REQUEST);
            }
            form.values.put(name, values);
            if (!name.startsWith(CARRIED) && !name.toLowerCase(Locale.ROOT).contains("password")) {
                values.stream()
                        .flatMap(value -> OddCharacter.inText(value).stream())
                        .findFirst()
                        .ifPresent(odd -> form.reject(name, odd));
            }
        });
        return form;
    }

    private void reject(String name, OddCharacter odd) {
        var kind = odd.kind().name().toLowerCase(Locale.ROOT);
        reject(name, "site.form.odd." + kind, odd.column(), odd.line(), odd.name());
    }

    /** Shows what was typed before the page was asked for anew. It is read when the form is sent. */
    void typedBefore(Map<?, ?> typed) {
        values.clear();
        typed.forEach((name, given) -> {
            if (given instanceof List<?> list) {
                values.put(
                        String.valueOf(name), list.stream().map(String::valueOf).toList());
            }
        });
    }

    /** Names of all fields that begin so. */
    public List<String> names(String beginning) {
        return values.keySet().stream()
                .filter(name -> name.startsWith(beginning))
                .toList();
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
     * @throws Problem if it was sent more than once (SEC-58)
     */
    public String value(String name) {
        var typed = values(name);
        if (typed.size() > 1) {
            throw new Problem(ProblemType.BAD_REQUEST);
        }
        return typed.isEmpty() ? "" : typed.get(0);
    }

    /** The field without white space around it, of whatever kind: what is pasted brings no-break spaces along. */
    public String trimmed(String name) {
        return AROUND.matcher(value(name)).replaceAll("");
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

    /** Rejects the field if nothing was typed that a reader would see. */
    public Form require(String name, String textKey) {
        if (values(name).stream().allMatch(OddCharacter::showsNothing)) {
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

    /** Rejects a one-line field with a line break or another control character in it (SEC-11). */
    public Form oneLine(String name) {
        if (values(name).stream().anyMatch(v -> OddCharacter.inLine(v).isPresent())) {
            reject(name, "site.form.one-line");
        }
        return this;
    }

    /** What was wrong with the field was not part of what was meant. */
    void accept(String name) {
        errors.remove(name);
    }

    /** Asks whether something else was meant; the form is not wrong for that. */
    public Form suggest(String name, String meant) {
        suggestions.put(name, meant);
        return this;
    }

    /** What may have been meant in place of what was typed. */
    public Optional<String> suggestion(String name) {
        return Optional.ofNullable(suggestions.get(name));
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
