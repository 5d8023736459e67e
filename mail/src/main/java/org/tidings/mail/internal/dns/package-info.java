/** Questions to the domain name system, behind an interface so that tests answer them. */
@NullMarked
package org.tidings.mail.internal.dns;

import org.jspecify.annotations.NullMarked;
