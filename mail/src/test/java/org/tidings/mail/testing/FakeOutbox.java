package org.tidings.mail.testing;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import org.tidings.mail.DeliveryState;
import org.tidings.mail.Letter;
import org.tidings.mail.MailBody;
import org.tidings.mail.MailKind;
import org.tidings.mail.Outbox;
import org.tidings.mail.SentLetter;

/** Keeps letters in memory in the order in which they were posted; knows nothing of transactions. */
public final class FakeOutbox implements Outbox {

    /** A letter that waits. */
    public record Posted(UUID id, Letter letter) {}

    private static final OffsetDateTime EPOCH = OffsetDateTime.parse("1970-01-01T00:00:00Z");

    private final List<Posted> waiting = new ArrayList<>();

    @Override
    public synchronized UUID post(Letter letter) {
        UUID id = UUID.randomUUID();
        waiting.add(new Posted(id, letter));
        return id;
    }

    /** All of them wait: nothing is ever sent from here. Of no time in particular. */
    @Override
    public synchronized List<SentLetter> lettersTo(String realm, UUID person, int limit) {
        return waiting.stream()
                .filter(posted -> isTo(posted, realm, person))
                .limit(limit)
                .map(posted -> new SentLetter(
                        posted.id(),
                        posted.letter().purpose(),
                        EPOCH,
                        DeliveryState.WAITING,
                        EPOCH,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(EPOCH)))
                .toList();
    }

    @Override
    public synchronized void withdraw(String realm, UUID person) {
        waiting.removeIf(p -> isTo(p, realm, person)
                && p.letter().kind() != MailKind.ACCOUNT_RECEIPT
                && p.letter().kind() != MailKind.LAST_RECEIPT);
    }

    @Override
    public synchronized void forget(String realm, UUID person) {
        waiting.removeIf(p -> isTo(p, realm, person) && p.letter().kind() != MailKind.LAST_RECEIPT);
    }

    private static boolean isTo(Posted posted, String realm, UUID person) {
        return posted.letter().realm().equals(realm) && posted.letter().person().equals(person);
    }

    /** All that wait, oldest first. */
    public synchronized List<Letter> letters() {
        return waiting.stream().map(Posted::letter).toList();
    }

    /** Those to the address (canonical form), oldest first. */
    public List<Letter> lettersTo(String canonicalAddress) {
        return letters().stream()
                .filter(l -> l.to().canonical().equals(canonicalAddress))
                .toList();
    }

    /** Those with the purpose, oldest first. */
    public List<Letter> lettersFor(String purpose) {
        return letters().stream().filter(l -> l.purpose().equals(purpose)).toList();
    }

    /** @throws NoSuchElementException when nothing was posted */
    public Letter newest() {
        List<Letter> all = letters();
        if (all.isEmpty()) {
            throw new NoSuchElementException("nothing was posted");
        }
        return all.get(all.size() - 1);
    }

    /** Address of the only button of the newest letter: the link that a person would follow. */
    public String newestLink() {
        return newest().body().blocks().stream()
                .filter(MailBody.Button.class::isInstance)
                .map(b -> ((MailBody.Button) b).url())
                .findFirst()
                .orElseThrow();
    }

    public synchronized void clear() {
        waiting.clear();
    }
}
