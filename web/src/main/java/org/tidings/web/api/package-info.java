/**
 * What all resources of the JSON API under {@code /api/v1} share.
 *
 * <ul>
 *   <li>{@link org.tidings.web.access.ApiScope} on a method asks for a bearer token with that scope.
 *   <li>{@link org.tidings.web.api.Idempotent} on every POST that sends or creates asks for an {@code Idempotency-Key}.
 *   <li>{@link org.tidings.web.api.Slice} is a list's answer, with a cursor for what follows.
 *   <li>Request bodies are records; {@link org.tidings.web.api.StrictJson} refuses what they do not name.
 * </ul>
 *
 * <p>Owns: schema {@code web}.
 */
@NullMarked
package org.tidings.web.api;

import org.jspecify.annotations.NullMarked;
