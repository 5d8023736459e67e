/**
 * The ground floor: what every module must know of the site it works for.
 *
 * <p>Purpose: one database, one way to change it ({@link org.tidings.site.Transactions}) and to speak to it ({@link
 * org.tidings.site.Sql}), one list of schemas and of configuration keys, one {@link org.tidings.site.Site} with its name and address, one
 * clock, one sort of ids and of secrets, one way to end. It is not a place for what two modules happen to need: what is here is true of the
 * site, whatever module asks, and a rule lists its types.
 *
 * <p>Owns: schema {@code site} (rows of the proof that transactions hold).
 *
 * <p>Publishes: nothing itself. {@code org.tidings.site.DatabaseMigrated}, {@code org.tidings.site.DatabaseReady} and {@code
 * org.tidings.site.SiteHasEnded} are declared here, so that every module can hear them, and published by {@code web}.
 *
 * <p>Hears: {@link org.tidings.site.SiteHasEnded}, to close the pool of connections last.
 *
 * <p>May use: no other module.
 */
@NullMarked
package org.tidings.site;

import org.jspecify.annotations.NullMarked;
