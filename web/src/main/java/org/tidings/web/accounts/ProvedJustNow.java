package org.tidings.web.accounts;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import org.tidings.accounts.HashingBusy;
import org.tidings.accounts.Sessions;
import org.tidings.accounts.SignIn;
import org.tidings.accounts.SignIn.SignedIn;
import org.tidings.accounts.SignInRefused;
import org.tidings.accounts.TooManyTries;
import org.tidings.mail.EmailAddress;
import org.tidings.web.access.Caller;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.Pages;

/**
 * Who proved mailbox and password a moment ago is not asked for them again (MBR-05): she is signed in the way everybody is, so that whatever
 * {@link SignIn} asks for besides is asked of her too. Where that does not work now, the sign-in page has her address.
 *
 * <p>Not after a reset: a mailbox alone signs nobody in (SEC-24).
 */
@RequestScoped
class ProvedJustNow {

    @Inject
    Pages pages;

    @Inject
    SignIn signIn;

    @Inject
    Sessions sessions;

    @Inject
    Visitor visitor;

    @Inject
    Caller caller;

    /**
     * @param done what the next page says
     * @param signInFirst what it says where she has to sign in
     */
    Response goOn(EmailAddress address, String password, String done, String signInFirst) {
        try {
            SignedIn in = signIn.signIn(address, password, caller.client());
            visitor.session().ifPresent(before -> sessions.revoke(before.account(), before.id()));
            return pages.signedIn(in.token())
                    .knownBy(in.known())
                    .done(in.session().roles().isEmpty() ? "/me" : "/staff", done);
        } catch (SignInRefused | TooManyTries | HashingBusy notNow) {
            return pages.fillingIn(address.original()).done("/sign-in", signInFirst);
        }
    }
}
