/** Which mail goes next, over which server. */
@NullMarked
package org.tidings.mail.internal.traffic;

import org.jspecify.annotations.NullMarked;
