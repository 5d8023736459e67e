package org.tidings.newsletter.internal.knowing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tidings.newsletter.AttributeChoice;
import org.tidings.newsletter.AttributeDetails;
import org.tidings.newsletter.AttributeId;
import org.tidings.newsletter.AttributeOrigin;
import org.tidings.newsletter.AttributeParty;
import org.tidings.newsletter.AttributeType;
import org.tidings.newsletter.AttributeValue;
import org.tidings.newsletter.AttributeView;
import org.tidings.newsletter.AttributeWords;
import org.tidings.newsletter.Attributes.Given;
import org.tidings.site.Sql;

/** Attributes and what is known by them, in the database. */
public final class AttributeBook {

    private static final String READERS = "(select w.id from unnest(cast(? as uuid array)) as w(id))";

    private final Sql sql;

    public AttributeBook(Sql sql) {
        this.sql = sql;
    }

    // Definitions

    private record Row(UUID id, String key, AttributeType type, String seenBy, String changedBy, long version) {}

    private record Words(UUID definition, String choice, Locale language, String label, String purpose) {}

    private record Choice(UUID definition, String code) {}

    /** In their order. */
    public List<AttributeView> all() {
        List<Row> rows = sql.list(
                "select id, attribute_key, type, seen_by, changed_by, version from newsletter.attribute_definition"
                        + " order by position, id",
                row -> new Row(
                        Sql.id(row, "id"),
                        row.getString("attribute_key"),
                        AttributeType.valueOf(row.getString("type")),
                        row.getString("seen_by"),
                        row.getString("changed_by"),
                        row.getLong("version")));
        if (rows.isEmpty()) {
            return List.of();
        }
        Map<UUID, List<Words>> words = sql
                .list(
                        "select definition, choice, language, label, purpose from newsletter.attribute_words",
                        row -> new Words(
                                Sql.id(row, "definition"),
                                row.getString("choice"),
                                Locale.forLanguageTag(row.getString("language")),
                                row.getString("label"),
                                row.getString("purpose")))
                .stream()
                .collect(Collectors.groupingBy(Words::definition));
        Map<UUID, List<Choice>> choices = sql
                .list(
                        "select definition, choice from newsletter.attribute_choice order by position",
                        row -> new Choice(Sql.id(row, "definition"), row.getString("choice")))
                .stream()
                .collect(Collectors.groupingBy(Choice::definition));
        return rows.stream()
                .map(row ->
                        view(row, words.getOrDefault(row.id(), List.of()), choices.getOrDefault(row.id(), List.of())))
                .toList();
    }

    private static AttributeView view(Row row, List<Words> words, List<Choice> choices) {
        Map<Locale, AttributeWords> own = new LinkedHashMap<>();
        Map<String, Map<Locale, String>> labels = new HashMap<>();
        for (Words one : words) {
            if (one.choice().isEmpty()) {
                own.put(one.language(), new AttributeWords(one.label(), one.purpose()));
            } else {
                labels.computeIfAbsent(one.choice(), code -> new LinkedHashMap<>())
                        .put(one.language(), one.label());
            }
        }
        AttributeDetails details = new AttributeDetails(
                row.key(),
                row.type(),
                own,
                choices.stream()
                        .map(choice -> new AttributeChoice(choice.code(), labels.getOrDefault(choice.code(), Map.of())))
                        .toList(),
                parties(row.seenBy()),
                parties(row.changedBy()));
        return new AttributeView(new AttributeId(row.id()), details, row.version());
    }

    private static Set<AttributeParty> parties(String names) {
        Set<AttributeParty> parties = EnumSet.noneOf(AttributeParty.class);
        Arrays.stream(names.split(" "))
                .filter(name -> !name.isEmpty())
                .map(AttributeParty::valueOf)
                .forEach(parties::add);
        return parties;
    }

    private static String names(Set<AttributeParty> parties) {
        return parties.stream().sorted().map(Enum::name).collect(Collectors.joining(" "));
    }

    public Map<UUID, AttributeView> byId() {
        return all().stream()
                .collect(Collectors.toMap(
                        view -> view.id().value(), Function.identity(), (one, other) -> one, LinkedHashMap::new));
    }

    public Map<String, AttributeView> byKey() {
        return all().stream()
                .collect(Collectors.toMap(
                        AttributeView::key, Function.identity(), (one, other) -> one, LinkedHashMap::new));
    }

    public void insert(UUID id, AttributeDetails details, OffsetDateTime at) {
        sql.update(
                "insert into newsletter.attribute_definition"
                        + " (id, attribute_key, type, seen_by, changed_by, position, created_at, version)"
                        + " select cast(? as uuid), cast(? as varchar), cast(? as varchar), cast(? as varchar),"
                        + " cast(? as varchar), coalesce(max(position), 0) + 1, cast(? as timestamp with time zone), 0"
                        + " from newsletter.attribute_definition",
                id,
                details.key(),
                details.type().name(),
                names(details.seenBy()),
                names(details.changedBy()),
                at);
        insertWords(id, details);
    }

