package org.tidings.mail.internal.returned;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.EmailAddressRejected;
import org.tidings.mail.internal.composing.Verp;
import org.tidings.mail.internal.replies.Reason;
import org.tidings.mail.internal.returned.reading.ReturnedMail;
import org.tidings.mail.internal.returned.reading.ReturnedMailReader;

/**
 * Makes something of what came back, one mail at a time: reads it, lets it act on the address, writes down what it was. To be called
 * in a transaction.
 *
 * <p>A report acts only if it can be trusted: by the MAC of the envelope sender it came to, because it came by a webhook whose
 * signature was checked, or, for a complaint, by the unsubscribe token in the mail that it returns. Everything else can be written by anybody and waits for review.
 */
public final class ReturnedMailHandler {
    /** A report that comes later than that after the mail acts on nobody: who keeps a mail keeps its envelope sender, too (L8). */
    public static final Duration ACCEPTED = Duration.ofDays(30);

    private static final Duration SOFT_WITHIN = Duration.ofDays(14);
    private static final Duration SOFT_OVER = Duration.ofDays(3);
    private static final int SOFT_COUNT = 3;

    /** What the sending side knows and does about addresses; joins the transaction. */
    public interface Addresses {
        UUID hashOf(EmailAddress address);

        /**
         * Notes that no way to the address was found.
         *
         * @param mail names the mailing or letter
         * @return whether it is the second mail at least
         */
        boolean unroutable(UUID addressHash, String mail, OffsetDateTime at);

        /** When the last mail of a mailing may have gone; empty while it runs, and if nobody knows it. */
        Optional<OffsetDateTime> lastOf(long mailing);

        /** @param detail what came back, without the address */
        void hardBounced(UUID addressHash, OffsetDateTime at, String detail);

        /**
         * @param address in clear, where the report names it
         * @param detail what came back, without the address
         */
        void complained(UUID addressHash, Optional<EmailAddress> address, OffsetDateTime at, String detail);

        /** Hands a mail to whom it was written to. @return false when nobody takes mail for this address */
        boolean cameIn(String address);

        /** Whose mail bore this List-Unsubscribe field; empty unless its token is genuine. */
        Optional<UUID> hashOfUnsubscribeField(String field);
    }

    private final ReturnedMailBook book;
    private final ReturnedMailReader reader;
    private final Map<String, Function<byte[], List<ReturnedMail>>> webhooks;
    private final Addresses addresses;
    private final Clock clock;

    /** @param webhooks by the name of the way that their reports are kept under */
    public ReturnedMailHandler(
            ReturnedMailBook book,
            ReturnedMailReader reader,
            Map<String, Function<byte[], List<ReturnedMail>>> webhooks,
            Addresses addresses,
            Clock clock) {
        this.book = book;
        this.reader = reader;
        this.webhooks = Map.copyOf(webhooks);
        this.addresses = addresses;
        this.clock = clock;
    }

    /** Handles one kept mail, unless another node has. */
    public void handle(ReturnedMailBook.Kept kept) {
        if (!book.claim(kept.id(), OffsetDateTime.now(clock).withOffsetSameInstant(ZoneOffset.UTC))) {
            return;
        }
        Function<byte[], List<ReturnedMail>> webhook = webhooks.get(kept.way());
        List<ReturnedMailBook.Entry> entries = new ArrayList<>();
        if (webhook == null && cameIn(kept)) {
            entries.add(new ReturnedMailBook.Entry(incoming(), Optional.empty(), true, "none"));
        } else {
            List<ReturnedMail> mails = webhook == null
                    ? reader.read(kept.raw(), kept.envelopeRecipient().orElse(null))
                    : webhook.apply(kept.raw());
            for (ReturnedMail mail : mails) {
                entries.add(entry(kept, mail, webhook != null));
            }
        }
        book.understood(kept, entries);
    }

    /** Puts a mail aside that cannot be handled, for people to look at. */
    public void giveUp(ReturnedMailBook.Kept kept) {
        if (book.claim(kept.id(), OffsetDateTime.now(clock).withOffsetSameInstant(ZoneOffset.UTC))) {
            book.understood(
                    kept,
                    List.of(new ReturnedMailBook.Entry(
                            new ReturnedMail.NotUnderstood(nothing()), Optional.empty(), false, "failed")));
        }
    }

    /** The envelope says whom a mail was written to; without one its fields do. */
    private boolean cameIn(ReturnedMailBook.Kept kept) {
        List<String> addresses = kept.envelopeRecipient().map(List::of).orElseGet(() -> reader.writtenTo(kept.raw()));
        return addresses.stream().anyMatch(this.addresses::cameIn);
    }

    private static ReturnedMail incoming() {
        return new ReturnedMail.Incoming(nothing());
    }

