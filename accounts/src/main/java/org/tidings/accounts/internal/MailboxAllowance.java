package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.tidings.accounts.internal.Limits.Limit;
import org.tidings.mail.EmailAddress;

/**
 * How many mails forms may cause to one mailbox (SEC-23), counted when one leaves. Of each kind three an hour and six a day; of these one
 * network has two and three, so that no stranger alone uses up what the holder has. What her own browsers ask for is counted apart.
 *
 * <p>Whoever finds nothing left need not go without: a link of a day is in the mailbox still, for it is the day's mails that are used
 * up. A link to choose a password dies after an hour; who asks for one waits for the next chance, which comes every two hours at the
 * latest.
 */
@ApplicationScoped
class MailboxAllowance {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration NEVER_WITHOUT = Duration.ofHours(2);
    private static final int AN_HOUR = 3;
    private static final int A_DAY = 6;
    private static final int AN_HOUR_OF_A_NETWORK = 2;
    private static final int A_DAY_OF_A_NETWORK = 3;

    /** What is counted apart. */
    enum Kind {
        REGISTRATION("mail1"),
        RESET("mail2"),
        REACTIVATION("mail3"),
        SUBSCRIPTION("mail4");

        /** Names of counters are short. */
        private final String code;

        Kind(String code) {
            this.code = code;
        }
    }

    @Inject
    Limits limits;

    @Inject
    KeyedHashes hashes;

    /** What becomes of a mail. */
    sealed interface Chance {
        /** It leaves, and was counted. */
        record Taken() implements Chance {}

        /** It may leave then. */
        record Later(OffsetDateTime at) implements Chance {}

        /** There is a mail that serves as well. */
        record Spent() implements Chance {}
    }

    /** For a browser that is known to the account of the address. */
    Chance take(Kind kind, EmailAddress address) {
        String name = kind.code + " known " + hashes.ofMailbox(address);
        boolean taken = limits.takeOfAll(new Limit(name + " h", AN_HOUR, HOUR), new Limit(name + " d", A_DAY, DAY))
                .isEmpty();
        return taken ? new Chance.Taken() : new Chance.Spent();
    }

    /** For anybody else. */
    Chance take(Kind kind, EmailAddress address, String network) {
        String mailbox = hashes.ofMailbox(address);
        String share = kind.code + " " + network + " " + mailbox;
        String all = kind.code + " " + mailbox;
        Limit shareOfDay = new Limit(share + "d", A_DAY_OF_A_NETWORK, DAY);
        Limit shareOfHour = new Limit(share + "h", AN_HOUR_OF_A_NETWORK, HOUR);
        Limit ofHour = new Limit(all + " h", AN_HOUR, HOUR);
        Limit ofDay = new Limit(all + " d", A_DAY, DAY);
        Optional<OffsetDateTime> free = limits.takeOfAll(shareOfDay, shareOfHour, ofHour, ofDay);
        if (free.isEmpty()) {
            return new Chance.Taken();
        }
        if (kind != Kind.RESET || isUsedUp(shareOfDay)) {
            return new Chance.Spent();
        }
        return isUsedUp(ofDay)
                ? limits.takeOfAll(new Limit(all + " more", 1, NEVER_WITHOUT))
                        .<Chance>map(Chance.Later::new)
                        .orElseGet(Chance.Taken::new)
                : new Chance.Later(free.get());
    }

    private boolean isUsedUp(Limit limit) {
        return limits.used(limit.name()) >= limit.most();
    }
}
