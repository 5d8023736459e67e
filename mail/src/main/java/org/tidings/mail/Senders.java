package org.tidings.mail;

/** The addresses that the site's mail comes from, for who waits for one and looks for it. */
public interface Senders {

    /** Without a name, as configured: {@code account@example.com}. */
    String of(MessageClass messageClass);
}
