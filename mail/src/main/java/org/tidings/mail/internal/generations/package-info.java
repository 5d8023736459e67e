/** Whether the database is the one that this machine last saw, or an older one that was put back. */
@NullMarked
package org.tidings.mail.internal.generations;

import org.jspecify.annotations.NullMarked;
