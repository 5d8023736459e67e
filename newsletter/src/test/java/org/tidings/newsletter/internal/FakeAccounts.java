package org.tidings.newsletter.internal;

import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AccountState;
import org.tidings.accounts.AccountView;
import org.tidings.accounts.Accounts;
import org.tidings.accounts.ContactWishes;
import org.tidings.mail.EmailAddress;

/** Accounts in memory. */
final class FakeAccounts implements Accounts {

    private static final OffsetDateTime LONG_AGO = OffsetDateTime.parse("2020-01-01T00:00:00Z");

    private final Map<AccountId, AccountView> accounts = new LinkedHashMap<>();

    AccountId open(String address, String name) {
        AccountId id = new AccountId(SubscriptionBook.newId());
        put(id, AccountState.ACTIVE, address, name);
        return id;
    }

    void put(AccountId id, AccountState state, String address, String name) {
        accounts.put(
                id,
                new AccountView(
                        id,
                        state,
                        EmailAddress.parse(address),
                        name,
                        Locale.ENGLISH,
                        new ContactWishes(false, false, ""),
                        Optional.empty(),
                        Set.of(),
                        LONG_AGO,
                        Optional.empty(),
                        Optional.empty()));
    }

    void remove(AccountId id) {
        accounts.remove(id);
    }

    @Override
    public Optional<AccountView> find(AccountId account) {
        return Optional.ofNullable(accounts.get(account));
    }

    @Override
    public Optional<AccountView> findByAddress(EmailAddress address) {
        return accounts.values().stream()
                .filter(a -> a.address().canonical().equals(address.canonical()))
                .findFirst();
    }

    @Override
    public long countActive() {
        return accounts.size();
    }
}
