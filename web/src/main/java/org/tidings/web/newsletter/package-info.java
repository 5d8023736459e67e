/** Newsletters on the web: reading, subscribing and leaving, and the pages on which staff write, send and import. */
@NullMarked
package org.tidings.web.newsletter;

import org.jspecify.annotations.NullMarked;
