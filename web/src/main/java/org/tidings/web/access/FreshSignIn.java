package org.tidings.web.access;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Beside {@link Member} or {@link StaffRole}: the password was given within the last {@value #MINUTES} minutes (SEC-37); who
 * is signed in for longer gives it again and comes back.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface FreshSignIn {
    int MINUTES = 5;

    /** More where a form cannot wait while the password is given, and the page with that form has asked for it. */
    int minutes() default MINUTES;
}
