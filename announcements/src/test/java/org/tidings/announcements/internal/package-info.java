@NullMarked
package org.tidings.announcements.internal;

import org.jspecify.annotations.NullMarked;
