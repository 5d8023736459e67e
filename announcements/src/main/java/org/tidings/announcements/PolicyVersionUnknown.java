package org.tidings.announcements;

/** There is no such policy version. */
public final class PolicyVersionUnknown extends RuntimeException {
    public PolicyVersionUnknown() {
        super("no such policy version");
    }
}
