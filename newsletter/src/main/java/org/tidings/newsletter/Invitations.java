package org.tidings.newsletter;

import java.util.List;
import java.util.Locale;
import org.tidings.accounts.AccountId;
import org.tidings.mail.EmailAddress;

/** Asking people to join a newsletter: one mail with a link, and nothing more before she confirms. */
public interface Invitations {

    /** At most so many at once. */
    int MOST = 200;

    /**
     * What became of them.
     *
     * @param sent a mail is on its way
     * @param there have it, or were invited within a day
     * @param keptOut left it, closed the account, were erased, or cannot be written to; or have had three such mails today
     */
    record Report(int sent, int there, int keptOut) {}

    /**
     * Invites; the link works for 14 days. Each address once, whoever typed it twice. Not for newsletters for members, whom nobody needs to
     * invite.
     *
     * @param language of the mail
     * @throws NewsletterUnknown if there is no such newsletter, it is closed, or it is one for members
     * @throws IllegalArgumentException if they are more than {@link #MOST}
     */
    Report invite(NewsletterId newsletter, List<EmailAddress> addresses, Locale language, AccountId by);
}
