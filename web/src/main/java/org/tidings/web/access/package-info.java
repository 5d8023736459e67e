/** Who may do what: the decision that every resource method carries, the visitor, CSRF, response headers, cookies. */
@NullMarked
package org.tidings.web.access;

import org.jspecify.annotations.NullMarked;
