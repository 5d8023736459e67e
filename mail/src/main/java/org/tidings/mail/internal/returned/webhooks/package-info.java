/** What providers post: whether it is theirs, and what it says. */
@NullMarked
package org.tidings.mail.internal.returned.webhooks;

import org.jspecify.annotations.NullMarked;
