package org.tidings.mail.internal;

/** Where the engine is in its life; its threads look here. */
final class Lifetime {

    private volatile boolean stopping;
    private volatile boolean recordingEnds;
    private volatile boolean killed;

    /** Claims nothing more and begins nothing more. */
    boolean stopping() {
        return stopping;
    }

    /** No outcome comes any more: what is there is written down, and that is all. */
    boolean recordingEnds() {
        return recordingEnds;
    }

    /** As after {@code kill -9}: nothing is written down any more. */
    boolean killed() {
        return killed;
    }

    void stop() {
        stopping = true;
    }

    void endRecording() {
        recordingEnds = true;
    }

    void kill() {
        killed = true;
        stopping = true;
        recordingEnds = true;
    }
}
