package org.tidings.newsletter.internal.importing;

import java.nio.file.Path;

/**
 * How much an import may be.
 *
 * @param folder for what is kept aside while it is read, closed to others
 */
public record ImportLimits(int mostRows, long mostOctets, Path folder) {}
