/**
 * Which mail goes next, over which line: account mail first, then announcements, then newsletters; within a lane mailings take
 * turns.
 *
 * <p><b>Comes in:</b> reserved work; what each line is told.
 *
 * <p><b>Goes out:</b> the next work for a line, or none now; work that has to wait for longer goes back with a time.
 *
 * <p><b>Never:</b> talks to a server or the database while a line waits; lets account mail wait for a limit.
 *
 * <p><b>Says when it fails:</b> a relay that does not answer is left alone for a while, its work goes over another; what is
 * wrong with it is in the state that staff see.
 *
 * <p><b>Limits:</b> 2,000 works wait for a moment; what waits for a minute goes back.
 */
@NullMarked
package org.tidings.mail.internal.traffic;

import org.jspecify.annotations.NullMarked;
