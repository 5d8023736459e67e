package org.tidings.newsletter.internal.knowing;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tidings.newsletter.AttributeType;
import org.tidings.newsletter.AttributeView;
import org.tidings.newsletter.Condition;
import org.tidings.newsletter.Condition.All;
import org.tidings.newsletter.Condition.Any;
import org.tidings.newsletter.Condition.Got;
import org.tidings.newsletter.Condition.JoinedSince;
import org.tidings.newsletter.Condition.Known;
import org.tidings.newsletter.Condition.LivesIn;
import org.tidings.newsletter.Condition.Not;
import org.tidings.newsletter.Condition.Speaks;
import org.tidings.newsletter.Condition.Subscribed;
import org.tidings.newsletter.Condition.Tagged;
import org.tidings.newsletter.Condition.WithAccount;
import org.tidings.newsletter.Tags;

/**
 * A condition as SQL over {@code newsletter.subscriber p}, the same for both databases. Values are parameters, each of them; what stands in the
 * text are words of this class alone. Sub-selects are correlated: at the top PostgreSQL makes joins of them, below OR it asks an index for each
 * row, and in neither case does it run one through for every reader.
 */
public final class ConditionSql {

    private final Map<String, AttributeView> attributes;
    private final List<Object> arguments = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    /** @param attributes by key; what is not there is known of nobody */
    public ConditionSql(Condition condition, Map<String, AttributeView> attributes) {
        this.attributes = attributes;
        append(condition);
    }

    public String text() {
        return text.toString();
    }

    /** In the order of the text. */
    public List<Object> arguments() {
        return List.copyOf(arguments);
    }

    private void append(Condition condition) {
        if (condition instanceof All all) {
            several(all.of(), " and ", "1 = 1");
        } else if (condition instanceof Any any) {
            several(any.of(), " or ", "1 = 0");
        } else if (condition instanceof Not not) {
            text.append("not ");
            append(not.of());
        } else if (condition instanceof Known known) {
            known(known);
        } else {
            one(condition);
        }
    }

    private void several(List<Condition> of, String between, String ofNone) {
        text.append('(').append(of.isEmpty() ? ofNone : "");
        String divider = "";
        for (Condition one : of) {
            text.append(divider);
            append(one);
            divider = between;
        }
        text.append(')');
    }

    private void one(Condition condition) {
        if (condition instanceof Subscribed one) {
            add(
                    "exists (select 1 from newsletter.subscription x where x.subscriber = p.id and x.newsletter = ?"
                            + " and x.state = ? and x.merged_into is null)",
                    one.newsletter().value(),
                    one.state().name());
        } else if (condition instanceof Speaks one) {
            String language = one.language().getLanguage();
            add("(p.language = ? or p.language like ?)", language, language + "-%");
        } else if (condition instanceof LivesIn one) {
            add("p.zone = ?", one.zone().getId());
        } else if (condition instanceof Tagged one) {
            add(
                    "exists (select 1 from newsletter.subscriber_tag x join newsletter.tag t on t.id = x.tag"
                            + " where x.subscriber = p.id and t.folded = ?)",
                    AttributeType.fold(Tags.name(one.tag()).orElse("")));
        } else if (condition instanceof JoinedSince one) {
            add(
                    "exists (select 1 from newsletter.subscription x where x.subscriber = p.id"
                            + " and x.state = 'CONFIRMED' and x.merged_into is null and x.confirmed_at >= ?)",
                    one.day().atStartOfDay().atOffset(ZoneOffset.UTC));
        } else if (condition instanceof Got one) {
            add(
                    "exists (select 1 from newsletter.subscription x join newsletter.issue_reached r"
                            + " on r.subscription = x.id where x.subscriber = p.id and r.issue = ?)",
                    one.issue().value());
        } else if (condition instanceof WithAccount) {
            add("(p.account is not null)");
        } else {
            throw new IllegalStateException(condition.getClass().getSimpleName());
        }
    }

    private void add(String sql, Object... values) {
        text.append(sql);
        arguments.addAll(List.of(values));
    }

    private void known(Known known) {
        AttributeView attribute = attributes.get(known.attribute());
        if (attribute == null) {
            add("(1 = 0)");
            return;
        }
        String has = "exists (select 1 from newsletter.attribute_value x where x.subscriber = p.id and x.attribute = ?";
        Object id = attribute.id().value();
        switch (known.comparison()) {
            case KNOWN -> add(has + ")", id);
            case IS -> add(has + " and x.sort_key = ?)", id, attribute.type().sortKey(known.value()));
            case AT_LEAST ->
                add(has + " and x.sort_key >= ?)", id, attribute.type().sortKey(known.value()));
            case AT_MOST ->
                add(has + " and x.sort_key <= ?)", id, attribute.type().sortKey(known.value()));
            case CONTAINS ->
                add(
                        has + " and x.sort_key like ? escape '!')",
                        id,
                        "%" + AttributeType.fold(known.value()).replaceAll("([!%_])", "!$1") + "%");
        }
    }

    /** Issues that it asks about: of these it must be known whom they reached. */
    public static List<java.util.UUID> issues(Condition condition) {
        List<java.util.UUID> issues = new ArrayList<>(WrittenCondition.inner(condition).stream()
                .flatMap(one -> issues(one).stream())
                .collect(Collectors.toList()));
        if (condition instanceof Got got) {
            issues.add(got.issue().value());
        }
        return issues;
    }

    /** How many steps it has. */
    public static int size(Condition condition) {
        return 1
                + WrittenCondition.inner(condition).stream()
                        .mapToInt(ConditionSql::size)
                        .sum();
    }

    /** How many stand within each other. */
    public static int depth(Condition condition) {
        return 1
                + WrittenCondition.inner(condition).stream()
                        .mapToInt(ConditionSql::depth)
                        .max()
                        .orElse(0);
    }
}
