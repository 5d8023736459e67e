package org.tidings.web.pages;

import java.util.List;
import org.tidings.web.access.Visitor;

/** Implemented as a CDI bean by the area that has something to say on every page. Asked at every page: answer fast. */
public interface Banners {
    List<Banner> now(Visitor visitor);
}
