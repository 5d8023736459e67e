package org.tidings.mail;

import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * How sending goes, for staff and health.
 *
 * @param server the mail server without its secret, empty for the local mailbox
 * @param waiting letters that wait
 * @param oldestWaiting since when
 * @param lastError why the server refused or could not be reached, if that was the last thing that happened
 */
public record SendingState(
        Optional<String> server,
        long waiting,
        Optional<OffsetDateTime> oldestWaiting,
        Optional<Diagnostic> lastError,
        Optional<OffsetDateTime> lastSuccess) {}
