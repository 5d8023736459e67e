package org.tidings.announcements;

/** A made-up announcement, so that a newcomer sees the pages alive. Published on the site only; no mail is sent. */
public interface SampleAnnouncements {

    /** Adds it unless it is there. */
    void add();

    /** Removes every sample. */
    void remove();
}
