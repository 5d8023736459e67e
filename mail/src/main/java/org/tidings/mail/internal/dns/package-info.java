/**
 * Questions to the domain name system, behind an interface so that tests answer them.
 *
 * <p><b>Comes in:</b> a name and a type of record.
 *
 * <p><b>Goes out:</b> texts, exchangers, addresses; or that there is none; or that nobody answered.
 *
 * <p><b>Never:</b> is asked by a thread that hands over mail; remembers anything.
 *
 * <p><b>Says when it fails:</b> no answer is an answer of its own: whoever asks decides what it means.
 *
 * <p><b>Limits:</b> some seconds a question.
 */
@NullMarked
package org.tidings.mail.internal.dns;

import org.jspecify.annotations.NullMarked;