    private static ReturnedMail.Report nothing() {
        return new ReturnedMail.Report(
                Optional.empty(), Optional.empty(), Optional.empty(), Reason.UNKNOWN, "", Optional.empty());
    }

    private ReturnedMailBook.Entry entry(ReturnedMailBook.Kept kept, ReturnedMail mail, boolean signed) {
        ReturnedMail.Report report = mail.report();
        Optional<UUID> named = report.recipient().flatMap(this::parsed).map(addresses::hashOf);
        Optional<UUID> byToken = report.target().map(Verp.Target::addressHash);
        if (byToken.isEmpty() && !signed && mail instanceof ReturnedMail.Complaint) {
            byToken = reader.unsubscribeFieldOfOriginal(kept.raw()).flatMap(addresses::hashOfUnsubscribeField);
        }
        Optional<UUID> hash = byToken.or(() -> named);
        if (report.isForged() && byToken.isEmpty()) {
            return new ReturnedMailBook.Entry(mail, hash, false, "forged");
        }
        if (byToken.isPresent() && isTooLate(kept, mail)) {
            return new ReturnedMailBook.Entry(mail, hash, false, "late");
        }
        boolean trusted = byToken.isPresent() || (signed && hash.isPresent());
        if (!trusted) {
            return new ReturnedMailBook.Entry(mail, hash, false, "untrusted");
        }
        return new ReturnedMailBook.Entry(
                mail, hash, true, act(kept, mail, hash.orElseThrow()) ? "suppressed" : "none");
    }

    /** Complaints may take their time: people clean up old mail. */
    private boolean isTooLate(ReturnedMailBook.Kept kept, ReturnedMail mail) {
        boolean bounce = mail instanceof ReturnedMail.HardBounce || mail instanceof ReturnedMail.SoftBounce;
        Optional<Verp.Target> target = mail.report().target();
        return bounce
                && target.flatMap(t -> t.mailing().isPresent()
                                ? addresses.lastOf(t.mailing().getAsLong())
                                // Without a day it is of a release before there were any.
                                : Optional.of(t.day().orElse(OffsetDateTime.MIN)))
                        .filter(sent -> sent.isBefore(kept.cameAt().minus(ACCEPTED)))
                        .isPresent();
    }

    private boolean act(ReturnedMailBook.Kept kept, ReturnedMail mail, UUID hash) {
        String detail = mail.report().reason()
                + mail.report().status().map(s -> " " + s).orElse("");
        if (mail instanceof ReturnedMail.Complaint complaint && complaint.kind().stopsNewsletters()) {
            Optional<EmailAddress> address = mail.report()
                    .recipient()
                    .flatMap(this::parsed)
                    .filter(named -> addresses.hashOf(named).equals(hash));
            addresses.complained(hash, address, kept.cameAt(), "complaint: " + complaint.kind());
            return true;
        }
        boolean dead = mail instanceof ReturnedMail.HardBounce
                && (mail.report().reason() != Reason.UNROUTABLE || isSecondUnroutable(kept, mail, hash));
        boolean worn = mail instanceof ReturnedMail.SoftBounce
                && mail.report().reason() != Reason.UNKNOWN
                && isRepeatedlySoft(kept, hash);
        if (dead || worn) {
            addresses.hardBounced(hash, kept.cameAt(), worn ? "again and again: " + detail : detail);
        }
        return dead || worn;
    }

    private boolean isSecondUnroutable(ReturnedMailBook.Kept kept, ReturnedMail mail, UUID hash) {
        ReturnedMail.Report report = mail.report();
        String which = report.target().stream()
                .flatMapToLong(target -> target.mailing().stream())
                .mapToObj(number -> "mailing " + number)
                .findFirst()
                .or(report::messageId)
                .orElseGet(() -> "report " + kept.id());
        return addresses.unroutable(hash, which, kept.cameAt());
    }

    /** B04: three within fourteen days, over three days at least; this one counts. What was not understood does not (B08). */
    private boolean isRepeatedlySoft(ReturnedMailBook.Kept kept, UUID hash) {
        List<OffsetDateTime> earlier = new ArrayList<>();
        for (Reason reason : Reason.values()) {
            if (reason != Reason.UNKNOWN) {
                earlier.addAll(
                        book.cameFor(hash, "SoftBounce", reason, kept.cameAt().minus(SOFT_WITHIN)));
            }
        }
        return new HashSet<>(earlier).size() + 1 >= SOFT_COUNT
                && earlier.stream().anyMatch(at -> !at.isAfter(kept.cameAt().minus(SOFT_OVER)));
    }

    private Optional<EmailAddress> parsed(String recipient) {
        try {
            return Optional.of(EmailAddress.parse(recipient));
        } catch (EmailAddressRejected unreadable) {
            return Optional.empty();
        }
    }
}
