@NullMarked
package org.tidings.announcements.internal.guard;

import org.jspecify.annotations.NullMarked;
