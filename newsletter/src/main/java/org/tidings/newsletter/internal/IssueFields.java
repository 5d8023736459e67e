package org.tidings.newsletter.internal;

import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.tidings.newsletter.AttributeView;
import org.tidings.newsletter.internal.MergeFields.Field;
import org.tidings.newsletter.internal.knowing.AttributeBook;
import org.tidings.site.Languages;
import org.tidings.site.OddCharacter;
import org.tidings.site.Sql;

/** What readers' attributes put into an issue, in the words of its language. */
final class IssueFields {

    private static final int DECIMALS = 6;

    private final Sql sql;
    private final AttributeBook attributes;

    IssueFields(Sql sql) {
        this.sql = sql;
        this.attributes = new AttributeBook(sql);
    }

    /** Names that an issue may use, beside {@code name}. */
    Set<String> names() {
        return attributes.byKey().keySet();
    }

    /** Kept when the sending begins: an issue's text does not change from then on. */
    void keep(UUID issue, MergeFields fields) {
        sql.update("delete from newsletter.issue_field where issue = ?", issue);
        for (Field field : fields.fields()) {
            sql.update(
                    "insert into newsletter.issue_field (issue, slot, field, fallback) values (?, ?, ?, ?)",
                    issue,
                    field.slot(),
                    field.name(),
                    field.fallback());
        }
    }

    private List<Field> of(UUID issue) {
        return sql.list(
                "select slot, field, fallback from newsletter.issue_field where issue = ?",
                row -> new Field(row.getString("slot"), row.getString("field"), row.getString("fallback")),
                issue);
    }

    /** What fills the slots of one reader's mail. */
    @FunctionalInterface
    interface Filling {

        Map<String, String> of(UUID reader, String name);
    }

    private static final Filling NOTHING = (reader, name) -> Map.of();

    /** For these readers. */
    Filling filling(UUID issue, Locale language, Collection<UUID> readers) {
        List<Field> fields = of(issue);
        if (fields.isEmpty()) {
            return NOTHING;
        }
        Map<String, AttributeView> byKey = attributes.byKey();
        List<UUID> asked = fields.stream()
                .map(field -> byKey.get(field.name()))
                .filter(view -> view != null)
                .map(view -> view.id().value())
                .distinct()
                .toList();
        Map<UUID, Map<UUID, String>> known = attributes.of(readers, asked);
        return (reader, name) -> {
            Map<UUID, String> hers = known.getOrDefault(reader, Map.of());
            Map<String, String> slots = new HashMap<>();
            for (Field field : fields) {
                slots.put(field.slot(), value(field, byKey.get(field.name()), hers, name, language));
            }
            return slots;
        };
    }

    private static String value(
            Field field,
            @org.jspecify.annotations.Nullable AttributeView attribute,
            Map<UUID, String> hers,
            String name,
            Locale language) {
        if (field.name().equals("name")) {
            return name.isBlank() ? field.fallback() : name;
        }
        String known = attribute == null ? null : hers.get(attribute.id().value());
        return attribute == null || known == null ? field.fallback() : words(attribute, known, language);
    }

    static String words(AttributeView attribute, String value, Locale language) {
        return switch (attribute.type()) {
            case TEXT -> OddCharacter.without(value);
            case NUMBER -> {
                NumberFormat format = NumberFormat.getNumberInstance(language);
                format.setMaximumFractionDigits(DECIMALS);
                yield format.format(new java.math.BigDecimal(value));
            }
            case DATE ->
                DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                        .withLocale(Languages.ofDates(language))
                        .format(LocalDate.parse(value));
            case CHOICE -> attribute.choices(language).getOrDefault(value, value);
            case YES_NO -> Texts.in(language).get(value);
        };
    }
}
