package org.tidings.accounts;

import org.tidings.mail.EmailAddress;

/** Mail that anybody can cause by typing an address into a form, limited by where it is asked from and whom it reaches (SEC-23). */
public interface FormMail {
    /** The network that somebody asks from, keyed: it can be counted, and not read by who sees it. 43 characters. */
    String networkOf(Client client);

    /**
     * Takes one of the 60 requests an hour that one network may make on forms of other modules, in a transaction of its own if
     * there is none. Ask before anything is looked up.
     *
     * @throws AskedTooOften when none is left
     */
    void admit(String network);

    /**
     * Takes one of the mails that forms of other modules may cause to one mailbox: three an hour and six a day, of which one
     * network has two and three. What stands behind a + in the address counts as the same mailbox. To be called for a mail that
     * leaves.
     *
     * @return false when none is left: send nothing, and let nobody notice
     */
    boolean mayReach(EmailAddress address, String network);

    /** How the requests of registration, reset and reactivation stand. */
    Requests requests();

    /**
     * @param waiting those that are not answered yet
     * @param held the site has sent as many mails within the hour as it may; what comes from browsers that are known goes out all the same
     */
    record Requests(long waiting, boolean held) {}
}
