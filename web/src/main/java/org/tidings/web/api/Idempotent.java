package org.tidings.web.api;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A POST of the JSON API that happens once however often it is sent: it must carry an {@code Idempotency-Key} of 1 to 255
 * printable ASCII characters, chosen by the client for this one operation.
 *
 * <p>Sent again with the same token, key and content within 24 hours the first answer is given again, marked with {@code
 * Idempotent-Replayed: true}; with other content it is refused (422), and while the first is still under way too (409 {@code
 * in-progress}, with {@code Retry-After}). Key and answer are written in the transaction of the operation: whatever was refused,
 * failed or died changed nothing, and its key is free.
 */
@NameBinding
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Idempotent {}
