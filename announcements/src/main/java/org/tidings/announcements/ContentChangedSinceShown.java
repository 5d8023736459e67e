package org.tidings.announcements;

/** What was approved or is to be sent is not what was shown. */
public final class ContentChangedSinceShown extends RuntimeException {
    public ContentChangedSinceShown() {
        super("the content is not what was shown");
    }
}
