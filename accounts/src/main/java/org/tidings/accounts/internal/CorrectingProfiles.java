package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Locale;
import org.tidings.accounts.AccountChanged;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.ContactWishes;
import org.tidings.accounts.Profiles;

/** The holder corrects what is stored about her. */
@ApplicationScoped
@Transactional
class CorrectingProfiles implements Profiles {

    @Inject
    People people;

    @Inject
    Now now;

    @Inject
    Event<AccountChanged> changed;

    @Override
    public void correct(AccountId id, String name, Locale language, ContactWishes wishes) {
        Account account = people.active(id);
        String formerName = account.name();
        Locale formerLanguage = account.language();
        account.correct(DisplayName.of(name), language, wishes);
        if (!account.name().equals(formerName) || !language.equals(formerLanguage)) {
            changed.fire(
                    new AccountChanged(id, account.address(), account.address(), account.name(), language, now.get()));
        }
    }
}
