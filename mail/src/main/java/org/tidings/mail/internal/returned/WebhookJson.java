package org.tidings.mail.internal.returned;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Looks into JSON that others sent: what is missing or of another type is empty. */
final class WebhookJson {
    private static final int EVENTS_AT_MOST = 2_000;

    private WebhookJson() {}

    static Optional<JsonObject> object(byte[] body) {
        JsonValue value = parse(body);
        return value instanceof JsonObject object ? Optional.of(object) : Optional.empty();
    }

    static List<JsonObject> events(byte[] body) {
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

    static JsonObject part(JsonObject object, String name) {
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

    static String text(JsonObject object, String name) {
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
