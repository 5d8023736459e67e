/** How announcements and policies work inside. */
@NullMarked
package org.tidings.announcements.internal;

import org.jspecify.annotations.NullMarked;
