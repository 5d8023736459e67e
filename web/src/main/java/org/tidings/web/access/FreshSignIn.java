package org.tidings.web.access;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Beside {@link Member} or {@link StaffRole}: the password was given within the last {@value #MINUTES} minutes (S37); who
 * is signed in for longer gives it again and comes back.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface FreshSignIn {
    int MINUTES = 5;
}