    /** @return whether the version was the present one */
    public boolean update(UUID id, AttributeDetails details, long version) {
        int changed = sql.update(
                "update newsletter.attribute_definition set seen_by = ?, changed_by = ?, version = version + 1"
                        + " where id = ? and version = ?",
                names(details.seenBy()),
                names(details.changedBy()),
                id,
                version);
        if (changed == 1) {
            deleteWords(id);
            insertWords(id, details);
        }
        return changed == 1;
    }

    private void insertWords(UUID id, AttributeDetails details) {
        details.words().forEach((language, words) -> insertWords(id, "", language, words.label(), words.purpose()));
        int position = 0;
        for (AttributeChoice choice : details.choices()) {
            sql.update(
                    "insert into newsletter.attribute_choice (definition, choice, position) values (?, ?, ?)",
                    id,
                    choice.code(),
                    position);
            choice.labels().forEach((language, label) -> insertWords(id, choice.code(), language, label, ""));
            position++;
        }
    }

    private void insertWords(UUID id, String choice, Locale language, String label, String purpose) {
        sql.update(
                "insert into newsletter.attribute_words (definition, choice, language, label, purpose)"
                        + " values (?, ?, ?, ?, ?)",
                id,
                choice,
                language.toLanguageTag(),
                label,
                purpose);
    }

    private void deleteWords(UUID id) {
        sql.update("delete from newsletter.attribute_words where definition = ?", id);
        sql.update("delete from newsletter.attribute_choice where definition = ?", id);
    }

    /** With everything that is known by it. */
    public void delete(UUID id) {
        sql.update("delete from newsletter.attribute_value where attribute = ?", id);
        sql.update("delete from newsletter.newsletter_question where attribute = ?", id);
        deleteWords(id);
        sql.update("delete from newsletter.attribute_definition where id = ?", id);
    }

    public long known(UUID attribute) {
        return sql.number("select count(*) from newsletter.attribute_value where attribute = ?", attribute);
    }

    /** Codes of choices that readers have. */
    public List<String> valuesInUse(UUID attribute) {
        return sql.list(
                "select distinct known from newsletter.attribute_value where attribute = ?",
                row -> row.getString(1),
                attribute);
    }

    // Values

    /** In the order of the definitions. */
    public List<AttributeValue> of(UUID reader) {
        Map<UUID, AttributeView> definitions = byId();
        Map<UUID, AttributeValue> known = new HashMap<>();
        if (!definitions.isEmpty()) {
            sql
                    .list(
                            "select attribute, known, origin, said_at from newsletter.attribute_value where subscriber = ?",
                            row -> value(definitions, row),
                            reader)
                    .stream()
                    .flatMap(Optional::stream)
                    .forEach(value -> known.put(value.attribute().id().value(), value));
        }
        return definitions.keySet().stream()
                .filter(known::containsKey)
                .map(known::get)
                .toList();
    }

    /** Empty if its attribute was removed while it was said. */
    private static Optional<AttributeValue> value(Map<UUID, AttributeView> definitions, ResultSet row)
            throws SQLException {
        AttributeView attribute = definitions.get(Sql.id(row, "attribute"));
        if (attribute == null) {
            return Optional.empty();
        }
        return Optional.of(new AttributeValue(
                attribute,
                row.getString("known"),
                AttributeOrigin.valueOf(row.getString("origin")),
                Sql.time(row, "said_at")));
    }

    /** What was said while its attribute was removed. */
    public void forgetOrphans() {
        sql.update("delete from newsletter.attribute_value where attribute not in"
                + " (select d.id from newsletter.attribute_definition d)");
    }

    /** By reader and attribute; only those of these attributes. */
    public Map<UUID, Map<UUID, String>> of(Collection<UUID> readers, Collection<UUID> attributes) {
        Map<UUID, Map<UUID, String>> all = new HashMap<>();
        if (readers.isEmpty() || attributes.isEmpty()) {
            return all;
        }
        sql.list(
                "select v.subscriber, v.attribute, v.known from unnest(cast(? as uuid array)) as w(id)"
                        + " join newsletter.attribute_value v on v.subscriber = w.id"
                        + " where v.attribute in (select a.id from unnest(cast(? as uuid array)) as a(id))",
                row -> all.computeIfAbsent(Sql.id(row, "subscriber"), reader -> new HashMap<>())
                        .put(Sql.id(row, "attribute"), row.getString("known")),
                Sql.uuids(readers),
                Sql.uuids(attributes));
        return all;
    }

    public void forget(UUID reader, UUID attribute) {
        sql.update("delete from newsletter.attribute_value where subscriber = ? and attribute = ?", reader, attribute);
    }

