package org.tidings.newsletter.internal.importing;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.tidings.newsletter.AttributeOrigin;
import org.tidings.newsletter.AttributeType;
import org.tidings.newsletter.AttributeValueRejected;
import org.tidings.newsletter.AttributeView;
import org.tidings.newsletter.Attributes.Given;
import org.tidings.newsletter.Tags;
import org.tidings.newsletter.Tags.Tagged;
import org.tidings.newsletter.internal.knowing.AttributeBook;
import org.tidings.newsletter.internal.knowing.TagBook;
import org.tidings.site.Sql;

/**
 * Tags and attributes that a list has for people: they fill in what is not known, and nobody's own word is changed. An attribute that the
 * site does not define is nothing that it has a purpose for, and is left away.
 */
final class ImportedValues {

    private final Sql sql;
    private final AttributeBook attributes;
    private final TagBook tags;
    private final Map<String, AttributeView> defined;
    private final List<ImportedRow> rows = new ArrayList<>();

    ImportedValues(Sql sql) {
        this.sql = sql;
        this.attributes = new AttributeBook(sql);
        this.tags = new TagBook(sql);
        this.defined = attributes.byKey();
    }

    static boolean hasAny(ImportedRow row) {
        return !row.tags().isEmpty() || !row.attributes().isEmpty();
    }

    /** What is known about those who are here already; by subscriber. */
    Map<UUID, Set<String>> known(List<UUID> readers) {
        Map<UUID, Set<String>> known = new HashMap<>();
        if (!readers.isEmpty()) {
            Map<UUID, String> keys = new HashMap<>();
            defined.forEach((key, view) -> keys.put(view.id().value(), key));
            attributes
                    .of(readers, keys.keySet())
                    .forEach((reader, values) -> values.keySet()
                            .forEach(attribute -> known.computeIfAbsent(reader, one -> new HashSet<>())
                                    .add(keys.get(attribute))));
            tags.of(readers)
                    .forEach((reader, names) ->
                            names.forEach(name -> known.computeIfAbsent(reader, one -> new HashSet<>())
                                    .add(tag(name))));
        }
        return known;
    }

    /** Whether the row has something that is not known of her. */
    boolean adds(ImportedRow row, Set<String> known) {
        return row.attributes().entrySet().stream()
                        .anyMatch(one -> !known.contains(one.getKey())
                                && read(one.getKey(), one.getValue()).isPresent())
                || row.tags().stream()
                        .flatMap(one -> Tags.name(one).stream())
                        .anyMatch(one -> !known.contains(tag(one)));
    }

    private static String tag(String name) {
        return "#" + AttributeType.fold(name);
    }

    private Optional<String> read(String key, String typed) {
        AttributeView attribute = defined.get(key);
        if (attribute == null || typed.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(attribute.read(typed));
        } catch (AttributeValueRejected e) {
            return Optional.empty();
        }
    }

    /** Kept with the others of the chunk, once all of them are entered. */
    void keep(ImportedRow row) {
        if (hasAny(row)) {
            rows.add(row);
        }
    }

    void write(OffsetDateTime now) {
        if (rows.isEmpty()) {
            return;
        }
        Map<String, UUID> readers = new HashMap<>();
        sql.list(
                "select p.canonical, p.id from unnest(cast(? as varchar array)) as u(canonical)"
                        + " join newsletter.subscriber p on p.canonical = u.canonical",
                row -> readers.put(row.getString("canonical"), Sql.id(row, "id")),
                Sql.texts(rows.stream().map(row -> row.address().canonical()).toList()));
        List<Given> values = new ArrayList<>();
        List<Tagged> tagged = new ArrayList<>();
        for (ImportedRow row : rows) {
            UUID reader = readers.get(row.address().canonical());
            if (reader != null) {
                row.attributes().forEach((key, typed) -> {
                    AttributeView attribute = defined.get(key);
                    if (attribute != null) {
                        read(key, typed).ifPresent(value -> values.add(new Given(reader, attribute, value)));
                    }
                });
                row.tags().forEach(name -> tagged.add(new Tagged(reader, name)));
            }
        }
        attributes.fillIn(values, AttributeOrigin.IMPORT, now);
        tags.add(tagged, AttributeOrigin.IMPORT, now);
        rows.clear();
    }
}
