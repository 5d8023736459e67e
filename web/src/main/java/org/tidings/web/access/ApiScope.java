package org.tidings.web.access;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.tidings.accounts.ApiTokens;

/**
 * Decision of a resource method of the JSON API: whoever sends a bearer token with this scope may. Cookies mean nothing
 * there, so CSRF checks do not apply.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface ApiScope {
    ApiTokens.Scope value();
}
