package org.tidings.mail;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What came back, for staff. */
public interface ReturnedMails {

    /** What it was taken for (BNC-02 to BNC-08). */
    enum Sort {
        HARD_BOUNCE,
        SOFT_BOUNCE,
        /** Refused because of us: never touches the address. */
        OUR_FAULT,
        COMPLAINT,
        AUTO_REPLY,
        DELAYED,
        INFO,
        /** A mail to an address that stands in our mails for people to write to. */
        INCOMING,
        NOT_UNDERSTOOD
    }

    /** What it did. */
    enum Effect {
        NONE,
        SUPPRESSED,
        /** Came to an address of ours whose MAC is wrong. */
        FORGED,
        /** Names an address, and nothing proves that it is about a mail of ours. */
        UNTRUSTED,
        /** Came more than thirty days after the mail that it is about. */
        LATE,
        /** Handling it failed again and again. */
        FAILED
    }

    /**
     * One recipient in one report.
     *
     * @param reason such as {@code USER_UNKNOWN}
     * @param status the enhanced code (RFC 3463)
     * @param way by which it came: {@code smtp}, {@code mailbox}, or a provider's name
     * @param diagnostic the other side's words, addresses in it shortened
     * @param addressHash whom it is about, if that is known: see {@link SuppressedAddresses}
     * @param rawKept whether the mail itself can still be read: 90 days
     */
    record Line(
            UUID returnedMail,
            OffsetDateTime cameAt,
            Sort sort,
            String reason,
            Optional<String> status,
            Effect effect,
            String way,
            String diagnostic,
            Optional<UUID> addressHash,
            boolean rawKept) {}

    /** Figures of one sort and reason. */
    record Figure(Sort sort, String reason, long count) {}

    /** Newest first; before a time, for the next page. */
    List<Line> newest(Optional<Sort> sort, Optional<OffsetDateTime> before, int limit);

    /** What was not understood or cannot be trusted, newest first. */
    List<Line> toReview(int limit);

    /** What was made of one mail; empty while it waits, or when it is unknown. */
    List<Line> of(UUID returnedMail);

    List<Line> about(UUID addressHash, int limit);

    /** By number, most first. */
    List<Figure> figures(OffsetDateTime since);

    /** How many wait to be read. */
    long waiting();

    /** The mail as it came; empty when unknown, after 90 days, or once somebody it speaks of was erased. */
    Optional<byte[]> raw(UUID returnedMail);

    /** Where mail comes in, for people: "SMTP on port 2525", "mailbox at imap.example.com", "Amazon SES". */
    Map<String, String> waysIn();
}
