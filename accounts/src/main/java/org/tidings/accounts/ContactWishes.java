package org.tidings.accounts;

/**
 * How the person wants to be contacted by customer service (P4).
 *
 * @param phone as typed, empty unless {@code byPhone}; asked for only then
 */
public record ContactWishes(boolean byEmail, boolean byPhone, String phone) {}
