/**
 * How Tidings comes up: the data source, the migrations of all modules, and what it answers until they have run.
 *
 * <p>Publishes {@link org.tidings.site.DatabaseReady} once the schema of every module is current.
 */
@NullMarked
package org.tidings.web.start;

import org.jspecify.annotations.NullMarked;
