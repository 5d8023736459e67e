/** Links that stood in mails, and what mail programs make of them. */
@NullMarked
package org.tidings.web.links;

import org.jspecify.annotations.NullMarked;
