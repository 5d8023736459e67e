package org.tidings.web.pages;

import java.util.List;
import org.tidings.web.access.Visitor;

/** Implemented as a CDI bean by every area that has something to show on a page that is not its own. */
public interface Fragments {

    enum Place {
        /** The public home page; width of a page. */
        HOME,
        /** The first page of staff; cards. */
        STAFF_HOME,
        /** The first page of a member; cards. */
        MEMBER_HOME
    }

    List<Fragment> at(Place place, Visitor visitor);
}
