/**
 * Lists that come from elsewhere: unpacked, read, understood, and entered. From a file to rows: {@link
 * org.tidings.newsletter.internal.importing.Unpacking}, {@link org.tidings.newsletter.internal.importing.ImportColumns}, {@link
 * org.tidings.newsletter.internal.importing.RowReader}; from rows into the newsletter: {@link
 * org.tidings.newsletter.internal.importing.ImportBook}. What is believed and why is in ADR 22, the steps in ADR 41.
 */
@NullMarked
package org.tidings.newsletter.internal.importing;

import org.jspecify.annotations.NullMarked;
