/** The machine that the module runs on: time, rest, locks, chance, ids, files; the tests have another one. */
@NullMarked
package org.tidings.mail.internal.machine;

import org.jspecify.annotations.NullMarked;
