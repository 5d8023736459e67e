package org.tidings.newsletter.internal.knowing;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tidings.newsletter.AttributeOrigin;
import org.tidings.newsletter.AttributeType;
import org.tidings.newsletter.Tags;
import org.tidings.newsletter.Tags.Tagged;
import org.tidings.site.Ids;
import org.tidings.site.Sql;

/** Tags and who has them, in the database. */
public final class TagBook {

    private final Sql sql;

    public TagBook(Sql sql) {
        this.sql = sql;
    }

    public List<String> all() {
        return sql.list("select name from newsletter.tag order by folded", row -> row.getString(1));
    }

    public Optional<UUID> find(String name) {
        return Tags.name(name)
                .flatMap(clean -> sql.first(
                        "select id from newsletter.tag where folded = ?",
                        row -> row.getObject(1, UUID.class),
                        AttributeType.fold(clean)));
    }

    public Map<UUID, List<String>> of(Collection<UUID> readers) {
        Map<UUID, List<String>> all = new HashMap<>();
        if (!readers.isEmpty()) {
            sql.list(
                    "select s.subscriber, t.name from unnest(cast(? as uuid array)) as w(id)"
                            + " join newsletter.subscriber_tag s on s.subscriber = w.id"
                            + " join newsletter.tag t on t.id = s.tag order by t.folded",
                    row -> all.computeIfAbsent(Sql.id(row, "subscriber"), reader -> new ArrayList<>())
                            .add(row.getString("name")),
                    Sql.uuids(readers));
        }
        return all;
    }

    /** @return how many were not tagged so before */
    public long add(Collection<Tagged> tagged, AttributeOrigin origin, OffsetDateTime at) {
        Map<String, String> names = new LinkedHashMap<>();
        tagged.forEach(
                one -> Tags.name(one.name()).ifPresent(name -> names.putIfAbsent(AttributeType.fold(name), name)));
        if (names.isEmpty()) {
            return 0;
        }
        Map<String, UUID> ids = enter(names, at);
        List<UUID> readers = new ArrayList<>();
        List<UUID> tags = new ArrayList<>();
        for (Tagged one : tagged) {
            Tags.name(one.name()).map(name -> ids.get(AttributeType.fold(name))).ifPresent(tag -> {
                readers.add(one.reader());
                tags.add(tag);
            });
        }
        return sql.update(
                "insert into newsletter.subscriber_tag (subscriber, tag, origin, said_at)"
                        + " select u.subscriber, u.tag, cast(? as varchar), cast(? as timestamp with time zone)"
                        + " from unnest(cast(? as uuid array), cast(? as uuid array)) as u(subscriber, tag)"
                        + " on conflict do nothing",
                origin.name(),
                at,
                Sql.uuids(readers),
                Sql.uuids(tags));
    }

    /** By folded name. */
    private Map<String, UUID> enter(Map<String, String> names, OffsetDateTime at) {
        sql.batch(
                "insert into newsletter.tag (id, name, folded, created_at) values (?, ?, ?, ?) on conflict do nothing",
                names.entrySet(),
                name -> new @Nullable Object[] {Ids.next(), name.getValue(), name.getKey(), at});
        Map<String, UUID> ids = new HashMap<>();
        sql.list(
                "select t.id, t.folded from unnest(cast(? as varchar array)) as u(folded)"
                        + " join newsletter.tag t on t.folded = u.folded",
                row -> ids.put(row.getString("folded"), Sql.id(row, "id")),
                Sql.texts(names.keySet()));
        return ids;
    }

    public void clear(UUID reader) {
        sql.update("delete from newsletter.subscriber_tag where subscriber = ?", reader);
    }

    /** Those that are not in the list go. */
    public void keepOnly(UUID reader, Collection<String> names) {
        List<String> folded = names.stream()
                .flatMap(name -> Tags.name(name).stream())
                .map(AttributeType::fold)
                .toList();
        sql.update(
                "delete from newsletter.subscriber_tag where subscriber = ? and tag not in (select t.id"
                        + " from unnest(cast(? as varchar array)) as u(folded) join newsletter.tag t on t.folded = u.folded)",
                reader,
                Sql.texts(folded));
    }

    public void delete(UUID tag) {
        sql.update("delete from newsletter.subscriber_tag where tag = ?", tag);
        sql.update("delete from newsletter.tag where id = ?", tag);
    }
}
