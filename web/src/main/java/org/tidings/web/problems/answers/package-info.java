/** How a problem is answered: whatever was thrown becomes one, and is told to a program or to a person. */
@NullMarked
package org.tidings.web.problems.answers;

import org.jspecify.annotations.NullMarked;
