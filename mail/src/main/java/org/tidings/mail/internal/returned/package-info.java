/**
 * What comes back: reads delivery reports (RFC 3464), complaints (RFC 5965), automatic replies and bounces in plain text, and
 * the replies of live servers, and says what each means for the address (rules B01 to B08 and S05 of the mail standards).
 * Everything read here was written by strangers: time and memory are bounded by the input's size.
 */
@NullMarked
package org.tidings.mail.internal.returned;

import org.jspecify.annotations.NullMarked;
