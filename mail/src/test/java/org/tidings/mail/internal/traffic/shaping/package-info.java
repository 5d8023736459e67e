@org.jspecify.annotations.NullMarked
package org.tidings.mail.internal.traffic.shaping;
