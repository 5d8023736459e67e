/** The one WAR: JAX-RS resources, pages, assets, security filters, configuration. May use: every other module. */
@NullMarked
package org.tidings.web;

import org.jspecify.annotations.NullMarked;
