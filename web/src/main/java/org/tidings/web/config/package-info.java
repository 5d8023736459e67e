/** The configuration keys of all modules: what is set, what is in force, what is misspelt. */
@NullMarked
package org.tidings.web.config;

import org.jspecify.annotations.NullMarked;
