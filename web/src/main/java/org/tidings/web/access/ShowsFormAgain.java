package org.tidings.web.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Beside {@link Public}: while the query has this parameter, all that a POST does is to show what was sent, to be sent again from there
 * with a token. So it needs none: the browser that had one was signed out in another tab. It comes from this origin all the same.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface ShowsFormAgain {
    /** Name of the parameter in the query. */
    String value();
}
