package org.tidings.mail;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** The mails as sent while no mail server is configured; bounded to the newest. */
public interface LocalMailbox {

    /** False when a mail server is configured; then the rest is empty. */
    boolean inUse();

    /** Newest first. */
    List<Entry> newest(String search, int limit);

    Optional<StoredMail> find(long id);

    void clear();

    record Entry(long id, OffsetDateTime at, String from, String to, String subject) {}

    /** @param source the bytes as sent, CRLF line ends */
    record StoredMail(Entry entry, byte[] source, String headers, String html, String text) {}
}
