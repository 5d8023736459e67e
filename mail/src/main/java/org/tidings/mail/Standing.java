package org.tidings.mail;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/**
 * Tells the present state of single persons. Implemented as a CDI bean by the module that owns them; asked in the
 * transaction that claims a letter for sending.
 */
public interface Standing {

    /** The kind of person, for example {@code account}; a letter names it. */
    String realm();

    /** The state of each; a missing key means {@link PersonState#ERASED}. */
    Map<UUID, PersonState> statesOf(Collection<UUID> persons);
}
