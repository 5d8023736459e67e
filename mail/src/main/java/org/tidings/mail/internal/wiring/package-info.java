/** Puts the module together in the container. */
@NullMarked
package org.tidings.mail.internal.wiring;

import org.jspecify.annotations.NullMarked;
