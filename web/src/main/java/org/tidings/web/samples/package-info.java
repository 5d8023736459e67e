/** Sample content of all areas, added and removed together. */
@NullMarked
package org.tidings.web.samples;

import org.jspecify.annotations.NullMarked;
