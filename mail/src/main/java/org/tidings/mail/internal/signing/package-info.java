/** In whose name mails leave: the keys of sender domains, and whether DNS knows of them. */
@NullMarked
package org.tidings.mail.internal.signing;

import org.jspecify.annotations.NullMarked;
