package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import org.tidings.accounts.AccountChanged;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.ContactWishes;
import org.tidings.accounts.Profiles;
import org.tidings.site.Now;
import org.tidings.site.Transactional;

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
    public void correct(AccountId id, String name, Locale language, ContactWishes wishes, Optional<ZoneId> zone) {
        Account account = people.active(id);
        OffsetDateTime at = now.get();
        AccountChanged before = asItIs(account, at);
        account.correct(DisplayName.of(name), language, wishes, zone);
        AccountChanged after = asItIs(account, at);
        if (!after.equals(before)) {
            changed.fire(after);
        }
    }

    private static AccountChanged asItIs(Account account, OffsetDateTime at) {
        return new AccountChanged(
                account.id(),
                account.address(),
                account.address(),
                account.name(),
                account.language(),
                account.zone(),
                at);
    }
}
