/** The WAR in a plain Payara Micro, deployed by Arquillian: what must hold without our launcher. */
@NullMarked
package org.tidings.web.container;

import org.jspecify.annotations.NullMarked;
