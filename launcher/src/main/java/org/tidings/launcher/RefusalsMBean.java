package org.tidings.launcher;

import java.util.Map;

/** What the application is told of {@link Refusals}. */
public interface RefusalsMBean {

    /** Where it is registered. */
    String NAME = "org.tidings:type=Refusals";

    /** By reason, since the start. */
    Map<String, Long> getCounts();
}
