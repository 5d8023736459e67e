package org.tidings.accounts;

import java.time.OffsetDateTime;
import java.util.function.BiPredicate;
import org.tidings.mail.EmailAddress;

/**
 * The database is older than the ledger of erasures: a backup was restored, and erased people are back. For accounts {@link
 * AccountErased} is fired one by one; observers of this event erase in the same transaction what they hold of people without one.
 *
 * @param erased whether who has this address, on record since this time, was erased afterwards
 */
public record ErasuresRepeated(BiPredicate<EmailAddress, OffsetDateTime> erased) {}
