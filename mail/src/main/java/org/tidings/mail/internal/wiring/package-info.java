/**
 * Puts the module together in the container, begins when the schemas are there, and ends in order.
 *
 * <p><b>Comes in:</b> the container's data source, threads, clock, and the modules that answer for people.
 *
 * <p><b>Goes out:</b> the API's interfaces as beans; a running engine.
 *
 * <p><b>Never:</b> decides anything about a mail.
 *
 * <p><b>Says when it fails:</b> the site does not start, with the key or the reason.
 *
 * <p><b>Limits:</b> thirty seconds to end.
 */
@NullMarked
package org.tidings.mail.internal.wiring;

import org.jspecify.annotations.NullMarked;
