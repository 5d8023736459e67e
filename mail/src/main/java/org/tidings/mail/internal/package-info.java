/**
 * Internals of the mail module, a room a stage. {@code mail/README.md} has the picture; each room's own page says what comes in, what goes
 * out, what it never does, what it says when it fails, and its limits. A room uses only those before it in this order, which a rule holds
 * ({@code ArchitectureTest}): machine, tables, secrets, settings, dns, replies, generations, standing, signing.dkim, signing, layout,
 * composing, outcomes, smtp, traffic.shaping, traffic, ledger, sending, returned.reading, returned.webhooks, returned, wiring.
 */
@NullMarked
package org.tidings.mail.internal;

import org.jspecify.annotations.NullMarked;
