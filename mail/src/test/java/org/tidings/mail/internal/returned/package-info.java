@NullMarked
package org.tidings.mail.internal.returned;

import org.jspecify.annotations.NullMarked;
