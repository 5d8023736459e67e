package org.tidings.mail.internal.returned.webhooks;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.tidings.mail.internal.returned.reading.ReturnedMail;

/** A provider that posts what came back: one class each, which holds its key. For any number of threads. */
public interface Webhook {

    /** In its address, {@code /webhooks/name}; its reports are kept under it. */
    String name();

    /** Whether its key is configured. */
    boolean isOn();

    /**
     * Whether it is the provider who posts, and not an old post of its again.
     *
     * @param headers names in lower case
     */
    boolean isGenuine(Map<String, String> headers, byte[] body, Instant now);

    /** Whether a genuine body is no report, but asks for something that has been done now. */
    default boolean isDealtWith(byte[] body) {
        return false;
    }

    /** Whether there are more events in a genuine body than are read of one: it is to be refused whole. */
    default boolean hasTooManyEvents(byte[] body) {
        return false;
    }

    /** What tells a replay of a genuine body from another report. */
    default byte[] once(Map<String, String> headers, byte[] body) {
        return body;
    }

    /** What it reports, also of a body that was kept by an earlier release; never fails. */
    List<ReturnedMail> read(byte[] body);
}
