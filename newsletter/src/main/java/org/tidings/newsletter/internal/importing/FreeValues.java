package org.tidings.newsletter.internal.importing;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Tags and attributes of a row, as they stand there. */
final class FreeValues {

    private static final int MOST_TAGS = 100;
    private static final int LONGEST_TAG = 60;
    private static final int MOST_ATTRIBUTES = 60;
    private static final int LONGEST_KEY = 40;
    private static final int LONGEST_VALUE = 500;

    private FreeValues() {}

    static List<String> tags(List<String> fields, ImportColumns.Places places, UnaryOperator<String> plain) {
        if (places.tags().isEmpty()) {
            return List.of();
        }
        Set<String> tags = new LinkedHashSet<>();
        for (int column : places.tags()) {
            tags.addAll(divided(plain.apply(ImportedText.trimmed(ImportedText.field(fields, column)))));
        }
        return tags.stream().limit(MOST_TAGS).toList();
    }

    /** {@code "VIP","Blog"} of Mailchimp, {@code a, b} of others, {@code ["a","b"]} of JSON. */
    static List<String> divided(String text) {
        List<String> parts = new ArrayList<>();
        String plain = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ',' || c == ';' || c == '|' || c == '\n')) {
                add(parts, part);
            } else {
                part.append(c);
            }
        }
        add(parts, part);
        return parts;
    }

    private static void add(List<String> parts, StringBuilder part) {
        String tag = ImportedText.line(part.toString());
        part.setLength(0);
        if (tag.startsWith("* ")) {
            // Google's own groups.
            tag = tag.substring(2);
        }
        if (!tag.isEmpty()) {
            parts.add(tag.length() <= LONGEST_TAG ? tag : tag.substring(0, LONGEST_TAG));
        }
    }

    static Map<String, String> attributes(
            List<String> fields, ImportColumns.Places places, UnaryOperator<String> plain) {
        if (places.attributes().isEmpty() && places.objects().isEmpty()) {
            return Map.of();
        }
        Map<String, String> attributes = new LinkedHashMap<>();
        places.attributes()
                .forEach((column, key) -> put(attributes, key, plain.apply(ImportedText.field(fields, column))));
        for (int column : places.objects()) {
            members(ImportedText.trimmed(ImportedText.field(fields, column)), attributes);
        }
        return attributes;
    }

    private static void put(Map<String, String> attributes, String key, String typed) {
        String value = ImportedText.line(typed.length() <= LONGEST_VALUE ? typed : typed.substring(0, LONGEST_VALUE));
        if (!key.isEmpty() && !value.isEmpty() && attributes.size() < MOST_ATTRIBUTES) {
            attributes.putIfAbsent(key, value);
        }
    }

    /** What is no object says nothing. */
    private static void members(String json, Map<String, String> attributes) {
        if (!json.startsWith("{") || json.length() < 5) {
            return;
        }
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            JsonObject object = reader.readObject();
            object.forEach((name, value) -> put(attributes, key(name), text(value)));
        } catch (JsonException | IllegalStateException e) {
            // The row is more than this column.
        }
    }

    private static String text(JsonValue value) {
        return switch (value.getValueType()) {
            case STRING -> ((JsonString) value).getString();
            case NULL, OBJECT -> "";
            case ARRAY -> ((JsonArray) value).stream().map(FreeValues::text).collect(Collectors.joining(", "));
            default -> value.toString();
        };
    }

    /** A name as a key: small letters, digits and underlines. */
    static String key(String name) {
        String key = StatusWords.plain(name.replaceAll("([\\p{Ll}\\d])(\\p{Lu})", "$1_$2"))
                        .isEmpty()
                ? ""
                : java.text.Normalizer.normalize(name.strip(), java.text.Normalizer.Form.NFKD)
                        .replaceAll("([\\p{Ll}\\d])(\\p{Lu})", "$1_$2")
                        .replaceAll("[^\\p{Alnum}]+", "_")
                        .replaceAll("^_+|_+$", "")
                        .toLowerCase(Locale.ROOT);
        if (!key.isEmpty() && !Character.isLetter(key.charAt(0))) {
            key = "a_" + key;
        }
        return key.length() <= LONGEST_KEY ? key : key.substring(0, LONGEST_KEY);
    }
}
