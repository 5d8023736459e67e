/** What comes back: providers' webhooks, and the pages about returned mail and suppressed addresses. */
@NullMarked
package org.tidings.web.returned;

import org.jspecify.annotations.NullMarked;
