package org.tidings.announcements.internal;

import java.time.OffsetDateTime;
import org.tidings.mail.MailingId;

/**
 * What sending begins with.
 *
 * @param count of recipients, confirmed by who sends it
 * @param publicFrom the end of the undo window
 * @param beyondLimit why it exceeds the monthly limit; empty where it does not
 */
record GoingOut(MailingId mailing, long count, OffsetDateTime at, OffsetDateTime publicFrom, String beyondLimit) {}
