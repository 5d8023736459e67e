/**
 * Newsletters, who subscribed to them, and what was agreed to.
 *
 * <p>Purpose: nobody gets an issue without consent on record, and whoever leaves has left at that moment.
 *
 * <p>Owns: schema {@code newsletter} (newsletters, subscribers, subscriptions, consent records, issues).
 *
 * <p>Publishes: no events.
 *
 * <p>Tells other programs what happens, over HTTP: {@link org.tidings.newsletter.Webhooks}.
 *
 * <p>Hears, in the transaction in which it happens: {@link org.tidings.accounts.AccountOpened}, {@link
 * org.tidings.accounts.AccountChanged}, {@link org.tidings.accounts.AccountDeactivated}, {@link
 * org.tidings.accounts.AccountReactivated}, {@link org.tidings.accounts.AccountErased}, {@link
 * org.tidings.accounts.ErasuresRepeated}, {@link org.tidings.mail.AddressComplained}; and {@link
 * org.tidings.site.DatabaseMigrated}, {@link org.tidings.site.DatabaseReady}, {@link org.tidings.site.SiteHasEnded}.
 *
 * <p>May use: {@code site}, {@code mail}, {@code accounts}.
 */
@NullMarked
package org.tidings.newsletter;

import org.jspecify.annotations.NullMarked;
