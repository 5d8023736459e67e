package org.tidings.announcements;

import java.util.Map;
import java.util.Set;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.Role;

/**
 * Who had a hand in an announcement, as they were called then. A professional deed keeps its name, also after that person's account is
 * erased: it has to be shown later who wrote, approved and published what everybody got.
 */
public interface Deciders {

    /** @param name may be empty: some give none */
    record Decider(String name, Set<Role> roles) {}

    /** By account; nobody for announcements of before this was kept. */
    Map<AccountId, Decider> of(AnnouncementId announcement);
}
