/** What is known about readers, in the database: attributes, tags, segments. Callers hold the transaction; needs nothing of the rooms above. */
@NullMarked
package org.tidings.newsletter.internal.knowing;

import org.jspecify.annotations.NullMarked;
