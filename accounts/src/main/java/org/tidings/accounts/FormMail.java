package org.tidings.accounts;

/** Mail that anybody can cause by typing an address into a form of another module, limited by where it is asked from (S23). */
public interface FormMail {

    /** The network that somebody asks from, keyed: it can be counted, and not read by who sees it. 43 characters. */
    String networkOf(Client client);

    /**
     * Takes one of the 60 mails an hour that one network may cause so, in a transaction of its own if there is none.
     *
     * @return false when none is left: send nothing, and let nobody notice
     */
    boolean allows(String network);
}
