/** The site's secret, and the keyed hashes that only who has it can make. */
@NullMarked
package org.tidings.mail.internal.secrets;

import org.jspecify.annotations.NullMarked;
