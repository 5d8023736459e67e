@NullMarked
package org.tidings.announcements.internal.words;

import org.jspecify.annotations.NullMarked;
