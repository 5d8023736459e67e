/** How the server is doing, for machines: {@code /health/live}, {@code /health/ready}, {@code /metrics}. */
@NullMarked
package org.tidings.web.health;

import org.jspecify.annotations.NullMarked;
