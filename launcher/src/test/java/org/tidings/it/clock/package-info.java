/** The one thing that is added to the application under test: its clock. */
@NullMarked
package org.tidings.it.clock;

import org.jspecify.annotations.NullMarked;
