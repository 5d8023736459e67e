/**
 * What the operator has chosen for announcements, and what a typed reason must be.
 *
 * <p><b>Comes in:</b> keys of the configuration, read where the module is wired.
 *
 * <p><b>Goes out:</b> one record; the qualifier of the unit's entity manager.
 *
 * <p><b>Never:</b> reads a key by itself.
 *
 * <p><b>Says when it fails:</b> a wrong value is named when the application starts.
 *
 * <p><b>Limits:</b> a reason has 10 to 1,000 characters.
 */
@NullMarked
package org.tidings.announcements.internal.settings;

import org.jspecify.annotations.NullMarked;
