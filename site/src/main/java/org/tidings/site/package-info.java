/**
 * The ground floor: what every module must know of the site it works for.
 *
 * <p>Purpose: one database, one way to change it ({@link org.tidings.site.Transactions}), one list of schemas and of
 * configuration keys, one way to end. It is not a place for what two modules happen to need: what is here is true of the site, whatever module
 * asks, and a rule lists its types.
 *
 * <p>Owns: schema {@code site} (rows of the proof that transactions hold). Publishes: {@link
 * org.tidings.site.DatabaseMigrated}, {@link org.tidings.site.DatabaseReady} and {@link org.tidings.site.SiteHasEnded}, which the web
 * module fires. May use: no other
 * module.
 */
@NullMarked
package org.tidings.site;

import org.jspecify.annotations.NullMarked;
