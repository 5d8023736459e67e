package org.tidings.mail;

/** In which colours a preview is shown. */
public enum Appearance {
    /** What the reader's own device is set to: so mails are sent. */
    AS_SET,
    LIGHT,
    DARK
}
