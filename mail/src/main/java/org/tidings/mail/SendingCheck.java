package org.tidings.mail;

import java.util.List;

/** Looks up what receivers look up about our domains, and says what to change. Takes seconds: it asks DNS. */
public interface SendingCheck {

    /**
     * What DNS says about a domain that mail is sent from.
     *
     * @param domain A-labels in lower case
     * @throws IllegalArgumentException if that is no domain
     */
    List<Finding> check(String domain);

    /** What was looked at. */
    enum Subject {
        SPF,
        DKIM,
        DMARC,
        MX
    }

    /** How it stands. */
    enum State {
        GOOD,
        /** Works, and could be better. */
        WARNING,
        /** Receivers will refuse mail or take it for spam. */
        BAD,
        /** DNS did not answer. */
        UNKNOWN
    }

    /** What to do; one text each in the pages' bundles. */
    enum Advice {
        NOTHING,
        ASK_AGAIN_LATER,
        SPF_ADD_RECORD,
        SPF_KEEP_ONE_RECORD,
        SPF_NEVER_ALLOW_EVERYBODY,
        SPF_END_WITH_ALL,
        SPF_TOO_MANY_LOOKUPS,
        DKIM_CREATE_KEY,
        DKIM_PUBLISH_RECORD,
        DKIM_REPLACE_RECORD,
        DKIM_RECORD_IS_REVOKED,
        DKIM_ADD_RSA_KEY,
        DMARC_ADD_RECORD,
        DMARC_KEEP_ONE_RECORD,
        DMARC_REPAIR_RECORD,
        DMARC_RAISE_POLICY,
        DMARC_ASK_FOR_REPORTS,
        MX_ADD_RECORD,
        MX_REFUSES_REPLIES
    }

    /**
     * One line of the page.
     *
     * @param name the DNS name that was asked
     * @param found the record as it stands, empty if there is none
     * @param wanted the record as it should be, empty if nothing is to be changed or it depends on the site
     */
    record Finding(Subject subject, State state, Advice advice, String name, String found, String wanted) {}
}
