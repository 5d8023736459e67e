package org.tidings.web.access;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Beside {@link Public}: a POST that other programs send without cookie or token, as RFC 8058 section 3.2 asks. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OpenToOtherSites {
    /** Why a forged request does no harm. */
    String because();
}
