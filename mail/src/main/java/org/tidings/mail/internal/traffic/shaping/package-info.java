/**
 * How much may go now to whom: limits of receivers and how they adapt to what they reply (RCV-01 to RCV-03), relays with their health
 * and shares, the pace of a mailing. Decides in memory and never waits; what must outlive a restart and hold on other nodes is
 * in the database.
 *
 * <p><b>Comes in:</b> mails that want to go, replies that came.
 *
 * <p><b>Goes out:</b> yes, or from when on.
 *
 * <p><b>Never:</b> holds account mail up; counts mails in the database.
 *
 * <p><b>Says when it fails:</b> a receiver that puts off is spared and said so; DNS that is silent leaves a domain a receiver
 * of its own.
 *
 * <p><b>Limits:</b> 20,000 receivers, 20,000 domains in memory.
 */
@NullMarked
package org.tidings.mail.internal.traffic.shaping;

import org.jspecify.annotations.NullMarked;
