/**
 * Which mail may go now and over which server: limits of receivers and how they adapt to replies, servers with their health and
 * shares. Decides in memory and never waits; what must outlive a restart and hold on other nodes is in the database.
 */
@NullMarked
package org.tidings.mail.internal.traffic.shaping;

import org.jspecify.annotations.NullMarked;
