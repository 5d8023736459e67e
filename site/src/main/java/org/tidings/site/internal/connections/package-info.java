/** Connections to the one database, H2 or PostgreSQL, and the pool that keeps them. */
@NullMarked
package org.tidings.site.internal.connections;

import org.jspecify.annotations.NullMarked;
