package org.tidings.web.access;

/** A page for members was asked for by somebody who is not signed in. */
public final class NotSignedIn extends RuntimeException {
    private static final long serialVersionUID = 1;
}
