/**
 * Signs mail by DKIM (RFC 6376, RFC 8301, RFC 8463): relaxed/relaxed over the final bytes, rules D01 to D09 of the mail
 * standards. Public for the sending engine only; no other module sees it.
 */
@NullMarked
package org.tidings.mail.internal.signing.dkim;

import org.jspecify.annotations.NullMarked;
