package org.tidings.mail;

/** Whether the site's mail servers can carry an address, whoever has it: for forms that have a mail sent. */
public interface Reachability {

    /**
     * False once it is known that a mail to the address may not leave the site: there is a letter before the {@code @} that is not ASCII, and
     * one of the servers that account mail goes to, a reserve excepted, offers no SMTPUTF8 (RFC 6531); any of them may take it. What a
     * server offers it says when it is connected to; until then it is believed to.
     */
    boolean reaches(EmailAddress address);
}
