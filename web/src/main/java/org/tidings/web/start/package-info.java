/**
 * How Tidings comes up and ends: the migrations of all modules, what it answers until they have run, and the order of the end.
 *
 * <p>Publishes {@link org.tidings.site.DatabaseMigrated} once the schema of every module is current, {@link
 * org.tidings.site.DatabaseReady} after everybody who heard that has done his part, and {@link org.tidings.site.SiteHasEnded}
 * when no request is left.
 */
@NullMarked
package org.tidings.web.start;

import org.jspecify.annotations.NullMarked;
