package org.tidings.newsletter;

/** Tells the privacy policy's version in force, for the consent records. Implemented as a CDI bean by the web module. */
public interface CurrentPolicy {

    /** At most 60 characters; empty while none is published. */
    String version();
}
