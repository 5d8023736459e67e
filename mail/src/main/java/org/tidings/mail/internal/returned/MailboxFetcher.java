package org.tidings.mail.internal.returned;

import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.search.FlagTerm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.angus.mail.imap.IMAPMessage;
import org.eclipse.angus.mail.pop3.POP3Message;

/**
 * Empties a mailbox by IMAP or POP3. A mail is deleted there, or marked as read, only after it was stored here; what was stored before
 * a crash and is fetched again is recognised by whoever stores it. One look takes bounded time: every wait for the server ends, and
 * so does the look after so many mails.
 */
public final class MailboxFetcher {
    private static final Logger LOG = Logger.getLogger(MailboxFetcher.class.getName());

    /** What is larger is cut: a report says what it has to say in the beginning, the rest is the mail that failed. */
    static final int BYTES_AT_MOST = 4 * 1024 * 1024;

    private static final int MAILS_AT_ONCE = 500;
    private static final String WAIT_MILLIS = "30000";

    /** Stores a mail; what it throws leaves the mail where it is. */
    @FunctionalInterface
    public interface Keeper {
        void keep(byte[] raw);
    }

    private final ReturnSettings.Mailbox mailbox;
    private final Session session;

    public MailboxFetcher(ReturnSettings.Mailbox mailbox) {
        this.mailbox = mailbox;
        this.session = Session.getInstance(properties(mailbox));
    }

    private static Properties properties(ReturnSettings.Mailbox mailbox) {
        Properties properties = new Properties();
        String prefix = "mail." + mailbox.protocol() + ".";
        for (String wait : new String[] {"connectiontimeout", "timeout", "writetimeout"}) {
            properties.put(prefix + wait, WAIT_MILLIS);
        }
        properties.put(prefix + "ssl.checkserveridentity", "true");
        // Reading must not mark as read: that says that it is stored.
        properties.put(prefix + "peek", "true");
        properties.put(prefix + "fetchsize", "262144");
        return properties;
    }

    /**
     * Looks once.
     *
     * @param goOn asked before each mail
     * @return how many were stored
     * @throws MessagingException when the mailbox cannot be reached, says no, or the connection breaks; what was stored stays stored
     */
    public int fetch(Keeper keeper, BooleanSupplier goOn) throws MessagingException {
        Store store = session.getStore(mailbox.protocol());
        try {
            store.connect(mailbox.host(), mailbox.port(), mailbox.user(), mailbox.secret());
            Folder folder = store.getFolder(mailbox.imap() ? mailbox.folder() : "INBOX");
            folder.open(Folder.READ_WRITE);
            try {
                return fetch(folder, keeper, goOn);
            } finally {
                // Deletes what is marked for it, also when a later mail could not be stored.
                folder.close(true);
            }
        } finally {
            store.close();
        }
    }

    private int fetch(Folder folder, Keeper keeper, BooleanSupplier goOn) throws MessagingException {
        int stored = 0;
        for (Message message : waiting(folder)) {
            if (stored >= MAILS_AT_ONCE || !goOn.getAsBoolean()) {
                break;
            }
            byte[] raw;
            try {
                raw = bytes(message);
            } catch (MessagingException e) {
                if (!folder.isOpen()) {
                    throw e;
                }
                // One mail that the server cannot give must not hide those behind it.
                LOG.log(Level.WARNING, "a mail in the mailbox for returned mail cannot be read and stays there", e);
                continue;
            }
            keeper.keep(raw);
            message.setFlag(mailbox.onlyMarks() ? Flags.Flag.SEEN : Flags.Flag.DELETED, true);
            stored++;
        }
        return stored;
    }

    private Message[] waiting(Folder folder) throws MessagingException {
        if (!mailbox.imap()) {
            return folder.getMessages();
        }
        // Whoever looks into the mailbox by hand must not hide a mail from us: read or not, unless reading is our own
        // mark.
        Flags.Flag done = mailbox.onlyMarks() ? Flags.Flag.SEEN : Flags.Flag.DELETED;
        return folder.search(new FlagTerm(new Flags(done), false));
    }

    private static byte[] bytes(Message message) throws MessagingException {
        Cut cut = new Cut();
        try {
            if (message instanceof IMAPMessage imap) {
                imap.getMimeStream().transferTo(cut);
            } else if (message instanceof POP3Message pop3 && message.getSize() > BYTES_AT_MOST) {
                // RETR would bring all of it into memory.
                pop3.top(2_000).transferTo(cut);
            } else {
                message.writeTo(cut);
            }
        } catch (EnoughException enough) {
            // Its beginning is what counts.
        } catch (IOException broken) {
            throw new MessagingException("a mail could not be read to its end", broken);
        }
        return cut.toByteArray();
    }

    private static final class EnoughException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** Takes the beginning of a mail. */
    private static final class Cut extends OutputStream {
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream(16_384);

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            int room = BYTES_AT_MOST - kept.size();
            kept.write(bytes, from, Math.min(room, length));
            if (length > room) {
                throw new EnoughException();
            }
        }

        byte[] toByteArray() {
            return kept.toByteArray();
        }
    }
}
