/**
 * The one WAR: JAX-RS resources, pages, assets, security filters, configuration.
 *
 * <p>Owns: schema {@code web} (answers kept for idempotency keys, among others).
 *
 * <p>Publishes, as the site comes up and ends: {@link org.tidings.site.DatabaseMigrated}, {@link org.tidings.site.DatabaseReady},
 * {@link org.tidings.site.SiteHasEnded}.
 *
 * <p>Hears: {@link org.tidings.site.DatabaseReady}.
 *
 * <p>May use: {@code site}, {@code mail}, {@code accounts}, {@code newsletter}, {@code announcements}.
 */
@NullMarked
package org.tidings.web;

import org.jspecify.annotations.NullMarked;
