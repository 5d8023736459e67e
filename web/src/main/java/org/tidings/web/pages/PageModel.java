package org.tidings.web.pages;

import java.util.Map;

/**
 * What a template shows: a record that names the template with {@link ShownBy} and is its one parameter, {@code it}, besides {@code page}.
 * What is missing or has the wrong type does not compile, here or in the template; a test holds record and template together.
 */
public interface PageModel {

    /** What was typed; a page that has no form has an empty one. */
    default Form form() {
        return Form.empty();
    }

    /** Of the record's annotation. */
    default String template() {
        ShownBy shownBy = getClass().getAnnotation(ShownBy.class);
        if (shownBy == null) {
            throw new IllegalStateException(
                    "not said by which template it is shown: " + getClass().getName());
        }
        return shownBy.value();
    }

    /** As the engine takes them. */
    default Map<String, Object> parameters() {
        return Map.of("it", this, "form", form());
    }
}
