package org.tidings.web.newsletter;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.tidings.mail.TimeZones;
import org.tidings.newsletter.AttributeType;
import org.tidings.newsletter.AttributeValueRejected;
import org.tidings.newsletter.AttributeView;
import org.tidings.newsletter.Condition;
import org.tidings.newsletter.Condition.All;
import org.tidings.newsletter.Condition.Any;
import org.tidings.newsletter.Condition.Comparison;
import org.tidings.newsletter.IssueId;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.SubscriptionState;
import org.tidings.web.pages.Form;

/**
 * A condition as lines of a form: of the lines of one group any must hold, and something of every group. What programs nested otherwise cannot
 * be shown so. Fields of line 3: {@code group-3}, {@code not-3}, {@code what-3}, {@code how-3}, {@code value-3}.
 */
final class SegmentForm {

    static final int MOST_LINES = 24;
    static final int GROUPS = 6;
    private static final int SPARE = 3;

    private final Map<String, AttributeView> attributes;

    SegmentForm(List<AttributeView> attributes) {
        this.attributes = new LinkedHashMap<>();
        attributes.forEach(one -> this.attributes.put(one.key(), one));
    }

    /** How many lines are shown: those that say something, and some more. */
    static int lines(Form form) {
        int last = 0;
        for (int i = 1; i <= MOST_LINES; i++) {
            last = form.value("what-" + i).isEmpty() ? last : i;
        }
        return Math.min(last + SPARE, MOST_LINES);
    }

    // Reading

    /** What is wrong is said at the lines. */
    Condition read(Form form) {
        Map<Integer, List<Condition>> groups = new TreeMap<>();
        for (int i = 1; i <= MOST_LINES; i++) {
            int line = i;
            if (!form.value("what-" + i).isEmpty()) {
                one(form, i)
                        .ifPresent(condition -> groups.computeIfAbsent(group(form, line), g -> new ArrayList<>())
                                .add(form.ticked("not-" + line) ? new Condition.Not(condition) : condition));
            }
        }
        return new All(groups.values().stream().map(SegmentForm::any).toList());
    }

    private static Condition any(List<Condition> lines) {
        return lines.size() == 1 ? lines.get(0) : new Any(lines);
    }

    private static int group(Form form, int line) {
        String typed = form.value("group-" + line);
        return typed.matches("[1-6]") ? Integer.parseInt(typed) : 1;
    }

    private Optional<Condition> one(Form form, int line) {
        String[] what = form.value("what-" + line).split(":", 3);
        String value = form.trimmed("value-" + line);
        try {
            return Optional.of(
                    switch (what[0]) {
                        case "newsletter" ->
                            new Condition.Subscribed(
                                    new NewsletterId(UUID.fromString(what[1])), SubscriptionState.valueOf(what[2]));
                        case "got" -> new Condition.Got(new IssueId(UUID.fromString(what[1])));
                        case "account" -> new Condition.WithAccount();
                        case "language" -> new Condition.Speaks(Locale.forLanguageTag(filled(value)));
                        case "zone" ->
                            new Condition.LivesIn(TimeZones.known(value).orElseThrow());
                        case "tag" -> new Condition.Tagged(filled(value));
                        case "joined" -> new Condition.JoinedSince(LocalDate.parse(value));
                        case "attribute" -> known(what[1], form.value("how-" + line), value);
                        default -> throw new IllegalArgumentException();
                    });
        } catch (IllegalArgumentException
                | ArrayIndexOutOfBoundsException
                | DateTimeException
                | AttributeValueRejected
                | java.util.NoSuchElementException e) {
            form.reject("value-" + line, "subscribers.segment.wrong.value");
            return Optional.empty();
        }
    }

    private static String filled(String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException();
        }
        return value;
    }

    private Condition known(String key, String how, String typed) {
        AttributeView attribute = Optional.ofNullable(attributes.get(key)).orElseThrow();
        Comparison comparison = Stream.of(Comparison.values())
                .filter(one -> word(one).equals(how))
                .findFirst()
                .orElse(Comparison.IS);
        boolean ordered = comparison == Comparison.AT_LEAST || comparison == Comparison.AT_MOST;
        if ((ordered && !attribute.type().isOrdered())
                || (comparison == Comparison.CONTAINS && attribute.type() != AttributeType.TEXT)) {
            throw new IllegalArgumentException();
        }
        String value = comparison == Comparison.KNOWN
                ? ""
                : comparison == Comparison.CONTAINS ? filled(typed) : attribute.read(filled(typed));
        return new Condition.Known(key, comparison, value);
    }

    static String word(Comparison comparison) {
        return comparison.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    // Showing

    /** Whether a form can show it. */
    static boolean shows(Condition condition) {
        return groups(condition)
                .filter(groups -> groups.size() <= GROUPS
                        && groups.stream().mapToInt(List::size).sum() <= MOST_LINES
                        && groups.stream().flatMap(List::stream).allMatch(SegmentForm::isLine))
                .isPresent();
    }

    private static Optional<List<List<Condition>>> groups(Condition condition) {
        if (!(condition instanceof All all)) {
            return Optional.of(List.of(linesOf(condition)));
        }
        return Optional.of(all.of().stream().map(SegmentForm::linesOf).toList());
    }

    private static List<Condition> linesOf(Condition condition) {
        return condition instanceof Any any ? any.of() : List.of(condition);
    }

    private static boolean isLine(Condition condition) {
        Condition bare = condition instanceof Condition.Not not ? not.of() : condition;
        return !(bare instanceof All || bare instanceof Any || bare instanceof Condition.Not);
    }

    static Form fill(Form form, Condition condition) {
        int line = 1;
        int group = 1;
        for (List<Condition> lines : groups(condition).orElse(List.of())) {
            for (Condition one : lines) {
                form.fill("group-" + line, Integer.toString(group));
                Condition bare = one instanceof Condition.Not not ? not.of() : one;
                if (one instanceof Condition.Not) {
                    form.fill("not-" + line, "yes");
                }
                fill(form, line, bare);
                line++;
            }
            group++;
        }
        return form;
    }

    private static void fill(Form form, int line, Condition one) {
        String what = "account";
        String value = "";
        if (one instanceof Condition.Subscribed subscribed) {
            what = "newsletter:" + subscribed.newsletter().value() + ":" + subscribed.state();
        } else if (one instanceof Condition.Got got) {
            what = "got:" + got.issue().value();
        } else if (one instanceof Condition.Speaks speaks) {
            what = "language";
            value = speaks.language().toLanguageTag();
        } else if (one instanceof Condition.LivesIn lives) {
            what = "zone";
            value = lives.zone().getId();
        } else if (one instanceof Condition.Tagged tagged) {
            what = "tag";
            value = tagged.tag();
        } else if (one instanceof Condition.JoinedSince joined) {
            what = "joined";
            value = joined.day().toString();
        } else if (one instanceof Condition.Known known) {
            what = "attribute:" + known.attribute();
            value = known.value();
            form.fill("how-" + line, word(known.comparison()));
        }
        form.fill("what-" + line, what).fill("value-" + line, value);
    }
}