    /** Whatever is known is replaced. */
    public void put(UUID reader, AttributeView attribute, String value, AttributeOrigin origin, OffsetDateTime at) {
        int changed = sql.update(
                "update newsletter.attribute_value set known = ?, sort_key = ?, origin = ?, said_at = ?"
                        + " where subscriber = ? and attribute = ?",
                value,
                attribute.type().sortKey(value),
                origin.name(),
                at,
                reader,
                attribute.id().value());
        if (changed == 0) {
            fillIn(List.of(new Given(reader, attribute, value)), origin, at);
        }
    }

    /** Only where nothing is known. @return how many were kept */
    public long fillIn(Collection<Given> values, AttributeOrigin origin, OffsetDateTime at) {
        if (values.isEmpty()) {
            return 0;
        }
        return sql.update(
                "insert into newsletter.attribute_value (subscriber, attribute, known, sort_key, origin, said_at)"
                        + " select u.subscriber, u.attribute, u.known, u.sort_key, cast(? as varchar),"
                        + " cast(? as timestamp with time zone)"
                        + " from unnest(cast(? as uuid array), cast(? as uuid array), cast(? as varchar array),"
                        + " cast(? as varchar array)) as u(subscriber, attribute, known, sort_key)"
                        + " on conflict do nothing",
                origin.name(),
                at,
                Sql.uuids(values.stream().map(Given::reader).toList()),
                Sql.uuids(values.stream()
                        .map(given -> given.attribute().id().value())
                        .toList()),
                Sql.texts(values.stream().map(Given::value).toList()),
                Sql.texts(values.stream()
                        .map(given -> given.attribute().type().sortKey(given.value()))
                        .toList()));
    }

    /** In place of what is known, but not of what the person said. @return how many were kept */
    public long replace(Collection<Given> values, AttributeOrigin origin, OffsetDateTime at) {
        sql.batch(
                "delete from newsletter.attribute_value where subscriber = ? and attribute = ?"
                        + " and origin not in ('READER', 'FORM')",
                values,
                given -> new @Nullable Object[] {
                    given.reader(), given.attribute().id().value()
                });
        return fillIn(values, origin, at);
    }

    // With the reader's life

    /** Of the entries of one person. */
    public void forgetAll(Collection<UUID> readers) {
        sql.update("delete from newsletter.attribute_value where subscriber in " + READERS, Sql.uuids(readers));
        sql.update("delete from newsletter.subscriber_tag where subscriber in " + READERS, Sql.uuids(readers));
    }

    /** Two entries become one: what she said herself holds, else what was known of the kept one. */
    public void merge(UUID other, UUID into) {
        sql.update(
                "delete from newsletter.attribute_value where subscriber = ? and origin not in ('READER', 'FORM')"
                        + " and attribute in (select o.attribute from newsletter.attribute_value o"
                        + " where o.subscriber = ? and o.origin in ('READER', 'FORM'))",
                into,
                other);
        sql.update(
                "insert into newsletter.attribute_value (subscriber, attribute, known, sort_key, origin, said_at)"
                        + " select cast(? as uuid), attribute, known, sort_key, origin, said_at"
                        + " from newsletter.attribute_value where subscriber = ? on conflict do nothing",
                into,
                other);
        sql.update(
                "insert into newsletter.subscriber_tag (subscriber, tag, origin, said_at)"
                        + " select cast(? as uuid), tag, origin, said_at"
                        + " from newsletter.subscriber_tag where subscriber = ? on conflict do nothing",
                into,
                other);
        forgetAll(List.of(other));
    }

    // What forms ask for

    public List<AttributeView> askedBy(UUID newsletter) {
        List<UUID> asked = sql.list(
                "select attribute from newsletter.newsletter_question where newsletter = ? order by position",
                row -> row.getObject(1, UUID.class),
                newsletter);
        if (asked.isEmpty()) {
            return List.of();
        }
        Map<UUID, AttributeView> known = byId();
        List<AttributeView> views = new ArrayList<>();
        for (UUID id : asked) {
            AttributeView view = known.get(id);
            if (view != null && view.changedBy(AttributeParty.READER)) {
                views.add(view);
            }
        }
        return views;
    }

    public void ask(UUID newsletter, List<UUID> attributes) {
        sql.update("delete from newsletter.newsletter_question where newsletter = ?", newsletter);
        int position = 0;
        for (UUID attribute : attributes) {
            sql.update(
                    "insert into newsletter.newsletter_question (newsletter, attribute, position) values (?, ?, ?)",
                    newsletter,
                    attribute,
                    position);
            position++;
        }
    }

    /** What she said in a form; what she said on her own pages stays. */
    public void heard(UUID reader, FormAnswers answers, OffsetDateTime at) {
        Map<AttributeView, String> values = answers.values(byKey());
        if (values.isEmpty()) {
            return;
        }
        Set<UUID> own = Set.copyOf(sql.list(
                "select attribute from newsletter.attribute_value where subscriber = ? and origin = 'READER'",
                row -> row.getObject(1, UUID.class),
                reader));
        values.forEach((attribute, value) -> {
            if (!own.contains(attribute.id().value())) {
                put(reader, attribute, value, AttributeOrigin.FORM, at);
            }
        });
    }
}
