/** The engine: reserves, composes, hands over, writes down. */
@NullMarked
package org.tidings.mail.internal.sending;

import org.jspecify.annotations.NullMarked;
