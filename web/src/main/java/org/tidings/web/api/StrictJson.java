package org.tidings.web.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tidings.site.OddCharacter;
import org.tidings.web.access.Utf8;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/**
 * Refuses JSON that JSON Binding would take silently: a name given twice (RFC 8259 leaves open which one counts) and a name that
 * the record does not have (SEC-49, SEC-58), also octets that are no UTF-8, an {@link OddCharacter} in a text, and null in a list. At most 1 MiB and 32 levels.
 */
@Provider
@ApplicationScoped
public class StrictJson implements ReaderInterceptor {

    static final int MOST_BYTES = 1 << 20;
    static final int MOST_LEVELS = 32;
    private static final int MOST_VIOLATIONS = 20;
    private static final String MISSING = "missing";

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        MediaType type = context.getMediaType();
        if (type == null
                || !(type.getSubtype().equals("json") || type.getSubtype().endsWith("+json"))) {
            return context.proceed();
        }
        byte[] body = context.getInputStream().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            throw new Problem(ProblemType.TOO_LARGE);
        }
        List<Problem.Violation> violations = check(body, context.getGenericType());
        if (!violations.isEmpty()) {
            boolean readable = violations.stream()
                    .allMatch(v -> v.code().equals("odd-character") || v.code().equals(MISSING));
            throw new Problem(readable ? ProblemType.INVALID : ProblemType.BAD_REQUEST, violations);
        }
        context.setInputStream(new ByteArrayInputStream(body));
        return context.proceed();
    }

    /** @throws Problem if it is no JSON, or nested too deeply */
    static List<Problem.Violation> check(byte[] body, Type target) {
        List<Problem.Violation> violations = new ArrayList<>();
        try (JsonParser parser = Json.createParser(new StringReader(Utf8.text(body)))) {
            Event first = parser.next();
            if (componentsOf(target) != null && first != Event.START_OBJECT) {
                throw new Problem(ProblemType.BAD_REQUEST); // JSON Binding would make null of null
            }
            value(parser, first, target, "", 0, violations);
            if (parser.hasNext()) {
                parser.next();
                throw new Problem(ProblemType.BAD_REQUEST);
            }
        } catch (CharacterCodingException
                | JsonException
                | IllegalStateException
                | java.util.NoSuchElementException e) {
            throw new Problem(ProblemType.BAD_REQUEST);
        }
        return violations;
    }

    private static void value(
            JsonParser parser,
            Event event,
            @Nullable Type target,
            String at,
            int level,
            List<Problem.Violation> found) {
        if (level > MOST_LEVELS) {
            throw new Problem(ProblemType.BAD_REQUEST);
        }
        if (event == Event.START_OBJECT) {
            object(parser, target, at, level, found);
        } else if (event == Event.START_ARRAY) {
            Type element = elementOf(target);
            int index = 0;
            for (Event next = parser.next(); next != Event.END_ARRAY; next = parser.next()) {
                if (next == Event.VALUE_NULL && element != null && found.size() < MOST_VIOLATIONS) {
                    found.add(new Problem.Violation(at + "/" + index, MISSING));
                }
                value(parser, next, element, at + "/" + index, level + 1, found);
                index++;
            }
        } else if (event == Event.VALUE_STRING && found.size() < MOST_VIOLATIONS) {
            OddCharacter.inText(parser.getString()).ifPresent(odd -> found.add(Problem.Violation.of(at, odd)));
        }
    }

    private static void object(
            JsonParser parser, @Nullable Type target, String at, int level, List<Problem.Violation> found) {
        @Nullable Map<String, Type> named = componentsOf(target);
        Set<String> seen = new HashSet<>();
        for (Event next = parser.next(); next != Event.END_OBJECT; next = parser.next()) {
            String name = parser.getString();
            String pointer = at + "/" + name.replace("~", "~0").replace("/", "~1");
            if (!seen.add(name)) {
                found.add(new Problem.Violation(pointer, "duplicate"));
            }
            @Nullable Type component = named == null ? null : named.get(name);
            if (named != null && component == null) {
                found.add(new Problem.Violation(at + "/…", "unknown"));
            }
            value(parser, parser.next(), component, pointer, level + 1, found);
        }
    }

    private static @Nullable Type elementOf(@Nullable Type target) {
        if (target instanceof ParameterizedType generic && generic.getActualTypeArguments().length == 1) {
            return generic.getActualTypeArguments()[0];
        }
        return target instanceof Class<?> type ? type.getComponentType() : null;
    }

    /** The names that a record has; null where any name will do. */
    private static @Nullable Map<String, Type> componentsOf(@Nullable Type target) {
        if (!(target instanceof Class<?> type) || !type.isRecord()) {
            return null;
        }
        Map<String, Type> components = new HashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            components.put(component.getName(), component.getGenericType());
        }
        return components;
    }
}
