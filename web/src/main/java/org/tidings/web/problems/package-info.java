/** What went wrong, told to programs as RFC 9457 problems and to people as a page, never with a value or a cause. */
@NullMarked
package org.tidings.web.problems;

import org.jspecify.annotations.NullMarked;
