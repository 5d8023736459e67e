@NullMarked
package org.tidings.mail.internal.signing.dkim;

import org.jspecify.annotations.NullMarked;
