package org.tidings.mail.internal.composing;

import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.MailKind;
import org.tidings.mail.MessageClass;
import org.tidings.mail.SkipReason;

/** A letter that was reserved: written whole when it was posted. */
public final class LetterWork extends Work {

    /** What the letter's row says. */
    public record Source(
            MailKind kind, String realm, UUID person, EmailAddress address, OffsetDateTime expiresAt, byte[] bytes) {}

    private final LettersClaim claim;
    private final Source source;

    /** @param id the letter's, which takes the recipient's place */
    public LetterWork(
            LettersClaim claim, UUID id, Source source, int attempts, boolean everDoubtful, long standingReadAt) {
        super(id, attempts, everDoubtful, standingReadAt);
        this.claim = claim;
        this.source = source;
    }

    @Override
    public LettersClaim claim() {
        return claim;
    }

    public Source source() {
        return source;
    }

    @Override
    public EmailAddress address() {
        return source.address();
    }

    @Override
    public int mailingNumber() {
        return LETTERS;
    }

    /** Every letter is somebody's own business and goes ahead of mailings. */
    @Override
    public MessageClass lane() {
        return MessageClass.ACCOUNT;
    }

    /** A test of an issue is a newsletter, though it has account mail's lane. */
    @Override
    public MessageClass messageClass() {
        return source.kind().messageClass();
    }

    @Override
    public OffsetDateTime expiresAt() {
        return source.expiresAt();
    }

    /** A letter is its own claim there. */
    @Override
    public UUID journalClaim() {
        return recipient();
    }

    /** Says anew what was read in a transaction that began at {@code readAt}. */
    public void standing(Optional<SkipReason> decision, long readAt) {
        decided(decision, readAt);
    }
}
