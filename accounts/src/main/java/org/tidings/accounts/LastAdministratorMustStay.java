package org.tidings.accounts;

/** The site would be left without an active administrator. */
public final class LastAdministratorMustStay extends RuntimeException {
    public LastAdministratorMustStay() {
        super("last administrator must stay");
    }
}
