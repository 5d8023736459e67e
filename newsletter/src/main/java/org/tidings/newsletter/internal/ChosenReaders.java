package org.tidings.newsletter.internal;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.tidings.mail.Mailings;
import org.tidings.newsletter.AttributeView;
import org.tidings.newsletter.Condition;
import org.tidings.newsletter.SegmentId;
import org.tidings.newsletter.Segments.Choice;
import org.tidings.newsletter.internal.knowing.AttributeBook;
import org.tidings.newsletter.internal.knowing.ConditionSql;
import org.tidings.newsletter.internal.knowing.WrittenCondition;
import org.tidings.site.Sql;

/**
 * Whom an issue goes to, of its newsletter's readers. As long as it is a draft its segments are looked at as they are; when the sending begins
 * the chosen are written down, and nobody comes to them any more. A segment that is gone, or asks for an attribute that is, chooses nobody: it is never as if none had been
 * chosen.
 */
final class ChosenReaders {

    private final Sql sql;
    private final AttributeBook attributes;

    ChosenReaders(Sql sql) {
        this.sql = sql;
        this.attributes = new AttributeBook(sql);
    }

    /**
     * How readers of the newsletter are chosen.
     *
     * @param all whether all are
     * @param frozen whether they are written down
     * @param text SQL over {@code s} and {@code p}
     */
    record Choosing(boolean all, boolean frozen, String text, List<Object> arguments) {

        static final Choosing ALL = new Choosing(true, false, "(1 = 1)", List.of());
        static final Choosing NOBODY = new Choosing(false, false, "(1 = 0)", List.of());

        /** The arguments of a statement, these among them. */
        Object[] with(int before, Object... others) {
            List<Object> merged = new ArrayList<>(Arrays.asList(others));
            merged.addAll(before, arguments);
            return merged.toArray();
        }
    }

    Choosing of(UUID issue) {
        Optional<Boolean> frozen = sql.first(
                "select frozen from newsletter.issue_audience where issue = ?", row -> row.getBoolean(1), issue);
        if (frozen.isEmpty()) {
            return Choosing.ALL;
        }
        if (frozen.get()) {
            return new Choosing(
                    false,
                    true,
                    "exists (select 1 from newsletter.issue_recipient r where r.issue = ? and r.subscription = s.id)",
                    List.of(issue));
        }
        Choice choice = StoredSegments.choiceOf(sql, issue);
        Map<String, AttributeView> known = attributes.byKey();
        if (!Stream.of(choice.only(), choice.except())
                .flatMap(Optional::stream)
                .allMatch(segment -> condition(segment)
                        .filter(one -> asksForWhatIsDefined(one, known))
                        .isPresent())) {
            return Choosing.NOBODY;
        }
        StringBuilder text = new StringBuilder("(1 = 1)");
        List<Object> arguments = new ArrayList<>();
        choice.only().flatMap(this::condition).ifPresent(one -> add(" and ", one, known, text, arguments));
        choice.except().flatMap(this::condition).ifPresent(one -> add(" and not ", one, known, text, arguments));
        return new Choosing(false, false, text.toString(), arguments);
    }

    /** An attribute that is gone is known of nobody: whoever is kept out by it would be let in. */
    private static boolean asksForWhatIsDefined(Condition condition, Map<String, AttributeView> known) {
        if (condition instanceof Condition.Known one) {
            return known.containsKey(one.attribute());
        }
        return WrittenCondition.inner(condition).stream().allMatch(inner -> asksForWhatIsDefined(inner, known));
    }

    private static void add(
            String word, Condition of, Map<String, AttributeView> known, StringBuilder text, List<Object> arguments) {
        ConditionSql condition = new ConditionSql(of, known);
        text.append(word).append('(').append(condition.text()).append(')');
        arguments.addAll(condition.arguments());
    }

    private Optional<Condition> condition(SegmentId segment) {
        return sql.first(
                "select written from newsletter.segment where id = ?",
                row -> WrittenCondition.read(row.getString(1)),
                segment.value());
    }

    /** Whom the issues have reached that the segments ask for; nothing is asked any more once the chosen are written down. */
    void know(UUID issue, Mailings mailings) {
        if (of(issue).frozen()) {
            return;
        }
        Choice choice = StoredSegments.choiceOf(sql, issue);
        Stream.of(choice.only(), choice.except())
                .flatMap(Optional::stream)
                .map(this::condition)
                .flatMap(Optional::stream)
                .forEach(condition -> new ReachedReaders(sql, mailings).know(ConditionSql.issues(condition)));
    }

    /** It is a draft again. */
    void thaw(UUID issue) {
        sql.update("update newsletter.issue_audience set frozen = false where issue = ?", issue);
        sql.update("delete from newsletter.issue_recipient where issue = ?", issue);
    }

    /** Writes the chosen down, as the sending begins. */
    void freeze(UUID issue, UUID newsletter, OffsetDateTime at) {
        thaw(issue);
        Choosing choosing = of(issue);
        if (choosing.all()) {
            return;
        }
        sql.update(
                "insert into newsletter.issue_recipient (issue, subscription) select cast(? as uuid), s.id"
                        + " from newsletter.subscription s join newsletter.subscriber p on p.id = s.subscriber"
                        + " where s.newsletter = ? and s.confirmed_at <= ? and (s.ended_at is null or s.ended_at > ?)"
                        + " and s.merged_into is null and " + choosing.text(),
                choosing.with(4, issue, newsletter, at, at));
        sql.update("update newsletter.issue_audience set frozen = true where issue = ?", issue);
    }
}
