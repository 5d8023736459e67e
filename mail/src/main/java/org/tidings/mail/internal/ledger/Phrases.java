package org.tidings.mail.internal.ledger;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.regex.Pattern;
import org.tidings.mail.internal.machine.Machine;
import org.tidings.mail.internal.outcomes.Reply;
import org.tidings.mail.internal.tables.Sql;
import org.tidings.site.Transactions;

/**
 * Replies and server names by number: most of a million replies differ in their queue id alone, which is kept apart.
 */
public final class Phrases {

    private static final int REMEMBERED = 5_000;
    private static final int MAX_DETAIL = 60;
    private static final Pattern STATUS = Pattern.compile("[245]\\.\\d{1,3}\\.\\d{1,3}:?");
    private static final Pattern DIGIT = Pattern.compile("\\d");

    private final Sql sql;
    private final Transactions transactions;
    private final Lock lock;
    private final Map<String, Integer> known = new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > REMEMBERED;
        }
    };

    public Phrases(Sql sql, Transactions transactions, Machine machine) {
        this.sql = sql;
        this.transactions = transactions;
        this.lock = machine.lock();
    }

    /**
     * A reply without the words that are its own alone, such as queue ids, and those: {@code 250 2.0.0 Ok: queued as *} and
     * {@code 4DBc9x1}. Each {@code *} stands for the next word of the detail.
     */
    public record Split(String phrase, Optional<String> detail) {

        public static Split of(Reply reply) {
            String[] words = reply.text().split(" ", -1);
            StringBuilder detail = new StringBuilder();
            for (int i = 1; i < words.length; i++) {
                if (isItsOwn(words[i]) && detail.length() + words[i].length() < MAX_DETAIL) {
                    detail.append(detail.length() == 0 ? "" : " ").append(words[i]);
                    words[i] = "*";
                }
            }
            return detail.length() == 0
                    ? new Split(reply.text(), Optional.empty())
                    : new Split(String.join(" ", words), Optional.of(detail.toString()));
        }

        /** Words with a digit are mostly ids, times and addresses; the status of RFC 3463 and links are for the reader. */
        private static boolean isItsOwn(String word) {
            return word.equals("*")
                    || (word.length() > 3
                            && DIGIT.matcher(word).find()
                            && !STATUS.matcher(word).matches()
                            && !word.contains("://"));
        }

        static String joined(String phrase, Optional<String> detail) {
            if (detail.isEmpty()) {
                return phrase;
            }
            String[] words = phrase.split(" ", -1);
            String[] own = detail.get().split(" ", -1);
            int next = 0;
            for (int i = 0; i < words.length && next < own.length; i++) {
                if (words[i].equals("*")) {
                    words[i] = own[next++];
                }
            }
            return String.join(" ", words);
        }
    }

    /** Their numbers; new ones are stored in a transaction of their own, so that no number is remembered that rolls back. */
    public Map<String, Integer> numbersOf(Collection<String> phrases) {
        Map<String, Integer> numbers = new HashMap<>();
        lock.lock();
        try {
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
        } finally {
            lock.unlock();
        }
        return numbers;
    }
}
