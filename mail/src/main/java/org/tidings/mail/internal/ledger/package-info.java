/** Who gets what, who got it, and how it went: the tables of letters, mailings and deliveries. */
@NullMarked
package org.tidings.mail.internal.ledger;

import org.jspecify.annotations.NullMarked;
