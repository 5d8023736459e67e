/**
 * What keeps promotion out of what has to reach everybody: sentences are scored, links are read as mail programs would, signs are
 * looked for (docs/adr/023).
 *
 * <p><b>Comes in:</b> announcements and policy versions, with the hosts that may be linked to; word lists and samples from {@code
 * guard/} of the resources.
 *
 * <p><b>Goes out:</b> findings: where, which rule, which words, in which sentence.
 *
 * <p><b>Never:</b> decides: a finding is confirmed with a reason by a person, or has to go. Looks anything up outside.
 *
 * <p><b>Says when it fails:</b> nothing can fail but the samples that are read once, and then the program does not start.
 *
 * <p><b>Limits:</b> the last 500 passages are remembered.
 */
@NullMarked
package org.tidings.announcements.internal.guard;

import org.jspecify.annotations.NullMarked;
