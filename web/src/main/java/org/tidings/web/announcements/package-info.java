/** Pages, feeds and API of announcements and policies. */
@NullMarked
package org.tidings.web.announcements;

import org.jspecify.annotations.NullMarked;
