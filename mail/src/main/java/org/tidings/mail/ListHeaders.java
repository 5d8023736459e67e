package org.tidings.mail;

import java.util.Optional;

/**
 * The headers of a newsletter (NWS-01 to NWS-08). The unsubscribe link is the slot {@code unsubscribeUrl} of each recipient, and
 * {@code unsubscribeMailto} where a mailbox for it is configured.
 *
 * @param name display name of the list
 * @param listId {@code news.acme.example.com}, at most 255 octets, stable (RFC 2919)
 */
public record ListHeaders(String name, String listId, String helpUrl, Optional<String> archiveUrl) {}
