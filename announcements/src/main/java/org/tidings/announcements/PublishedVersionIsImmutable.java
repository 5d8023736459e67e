package org.tidings.announcements;

/** A published policy version stays as it is; write a new one. */
public final class PublishedVersionIsImmutable extends RuntimeException {
    public PublishedVersionIsImmutable() {
        super("published policy versions are immutable");
    }
}
