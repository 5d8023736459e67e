/**
 * People: registration, sign-in, profile, deactivation, erasure, export, staff and roles, audit.
 *
 * <p>Owns: schema {@code accounts}; {@code erasures.txt} and {@code deactivations.txt} in the data folder.
 *
 * <p>Publishes, in the transaction in which it happens: {@link org.tidings.accounts.AccountOpened}, {@link
 * org.tidings.accounts.AccountChanged}, {@link org.tidings.accounts.AccountDeactivated}, {@link
 * org.tidings.accounts.AccountReactivated}, {@link org.tidings.accounts.AccountErased}, and, after a backup was restored,
 * {@link org.tidings.accounts.ErasuresRepeated}.
 *
 * <p>Hears: {@link org.tidings.site.DatabaseMigrated}, {@link org.tidings.site.DatabaseReady}, {@link
 * org.tidings.site.SiteHasEnded}.
 *
 * <p>May use: {@code site}, {@code mail}.
 */
@NullMarked
package org.tidings.accounts;

import org.jspecify.annotations.NullMarked;
