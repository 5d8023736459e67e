/** How mail goes, for staff: lanes, refusals, bounces, complaints; sender domains and the keys that sign for them. */
@NullMarked
package org.tidings.web.mail;

import org.jspecify.annotations.NullMarked;
