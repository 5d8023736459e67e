/**
 * Whether the database is the one that this machine last saw, or an older one that was put back (ADR 15).
 *
 * <p><b>Comes in:</b> a beat every two seconds; what staff say of a database that was put back.
 *
 * <p><b>Goes out:</b> a numbered sign of life in the database and then in the data folder; a new generation, in which
 * everything stands still until somebody has looked.
 *
 * <p><b>Never:</b> sends, or lets anything of before go on by itself.
 *
 * <p><b>Says when it fails:</b> a warning in the log and on staff's page; a folder whose line cannot be understood counts as an
 * older database.
 *
 * <p><b>Limits:</b> a few seconds of transactions may be missed after a crash of the machine.
 */
@NullMarked
package org.tidings.mail.internal.generations;

import org.jspecify.annotations.NullMarked;
