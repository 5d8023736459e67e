/** Pages and API of people: registration, sign-in, a member's own pages, staff and their view of accounts. */
@NullMarked
package org.tidings.web.accounts;

import org.jspecify.annotations.NullMarked;
