package org.tidings.mail;

/** Whether the site's mail servers can carry an address, whoever has it: for forms that have a mail sent. */
public interface Reachability {

    /**
     * False once it is known that no mail to the address would leave the site: there is a letter before the {@code @} that is not ASCII, and
     * none of the servers that account mail goes to offers SMTPUTF8 (RFC 6531). What a server offers it says when it is connected to;
     * until then it is believed to.
     */
    boolean reaches(EmailAddress address);
}
