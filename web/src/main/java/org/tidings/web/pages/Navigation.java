package org.tidings.web.pages;

import java.util.List;
import java.util.Set;
import org.tidings.accounts.Role;

/** Implemented as a CDI bean by every area that has entries in a menu. */
public interface Navigation {

    enum Menu {
        STAFF,
        MEMBER,
        /** At the foot of every page. */
        FOOT
    }

    /**
     * An entry.
     *
     * @param path of its page; the entry is marked as current on everything below it
     * @param textKey its words
     * @param roles who sees it, any one of them; empty for everybody whom the menu is for
     */
    record Entry(Menu menu, int order, String path, String textKey, Set<Role> roles) {}

    List<Entry> entries();
}
