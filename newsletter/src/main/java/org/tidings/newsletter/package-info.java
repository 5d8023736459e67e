/**
 * Newsletters, who subscribed to them, and what was agreed to.
 *
 * <p>Purpose: nobody gets an issue without consent on record, and whoever leaves has left at that moment.
 *
 * <p>Owns: schema {@code newsletter} (newsletters, subscribers, subscriptions, consent records, issues). Publishes: nothing
 * yet. Hears, in the same transaction: {@link org.tidings.accounts.AccountOpened}, {@link
 * org.tidings.accounts.AccountChanged}, {@link org.tidings.accounts.AccountDeactivated}, {@link
 * org.tidings.accounts.AccountReactivated}, {@link org.tidings.accounts.AccountErased}. May use: {@code mail}, {@code
 * accounts}.
 */
@NullMarked
package org.tidings.newsletter;

import org.jspecify.annotations.NullMarked;
