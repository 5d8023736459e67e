package org.tidings.mail.internal;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Replies and server names by number: most of a million replies differ in their queue id alone, which is kept apart.
 */
final class Phrases {

    private static final int REMEMBERED = 5_000;
    private static final int MAX_DETAIL = 60;

    private final Sql sql;
    private final Transactions transactions;
    private final Map<String, Integer> known = new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > REMEMBERED;
        }
    };

    Phrases(Sql sql, Transactions transactions) {
        this.sql = sql;
        this.transactions = transactions;
    }

    /** A reply without what is its own alone, and that. */
    record Split(String phrase, Optional<String> detail) {

        static Split of(Reply reply) {
            String text = reply.text();
            int space = text.lastIndexOf(' ');
            String last = text.substring(space + 1);
            boolean split = reply.kind() == Reply.Kind.ACCEPTED
                    && space > 0
                    && last.length() <= MAX_DETAIL
                    && last.chars().anyMatch(c -> c >= '0' && c <= '9');
            return split
                    ? new Split(text.substring(0, space) + " *", Optional.of(last))
                    : new Split(text, Optional.empty());
        }

        static String joined(String phrase, Optional<String> detail) {
            return detail.isPresent() && phrase.endsWith(" *")
                    ? phrase.substring(0, phrase.length() - 1) + detail.get()
                    : phrase;
        }
    }

    /** Their numbers; new ones are stored in a transaction of their own, so that no number is remembered that rolls back. */
    synchronized Map<String, Integer> numbersOf(Collection<String> phrases) {
        Map<String, Integer> numbers = new HashMap<>();
        for (String phrase : phrases) {
            Integer number = known.get(phrase);
            if (number == null) {
                number = transactions.call(() -> {
                    sql.update("insert into mail.phrases (phrase) values (?) on conflict do nothing", phrase);
                    return (int) sql.number("select id from mail.phrases where phrase = ?", phrase);
                });
                known.put(phrase, number);
            }
            numbers.put(phrase, number);
        }
        return numbers;
    }
}
