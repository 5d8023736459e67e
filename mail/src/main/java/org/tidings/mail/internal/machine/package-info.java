/**
 * The machine that the module runs on: time that passed, rest, locks, chance, ids, files, threads that beat. One seam, so that
 * the simulator of the tests can be another machine.
 *
 * <p><b>Comes in:</b> a wish to wait, to draw a number, to append to a file.
 *
 * <p><b>Goes out:</b> the JVM's answer, or the simulator's.
 *
 * <p><b>Never:</b> knows anything of mail; says the time of day, which is {@link java.time.Clock}'s.
 *
 * <p><b>Says when it fails:</b> what the file system says ({@link java.io.IOException}); a beat that failed is logged once and
 * tried again.
 *
 * <p><b>Limits:</b> none of its own; a {@link org.tidings.mail.internal.machine.Buffer} holds as many as its owner says.
 */
@NullMarked
package org.tidings.mail.internal.machine;

import org.jspecify.annotations.NullMarked;
