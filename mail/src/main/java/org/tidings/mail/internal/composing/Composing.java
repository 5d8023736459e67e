package org.tidings.mail.internal.composing;

import java.time.Clock;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.Addressee;
import org.tidings.mail.MessageClass;
import org.tidings.mail.internal.secrets.KeyedHashes;
import org.tidings.mail.internal.settings.MailSettings;
import org.tidings.mail.internal.signing.Signers;
import org.tidings.mail.internal.signing.dkim.BodyHash;
import org.tidings.mail.internal.signing.dkim.DkimSigner;
import org.tidings.site.Now;

/**
 * Makes the final bytes of a mail: values into the prepared parts, then the signatures in front of them (SIG-07). Nothing changes
 * the bytes afterwards. For any number of threads.
 */
public final class Composing {

    private static final int IDLE_SINKS_AT_MOST = 64;

    private final MailSettings settings;
    private final KeyedHashes hashes;
    private final Signers signers;
    private final Optional<Verp> verp;
    private final Clock clock;
    private final ConcurrentLinkedQueue<ByteSink> idle = new ConcurrentLinkedQueue<>();

    /** @param verp empty when the envelope bears the class's own sender */
    public Composing(MailSettings settings, KeyedHashes hashes, Signers signers, Optional<Verp> verp, Clock clock) {
        this.settings = settings;
        this.hashes = hashes;
        this.signers = signers;
        this.verp = verp;
        this.clock = clock;
    }

    /**
     * A mail ready to be handed over.
     *
     * @param content signatures, header, empty line and body
     * @param madeFor what was known of the recipient; null for a letter
     */
    public record Composed(
            Envelope envelope, byte[] content, @Nullable Addressee madeFor) {

        /** Whether the recipient is still known as the one that the mail was made for. */
        public boolean isFor(Work work) {
            return Objects.equals(work instanceof DeliveryWork delivery ? delivery.addressee() : null, madeFor);
        }
    }

    /** A mail that should be signed could not be; it waits. */
    public static final class SigningFailed extends RuntimeException {
        SigningFailed(RuntimeException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /**
     * Composes one mail.
     *
     * @throws IllegalArgumentException when the values make no mail, for example by control characters in a name
     * @throws SigningFailed when the key cannot be used now
     */
    public Composed compose(Work work) {
        ByteSink out = idle.poll();
        if (out == null) {
            out = new ByteSink(64 * 1024);
        }
        out.clear();
        Composed composed = work instanceof LetterWork letter ? letter(letter) : delivery((DeliveryWork) work, out);
        if (idle.size() < IDLE_SINKS_AT_MOST) {
            idle.offer(out);
        }
        return composed;
    }

    /** Composed when it was posted; only the signature is new at each try. */
    private Composed letter(LetterWork letter) {
        MessageClass messageClass = letter.messageClass();
        byte[] message = letter.source().bytes();
        byte[] signatures = signerFor(messageClass)
                .map(signer -> signed(() -> signer.sign(message, clock.instant())))
                .orElse(NOTHING);
        Envelope envelope = new Envelope(
                verp.map(v -> v.forLetter(hashes.of(letter.address()), Now.by(clock)))
                        .orElseGet(() -> settings.sender(messageClass)),
                MessageTemplate.deliveryAddress(letter.address()),
                letter.recipient().toString());
        return new Composed(envelope, joined(signatures, message, message.length), null);
    }

    private Composed delivery(DeliveryWork work, ByteSink out) {
        RunningMailing mailing = work.mailing();
        Addressee addressee = work.addressee();
        UUID recipient = addressee.recipient();
        MessageClass messageClass = mailing.kind().messageClass();
        String messageId = hashes.messageId(mailing.id(), recipient, settings.domain());
        MessageTemplate template = mailing.contentFor(addressee.language());
        MessageTemplate.Recipient to = new MessageTemplate.Recipient(
                addressee.address(),
                addressee.name(),
                work.dated(),
                messageId,
                mailing.inReplyTo()
                        .map(first -> hashes.messageId(first, recipient, settings.domain()))
                        .orElse(""),
                addressee.slots());
        Optional<DkimSigner> signer = signerFor(messageClass);
        byte[] signatures = NOTHING;
        if (signer.isPresent()) {
            BodyHash bodyHash = template.bodyHash();
            int headerLength = template.write(to, out, bodyHash);
            signatures =
                    signed(() -> signer.get().sign(out.array(), 0, headerLength, bodyHash.finish(), clock.instant()));
        } else {
            template.write(to, out);
        }
        Envelope envelope = new Envelope(
                verp.map(v -> v.forMailing(mailing.number(), hashes.of(addressee.address())))
                        .orElseGet(() -> settings.sender(messageClass)),
                MessageTemplate.deliveryAddress(addressee.address()),
                messageId.substring(0, messageId.indexOf('@')));
        return new Composed(envelope, joined(signatures, out.array(), out.length()), addressee);
    }

    private static final byte[] NOTHING = {};

    private Optional<DkimSigner> signerFor(MessageClass messageClass) {
        String sender = settings.sender(messageClass);
        String domain = sender.substring(sender.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
        try {
            return signers.forDomain(domain);
        } catch (RuntimeException e) {
            throw new SigningFailed(e);
        }
    }

    private static byte[] signed(Supplier<byte[]> signing) {
        try {
            return signing.get();
        } catch (RuntimeException e) {
            throw new SigningFailed(e);
        }
    }

    private static byte[] joined(byte[] first, byte[] second, int length) {
        byte[] whole = new byte[first.length + length];
        System.arraycopy(first, 0, whole, 0, first.length);
        System.arraycopy(second, 0, whole, first.length, length);
        return whole;
    }
}
