package org.tidings.mail;

/** Tells how sending goes. */
public interface Sending {
    SendingState state();
}
