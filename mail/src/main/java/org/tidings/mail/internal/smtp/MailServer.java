package org.tidings.mail.internal.smtp;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.internal.composing.Envelope;
import org.tidings.mail.internal.outcomes.Reply;
import org.tidings.mail.internal.replies.Reason;

/** Where mails go: the seam behind which the transport can be replaced. */
public interface MailServer {

    /** @throws NotConnected when the server is down, refuses us, or does not offer what is required of it */
    Connection connect() throws NotConnected;

    /** For staff and the ledger, without a secret. */
    String label();

    /** Ends connections whose server takes no bytes any more. To be called about once a second. */
    default void watch() {}

    /** One conversation, used by one thread. */
    interface Connection extends AutoCloseable {

        /**
         * Hands over a mail, and more in the same breath where the server takes commands ahead of their replies (RFC 2920):
         * the next mail is announced in the write that carries the content of the one before.
         *
         * <p>Whatever {@code first} or {@code more} gave is told its reply, unless an exception ends the call; then the
         * connection is not usable any more.
         *
         * @param more gives the next mail, or null when there is none now; asked at most once for each mail
         */
        void send(Handover first, Supplier<@Nullable Handover> more);

        /** False when the next mail needs a new connection. */
        boolean usable();

        @Override
        void close();
    }

    /** One try at handing over a mail. */
    interface Handover {

        Envelope envelope();

        /** The message with CRLF line ends, none of its lines beginning with a dot, the last one ended. */
        byte[] content();

        /** Asked before DATA and before the content; false ends the try with {@link Reply.Kind#WITHDRAWN}. */
        boolean mayBegin();

        /** The content goes out now: from here on a broken connection leaves doubt. */
        void begins();

        /** What became of it; told once. */
        void over(Reply reply);
    }

    /** Why there is no connection, in words for staff. */
    final class NotConnected extends Exception {
        private static final long serialVersionUID = 1L;
        private final Reason reason;

        public NotConnected(Reason reason, String message) {
            super(message);
            this.reason = reason;
        }

        /** {@link Reason#LOGIN} and {@link Reason#TLS} are ours to mend. */
        public Reason reason() {
            return reason;
        }
    }
}
