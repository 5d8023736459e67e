/** Reads what came back: reports, complaints, automatic replies, notices of providers. */
@NullMarked
package org.tidings.mail.internal.returned.reading;

import org.jspecify.annotations.NullMarked;
