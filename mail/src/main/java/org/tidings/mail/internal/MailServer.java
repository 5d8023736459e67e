package org.tidings.mail.internal;

import java.util.function.BooleanSupplier;

/** Where mails go: the seam behind which the transport can be replaced. */
interface MailServer {

    /** @throws NotConnected when the server is down, refuses us, or does not offer what is required of it */
    Connection connect() throws NotConnected;

    /** For staff and the ledger, without a secret. */
    String label();

    /** One conversation, used by one thread. */
    interface Connection extends AutoCloseable {

        /**
         * Hands over one mail.
         *
         * @param content the message with CRLF line ends, none beginning with a dot, the last ended
         * @param stillAllowed asked before DATA and before the content; false ends the try with {@link Reply.Kind#WITHDRAWN}
         */
        Reply send(Envelope envelope, byte[] content, int length, BooleanSupplier stillAllowed);

        /** False when the next mail needs a new connection. */
        boolean usable();

        @Override
        void close();
    }

    /** Why there is no connection, in words for staff. */
    final class NotConnected extends Exception {
        NotConnected(String message) {
            super(message);
        }
    }
}
