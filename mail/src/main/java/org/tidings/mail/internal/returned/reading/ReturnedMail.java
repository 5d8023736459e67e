package org.tidings.mail.internal.returned.reading;

import java.util.Optional;
import org.tidings.mail.internal.composing.Verp;
import org.tidings.mail.internal.replies.EnhancedStatus;
import org.tidings.mail.internal.replies.Reason;

/** What one returned mail says about one recipient. */
public sealed interface ReturnedMail {

    /** Who, and what was said. */
    Report report();

    /**
     * What a report tells.
     *
     * @param verp what the address that it came to, or the returned mail's envelope sender, says; a genuine one names the
     *     recipient whatever the text says, and after a forged one the report must not have an effect (B01)
     * @param recipient the address that failed, as the report writes it; to be trusted less than {@code verp}
     * @param status the enhanced code that decided
     * @param diagnostic the other side's words, at most 500 characters, one line
     * @param messageId of the mail that was returned, with its angle brackets
     */
    record Report(
            Optional<Verp.Found> verp,
            Optional<String> recipient,
            Optional<EnhancedStatus> status,
            Reason reason,
            String diagnostic,
            Optional<String> messageId) {

        /** Whether the MAC is wrong. */
        public boolean isForged() {
            return verp.filter(Verp.Forged.class::isInstance).isPresent();
        }

        /** Whom the mail was for, if a genuine token says so. */
        public Optional<Verp.Target> target() {
            return verp.filter(Verp.Genuine.class::isInstance).map(found -> ((Verp.Genuine) found).target());
        }
    }

    /** Nobody is there (B03); {@link Reason#UNROUTABLE} only when it comes for a second mail within thirty days. */
    record HardBounce(Report report) implements ReturnedMail {}

    /** Not delivered this time (B04), or for a reason not understood (B08). */
    record SoftBounce(Report report) implements ReturnedMail {}

    /** Refused because of us (B05). */
    record OurFault(Report report) implements ReturnedMail {}

    /** Somebody called the mail unwanted, or took that back (B06). */
    record Complaint(Report report, ComplaintKind kind) implements ReturnedMail {}

    /** An out-of-office note, a challenge, a read receipt (B07): ignored. */
    record AutoReply(Report report) implements ReturnedMail {}

    /** Still being tried by a server further on. */
    record Delayed(Report report) implements ReturnedMail {}

    /** Delivered, relayed or expanded. */
    record Info(Report report) implements ReturnedMail {}

    /** A mail that a person or a program wrote to an address in our mails, such as the one for unsubscribing. */
    record Incoming(Report report) implements ReturnedMail {}

    /** None of these, or unreadable: kept for review, without effect. */
    record NotUnderstood(Report report) implements ReturnedMail {}

    /** The feedback types of RFC 5965 section 7.3 and its successors. */
    enum ComplaintKind {
        ABUSE,
        FRAUD,
        OPT_OUT,
        OTHER,
        NOT_SPAM,
        VIRUS,
        AUTH_FAILURE;

        /** Whether newsletters to the address must stop. */
        public boolean stopsNewsletters() {
            return this == ABUSE || this == OPT_OUT || this == FRAUD || this == OTHER;
        }
    }
}
