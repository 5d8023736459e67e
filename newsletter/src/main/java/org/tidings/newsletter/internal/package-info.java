/** How newsletters are kept: entities, SQL, Markdown, mails. */
@NullMarked
package org.tidings.newsletter.internal;

import org.jspecify.annotations.NullMarked;
