/** What the operator decided about mail, read once at start. */
@NullMarked
package org.tidings.mail.internal.settings;

import org.jspecify.annotations.NullMarked;
