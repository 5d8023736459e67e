package org.tidings.newsletter.internal.knowing;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.tidings.newsletter.Condition;
import org.tidings.newsletter.Condition.All;
import org.tidings.newsletter.Condition.Any;
import org.tidings.newsletter.Condition.Comparison;
import org.tidings.newsletter.Condition.Got;
import org.tidings.newsletter.Condition.JoinedSince;
import org.tidings.newsletter.Condition.Known;
import org.tidings.newsletter.Condition.LivesIn;
import org.tidings.newsletter.Condition.Not;
import org.tidings.newsletter.Condition.Speaks;
import org.tidings.newsletter.Condition.Subscribed;
import org.tidings.newsletter.Condition.Tagged;
import org.tidings.newsletter.Condition.WithAccount;
import org.tidings.newsletter.IssueId;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.SubscriptionState;

/** A condition as it is kept: one step a line, what belongs to it after it, {@code all 2}. */
public final class WrittenCondition {

    private WrittenCondition() {}

    public static String write(Condition condition) {
        StringBuilder text = new StringBuilder();
        write(condition, text);
        return text.toString();
    }

    private static void write(Condition condition, StringBuilder text) {
        text.append(line(condition)).append('\n');
        inner(condition).forEach(one -> write(one, text));
    }

    /** What it is made of. */
    public static List<Condition> inner(Condition condition) {
        if (condition instanceof All all) {
            return all.of();
        }
        if (condition instanceof Any any) {
            return any.of();
        }
        return condition instanceof Not not ? List.of(not.of()) : List.of();
    }

    private static String line(Condition condition) {
        if (condition instanceof All all) {
            return "all " + all.of().size();
        }
        if (condition instanceof Any any) {
            return "any " + any.of().size();
        }
        if (condition instanceof Not) {
            return "not";
        }
        if (condition instanceof Subscribed one) {
            return "subscribed " + one.newsletter().value() + " " + one.state();
        }
        if (condition instanceof Speaks one) {
            return "speaks " + one.language().toLanguageTag();
        }
        if (condition instanceof LivesIn one) {
            return "lives-in " + one.zone().getId();
        }
        if (condition instanceof Tagged one) {
            return "tagged " + one.tag();
        }
        if (condition instanceof JoinedSince one) {
            return "joined-since " + one.day();
        }
        if (condition instanceof Got one) {
            return "got " + one.issue().value();
        }
        if (condition instanceof Known one) {
            return "known " + one.attribute() + " " + one.comparison() + " " + one.value();
        }
        return "with-account";
    }

    public static Condition read(String text) {
        return read(text.lines().iterator());
    }

    private static Condition read(Iterator<String> lines) {
        String[] words = lines.next().split(" ", 2);
        String rest = words.length > 1 ? words[1] : "";
        return switch (words[0]) {
            case "all" -> new All(several(Integer.parseInt(rest), lines));
            case "any" -> new Any(several(Integer.parseInt(rest), lines));
            case "not" -> new Not(read(lines));
            case "subscribed" -> {
                String[] parts = rest.split(" ", 2);
                yield new Subscribed(new NewsletterId(UUID.fromString(parts[0])), SubscriptionState.valueOf(parts[1]));
            }
            case "speaks" -> new Speaks(Locale.forLanguageTag(rest));
            case "lives-in" -> new LivesIn(ZoneId.of(rest));
            case "tagged" -> new Tagged(rest);
            case "joined-since" -> new JoinedSince(LocalDate.parse(rest));
            case "got" -> new Got(new IssueId(UUID.fromString(rest)));
            case "known" -> {
                String[] parts = rest.split(" ", 3);
                yield new Known(parts[0], Comparison.valueOf(parts[1]), parts.length > 2 ? parts[2] : "");
            }
            case "with-account" -> new WithAccount();
            default -> throw new IllegalStateException("a condition of a later version");
        };
    }

    private static List<Condition> several(int count, Iterator<String> lines) {
        List<Condition> several = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            several.add(read(lines));
        }
        return several;
    }
}
