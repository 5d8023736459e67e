package org.tidings.mail.internal;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Where the engine is in its life; its threads look here. */
final class Lifetime {

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch recorded = new CountDownLatch(1);
    private volatile boolean stopping;
    private volatile long stoppingSince;

    /** Claims nothing more and begins nothing more. */
    boolean stopping() {
        return stopping;
    }

    /** Whether the end was asked for so long ago. */
    boolean stoppingFor(long millis) {
        return stopping && System.nanoTime() - stoppingSince >= millis * 1_000_000L;
    }

    /** Waits for {@link #stopping}. @return false when it did not come so soon */
    boolean stopsWithin(long millis) throws InterruptedException {
        return stopped.await(millis, TimeUnit.MILLISECONDS);
    }

    /** No outcome comes any more: what is there is written down, and that is all. */
    boolean recordingEnds() {
        return recorded.getCount() == 0;
    }

    /** Waits for {@link #recordingEnds}. @return false when it did not come so soon */
    boolean recordingEndsWithin(long millis) throws InterruptedException {
        return recorded.await(millis, TimeUnit.MILLISECONDS);
    }

    void stop() {
        stoppingSince = System.nanoTime();
        stopping = true;
        stopped.countDown();
    }

    void endRecording() {
        recorded.countDown();
    }
}
