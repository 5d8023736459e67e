package org.tidings.mail.internal.returned.reading;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks into JSON that others sent: what is missing or of another type is empty. */
public final class WebhookJson {
    private static final int EVENTS_AT_MOST = 2_000;
    /** Of bodies that bear their signature inside; Amazon SNS allows no more, Mailgun sends far less. */
    private static final int SIGNED_BYTES_AT_MOST = 256 * 1024;

    private WebhookJson() {}

    public static Optional<JsonObject> object(byte[] body) {
        JsonValue value = parse(body);
        return value instanceof JsonObject object ? Optional.of(object) : Optional.empty();
    }

    /** Whether there are more events in it than are read of one body; such a body is to be refused whole. */
    public static boolean hasTooManyEvents(byte[] body) {
        return parse(body) instanceof JsonArray array && array.size() > EVENTS_AT_MOST;
    }

    public static List<JsonObject> events(byte[] body) {
        JsonValue value = parse(body);
        if (value instanceof JsonObject one) {
            return List.of(one);
        }
        return value instanceof JsonArray array ? objectsIn(array) : List.of();
    }

    private static JsonValue parse(byte[] body) {
        if (body.length > WebhookReports.BODY_BYTES_AT_MOST) {
            return JsonValue.NULL;
        }
        try (JsonReader reader = Json.createReader(new StringReader(new String(body, StandardCharsets.UTF_8)))) {
            return reader.readValue();
        } catch (RuntimeException malformed) {
            // Parsson says with a bare RuntimeException that something is nested too deeply.
            return JsonValue.NULL;
        }
    }

    /**
     * Some members of an object, read as they pass by: a stranger's body makes nothing else, whatever is in it.
     *
     * @param inside name of the object below the topmost one, or empty for that itself
     * @param wanted names of strings and numbers; the last one counts, as it does in {@link #object}
     * @return what is there of them; nothing of a body that is no JSON, or longer than signed ones are
     */
    public static Map<String, String> texts(byte[] body, String inside, Set<String> wanted) {
        if (body.length > SIGNED_BYTES_AT_MOST) {
            return Map.of();
        }
        try (JsonParser parser = Json.createParser(new StringReader(new String(body, StandardCharsets.UTF_8)))) {
            if (!parser.hasNext() || parser.next() != JsonParser.Event.START_OBJECT) {
                return Map.of();
            }
            return inside.isEmpty() ? members(parser, wanted) : membersInside(parser, inside, wanted);
        } catch (RuntimeException malformed) {
            return Map.of();
        }
    }

    private static Map<String, String> membersInside(JsonParser parser, String inside, Set<String> wanted) {
        Map<String, String> found = Map.of();
        while (parser.next() == JsonParser.Event.KEY_NAME) {
            boolean here = parser.getString().equals(inside);
            JsonParser.Event value = parser.next();
            if (here && value == JsonParser.Event.START_OBJECT) {
                found = members(parser, wanted);
            } else {
                pass(parser, value);
            }
        }
        return found;
    }

    private static Map<String, String> members(JsonParser parser, Set<String> wanted) {
        Map<String, String> members = new HashMap<>();
        while (parser.next() == JsonParser.Event.KEY_NAME) {
            String name = parser.getString();
            JsonParser.Event value = parser.next();
            if (wanted.contains(name)) {
                members.remove(name);
                if (value == JsonParser.Event.VALUE_STRING || value == JsonParser.Event.VALUE_NUMBER) {
                    members.put(name, parser.getString());
                }
            }
            pass(parser, value);
        }
        return members;
    }

    private static void pass(JsonParser parser, JsonParser.Event value) {
        if (value == JsonParser.Event.START_OBJECT) {
            parser.skipObject();
        } else if (value == JsonParser.Event.START_ARRAY) {
            parser.skipArray();
        }
    }

    public static JsonObject part(JsonObject object, String name) {
        return object.get(name) instanceof JsonObject part ? part : JsonValue.EMPTY_JSON_OBJECT;
    }

    static List<JsonObject> objects(JsonObject object, String name) {
        return object.get(name) instanceof JsonArray array ? objectsIn(array) : List.of();
    }

    static List<String> texts(JsonObject object, String name) {
        return object.get(name) instanceof JsonArray array
                ? array.stream()
                        .filter(JsonString.class::isInstance)
                        .map(text -> ((JsonString) text).getString())
                        .limit(EVENTS_AT_MOST)
                        .toList()
                : List.of();
    }

    private static List<JsonObject> objectsIn(JsonArray array) {
        return array.stream()
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .limit(EVENTS_AT_MOST)
                .toList();
    }

    public static String text(JsonObject object, String name) {
        JsonValue value = object.get(name);
        if (value instanceof JsonString string) {
            return string.getString();
        }
        return value == null
                        || value.equals(JsonValue.NULL)
                        || value instanceof JsonObject
                        || value instanceof JsonArray
                ? ""
                : value.toString();
    }
}
