/**
 * People: registration, sign-in, profile, deactivation, erasure, export, staff and roles, audit.
 *
 * <p>Owns: schema {@code accounts}. Publishes, synchronously and in the same transaction: {@link
 * org.tidings.accounts.AccountOpened}, {@link org.tidings.accounts.AccountChanged}, {@link
 * org.tidings.accounts.AccountDeactivated}, {@link org.tidings.accounts.AccountReactivated}, {@link
 * org.tidings.accounts.AccountErased}. May use: {@code mail}.
 */
@NullMarked
package org.tidings.accounts;

import org.jspecify.annotations.NullMarked;
