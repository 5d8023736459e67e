/**
 * Starts Tidings from its one file.
 *
 * <p>{@link org.tidings.launcher.Tidings} is what {@code java -jar tidings.jar} runs: it checks what can be checked, unpacks
 * Payara Micro and the WAR below the data folder, and starts {@link org.tidings.launcher.Server} in a second JVM with the
 * flags that a small, quick server needs. The first JVM stays as its guardian: signals reach the server through it, and
 * the server ends with it.
 */
@NullMarked
package org.tidings.launcher;

import org.jspecify.annotations.NullMarked;
