package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Who has an issue and how often, by what the mail server kept. */
final class Reach {

    private final String subject;
    private final Set<String> readers;
    private final Map<String, List<MailSink.Mail>> received;

    private Reach(String subject, Collection<String> readers, Map<String, List<MailSink.Mail>> received) {
        this.subject = subject;
        this.readers = Set.copyOf(readers);
        this.received = received;
    }

    /** Of what has come under the subject so far, with those who should have it. */
    static Reach of(MailSink sink, String subject, Collection<String> readers) {
        return new Reach(
                subject,
                readers,
                sink.mails(subject).stream()
                        .filter(MailSink.Mail::complete)
                        .collect(Collectors.groupingBy(MailSink.Mail::to)));
    }

    /** Counts what these had before, too: one copy each. */
    Reach and(Collection<String> hadItBefore) {
        Map<String, List<MailSink.Mail>> all = new HashMap<>(received);
        for (String reader : hadItBefore) {
            var copies = new java.util.ArrayList<>(all.getOrDefault(reader, List.of()));
            copies.add(new MailSink.Mail("before", "", reader, subject, "", 0, 0, 250, true, ""));
            all.put(reader, copies);
        }
        return new Reach(subject, readers, all);
    }

    Set<String> lost() {
        Set<String> lost = new TreeSet<>(readers);
        lost.removeAll(received.keySet());
        return lost;
    }

    Set<String> twice() {
        return received.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** How many copies there are in all. */
    int copies() {
        return received.values().stream().mapToInt(List::size).sum();
    }

    /** Every reader has it once, and nobody else. */
    void isEverybodyOnce() {
        isNobodyLost();
        assertThat(count(twice()))
                .as("\"%s\" twice: %s", subject, some(twice()))
                .isZero();
    }

    void isNobodyLost() {
        assertThat(count(lost()))
                .as("of %d readers \"%s\" never reached: %s", readers.size(), subject, some(lost()))
                .isZero();
        Set<String> strangers = new HashSet<>(received.keySet());
        strangers.removeAll(readers);
        assertThat(strangers).as("got \"%s\" and do not read it", subject).isEmpty();
    }

    /** Nobody has it twice but those of whom the product says so, and their copies are one mail to a mail program (RFC 5322 3.6.4). */
    void isTwiceOnly(Set<String> doubtful) {
        Set<String> unsaid = new TreeSet<>(twice());
        unsaid.removeAll(doubtful);
        assertThat(count(unsaid))
                .as("\"%s\" twice and not said to be doubtful (%d are): %s", subject, doubtful.size(), some(unsaid))
                .isZero();
        for (String reader : twice()) {
            assertThat(received.getOrDefault(reader, List.of()).stream()
                            .filter(mail -> !mail.gate().equals("before"))
                            .map(MailSink.Mail::messageId)
                            .distinct())
                    .as("Message-IDs of %s's copies", reader)
                    .hasSize(1);
        }
    }

    private static int count(Set<String> people) {
        return people.size();
    }

    private static List<String> some(Set<String> people) {
        return people.stream().limit(5).toList();
    }
}
