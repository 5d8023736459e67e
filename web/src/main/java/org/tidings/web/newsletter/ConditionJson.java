package org.tidings.web.newsletter;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.TimeZones;
import org.tidings.newsletter.Condition;
import org.tidings.newsletter.Condition.Comparison;
import org.tidings.newsletter.IssueId;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.SubscriptionState;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.Problem.Violation;
import org.tidings.web.problems.ProblemType;

/**
 * A condition over readers; exactly one of these, {@code state} beside {@code newsletter}, and {@code compare} and {@code value} beside {@code
 * attribute}.
 *
 * @param all conditions that must all hold
 * @param any conditions of which one must hold
 * @param not a condition that must not hold
 * @param newsletter the id of a newsletter with which she stands so
 * @param state pending, confirmed or unsubscribed; confirmed if left out
 * @param language of her mails, {@code de}
 * @param zone as Europe/Berlin
 * @param account whether she has one
 * @param joinedSince a day, {@code 2026-11-30}
 * @param got the id of an issue that reached her
 * @param attribute a key
 * @param compare known, is, contains, at-least or at-most; is if left out
 * @param value as text: 2026-11-30, 12.5, yes, a choice's code
 */
public record ConditionJson(
        @Nullable List<ConditionJson> all,
        @Nullable List<ConditionJson> any,
        @Nullable ConditionJson not,
        @Nullable UUID newsletter,
        @Nullable String state,
        @Nullable String language,
        @Nullable String zone,
        @Nullable Boolean account,
        @Nullable String tag,
        @Nullable String joinedSince,
        @Nullable UUID got,
        @Nullable String attribute,
        @Nullable String compare,
        @Nullable String value) {

    private static final int DEEPEST = 12;

    /** @throws Problem pointing at what is none */
    Condition read(String pointer) {
        return read(pointer, 0);
    }

    private Condition read(String pointer, int depth) {
        long kinds = Stream.of(all, any, not, newsletter, language, zone, account, tag, joinedSince, got, attribute)
                .filter(one -> one != null)
                .count();
        if (kinds != 1 || depth > DEEPEST) {
            throw wrong(pointer, kinds == 1 ? "too-large" : "one-of-these");
        }
        try {
            return of(pointer, depth);
        } catch (DateTimeException | IllegalArgumentException | NoSuchElementException e) {
            throw wrong(pointer, "value");
        }
    }

    private Condition of(String pointer, int depth) {
        if (all != null) {
            return new Condition.All(several(all, pointer + "/all", depth));
        }
        if (any != null) {
            return new Condition.Any(several(any, pointer + "/any", depth));
        }
        if (not != null) {
            return new Condition.Not(not.read(pointer + "/not", depth + 1));
        }
        if (newsletter != null) {
            SubscriptionState stands = state == null
                    ? SubscriptionState.CONFIRMED
                    : SubscriptionState.valueOf(state.toUpperCase(Locale.ROOT));
            return new Condition.Subscribed(new NewsletterId(newsletter), stands);
        }
        if (got != null) {
            return new Condition.Got(new IssueId(got));
        }
        if (account != null) {
            return account ? new Condition.WithAccount() : new Condition.Not(new Condition.WithAccount());
        }
        return aboutHer();
    }

    private Condition aboutHer() {
        if (language != null) {
            return new Condition.Speaks(Locale.forLanguageTag(language));
        }
        if (zone != null) {
            return new Condition.LivesIn(TimeZones.known(zone).orElseThrow());
        }
        if (tag != null) {
            return new Condition.Tagged(tag);
        }
        if (joinedSince != null) {
            return new Condition.JoinedSince(LocalDate.parse(joinedSince));
        }
        Comparison comparison = compare == null
                ? Comparison.IS
                : Comparison.valueOf(compare.toUpperCase(Locale.ROOT).replace('-', '_'));
        return new Condition.Known(attribute == null ? "" : attribute, comparison, value == null ? "" : value);
    }

    private static List<Condition> several(List<ConditionJson> of, String pointer, int depth) {
        List<Condition> several = new ArrayList<>();
        for (int i = 0; i < of.size(); i++) {
            several.add(of.get(i).read(pointer + "/" + i, depth + 1));
        }
        return several;
    }

    private static Problem wrong(String pointer, String code) {
        return new Problem(ProblemType.INVALID, List.of(new Violation(pointer, code)));
    }

    static ConditionJson of(Condition condition) {
        if (condition instanceof Condition.All one) {
            return new Built().all(one.of()).json();
        }
        if (condition instanceof Condition.Any one) {
            return new Built().any(one.of()).json();
        }
        Built built = new Built();
        if (condition instanceof Condition.Not one) {
            built.not = of(one.of());
        } else if (condition instanceof Condition.Subscribed one) {
            built.newsletter = one.newsletter().value();
            built.state = ApiViews.word(one.state());
        } else if (condition instanceof Condition.Speaks one) {
            built.language = one.language().toLanguageTag();
        } else if (condition instanceof Condition.LivesIn one) {
            built.zone = one.zone().getId();
        } else if (condition instanceof Condition.Tagged one) {
            built.tag = one.tag();
        } else if (condition instanceof Condition.JoinedSince one) {
            built.joinedSince = one.day().toString();
        } else if (condition instanceof Condition.Got one) {
            built.got = one.issue().value();
        } else if (condition instanceof Condition.Known one) {
            built.attribute = one.attribute();
            built.compare = ApiViews.word(one.comparison());
            built.value = one.comparison() == Comparison.KNOWN ? null : one.value();
        } else {
            built.account = true;
        }
        return built.json();
    }

    /** One of many fields. */
    private static final class Built {
        private @Nullable List<ConditionJson> all;
        private @Nullable List<ConditionJson> any;
        private @Nullable ConditionJson not;
        private @Nullable UUID newsletter;
        private @Nullable String state;
        private @Nullable String language;
        private @Nullable String zone;
        private @Nullable Boolean account;
        private @Nullable String tag;
        private @Nullable String joinedSince;
        private @Nullable UUID got;
        private @Nullable String attribute;
        private @Nullable String compare;
        private @Nullable String value;

        Built all(List<Condition> of) {
            all = of.stream().map(ConditionJson::of).toList();
            return this;
        }

        Built any(List<Condition> of) {
            any = of.stream().map(ConditionJson::of).toList();
            return this;
        }

        ConditionJson json() {
            return new ConditionJson(
                    all,
                    any,
                    not,
                    newsletter,
                    state,
                    language,
                    zone,
                    account,
                    tag,
                    joinedSince,
                    got,
                    attribute,
                    compare,
                    value);
        }
    }
}
