/** Internals of the ground floor. */
@NullMarked
package org.tidings.site.internal;

import org.jspecify.annotations.NullMarked;
