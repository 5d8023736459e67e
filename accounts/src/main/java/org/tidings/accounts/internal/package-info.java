/** Internals of the accounts module. */
@NullMarked
package org.tidings.accounts.internal;

import org.jspecify.annotations.NullMarked;
