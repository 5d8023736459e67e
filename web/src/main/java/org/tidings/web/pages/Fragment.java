package org.tidings.web.pages;

import java.util.Map;

/**
 * A part that an area puts into a page of another: a template and its parameters, {@code page} excepted.
 *
 * @param order places lower before higher
 */
public record Fragment(int order, String template, Map<String, Object> parameters) {

    public Fragment(int order, PageModel shown) {
        this(order, shown.template(), shown.parameters());
    }
}
