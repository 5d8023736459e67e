/**
 * The real tidings.jar over HTTP, with a recording mail server and a clock that can be moved.
 *
 * <p>README-tests.md in this module says how to add a test.
 */
@NullMarked
package org.tidings.it;

import org.jspecify.annotations.NullMarked;
