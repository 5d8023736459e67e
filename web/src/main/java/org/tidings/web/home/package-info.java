/** The home page, the styleguide, the choice of language. */
@NullMarked
package org.tidings.web.home;

import org.jspecify.annotations.NullMarked;
