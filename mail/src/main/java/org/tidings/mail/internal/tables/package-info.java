/** The way to the module's tables. */
@NullMarked
package org.tidings.mail.internal.tables;

import org.jspecify.annotations.NullMarked;
