package org.tidings.web.access;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Beside {@link Public}: only from this machine, asked for by a loopback name; for everybody else the page is not there. And only for who
 * holds the {@link MailboxKey}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface LoopbackOnly {

    /** Also for who does not hold the key yet. */
    boolean withoutKey() default false;
}
