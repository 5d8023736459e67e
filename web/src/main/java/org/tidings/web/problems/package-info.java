/** What can go wrong, never with a value or a cause; {@code answers} tells it to programs as RFC 9457 problems and to people as a page. */
@NullMarked
package org.tidings.web.problems;

import org.jspecify.annotations.NullMarked;
