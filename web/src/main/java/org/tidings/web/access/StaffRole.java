package org.tidings.web.access;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.tidings.accounts.Role;

/** Decision of a resource method: whoever is signed in and holds one of these roles may. Roles are read at every request. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface StaffRole {
    /** Any one of them is enough; none includes another. */
    Role[] value();
}
