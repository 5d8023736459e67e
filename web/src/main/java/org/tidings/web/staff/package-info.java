/** The frame of the staff pages and their first page. */
@NullMarked
package org.tidings.web.staff;

import org.jspecify.annotations.NullMarked;
