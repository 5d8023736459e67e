package org.tidings.newsletter;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/** A condition over readers. */
public sealed interface Condition {

    /** All of them hold; of none, everybody. */
    record All(List<Condition> of) implements Condition {
        public All {
            of = List.copyOf(of);
        }
    }

    /** One of them holds; of none, nobody. */
    record Any(List<Condition> of) implements Condition {
        public Any {
            of = List.copyOf(of);
        }
    }

    record Not(Condition of) implements Condition {}

    /** Stands so with a newsletter. */
    record Subscribed(NewsletterId newsletter, SubscriptionState state) implements Condition {}

    /** Is written to in this language, whatever her country. */
    record Speaks(Locale language) implements Condition {}

    record LivesIn(ZoneId zone) implements Condition {}

    record WithAccount() implements Condition {}

    /** Has this tag, in whatever case; cleaned as {@link Tags#name} does it, empty if nothing is left. */
    record Tagged(String tag) implements Condition {
        public Tagged {
            tag = Tags.name(tag).orElse("");
        }
    }

    /** Gets a newsletter since this day or a later one (UTC). */
    record JoinedSince(LocalDate day) implements Condition {}

    /** Got this issue: her server took it. */
    record Got(IssueId issue) implements Condition {}

    /**
     * What is known by an attribute.
     *
     * @param value as {@link AttributeView#read} gives it, for {@link Comparison#CONTAINS} as typed; empty for {@link Comparison#KNOWN}
     */
    record Known(String attribute, Comparison comparison, String value) implements Condition {
        public Known {
            value = comparison == Comparison.KNOWN ? "" : value;
        }
    }

    /** How a value is looked at. */
    enum Comparison {
        /** Anything is known. */
        KNOWN,
        /** The same, texts in whatever case. */
        IS,
        /** Of texts, in whatever case. */
        CONTAINS,
        /** Of numbers and dates: not less, not earlier. */
        AT_LEAST,
        /** Of numbers and dates: not more, not later. */
        AT_MOST
    }

    /** Everybody. */
    Condition EVERYBODY = new All(List.of());
}
