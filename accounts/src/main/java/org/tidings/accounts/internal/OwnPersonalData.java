package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AccountRecords;
import org.tidings.accounts.AccountView;
import org.tidings.accounts.AddressChanges;
import org.tidings.accounts.AllAccounts;
import org.tidings.accounts.ApiTokens;
import org.tidings.accounts.ErasureRequests;
import org.tidings.accounts.PersonalData;
import org.tidings.accounts.Sessions;
import org.tidings.mail.Delivery;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.MailingId;
import org.tidings.mail.Mailings;
import org.tidings.mail.Outbox;
import org.tidings.mail.TimeZones;

/** What this module stores about a person; no password hash, no token. */
@ApplicationScoped
class OwnPersonalData implements PersonalData {

    static final String SECTION = "account";
    private static final int MAILS_AT_MOST = 1_000;

    @Inject
    People people;

    @Inject
    Sessions sessions;

    @Inject
    ApiTokens tokens;

    @Inject
    AccountRecords records;

    @Inject
    ErasureRequests erasures;

    @Inject
    AddressChanges addresses;

    @Inject
    Outbox outbox;

    @Inject
    Mailings mailings;

    @Override
    public String section() {
        return SECTION;
    }

    @Override
    public Object of(AccountId id, EmailAddress address) {
        AccountView account = people.view(people.existing(id));
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("id", id.value().toString());
        data.put("state", account.state().name());
        data.put("address", account.address().original());
        data.put("name", account.name());
        data.put("language", account.language().toLanguageTag());
        data.put("timeZone", TimeZones.nameOf(account.zone()));
        data.put("contactByEmail", account.contactWishes().byEmail());
        data.put("contactByPhone", account.contactWishes().byPhone());
        data.put("phone", account.contactWishes().phone());
        data.put("openedAt", account.openedAt().toString());
        account.deactivatedAt().ifPresent(at -> data.put("deactivatedAt", at.toString()));
        account.erasedOn().ifPresent(at -> data.put("erasedOn", at.toString()));
        data.put("staffRoles", account.roles().stream().sorted().map(Enum::name).toList());
        erasures.newestOf(id).ifPresent(asked -> data.put("erasureAskedFor", askedFor(asked)));
        data.put("addressesWaiting", waitingOf(id));
        data.put("sessions", sessionsOf(id));
        data.put("knownBrowsers", knownBrowsersOf(id));
        data.put("apiTokens", tokensOf(id));
        data.put("readByStaff", readingsOf(id));
        data.put("mails", mailsTo(id));
        data.put("announcements", announcementsTo(id));
        return data;
    }

    private static Map<String, Object> askedFor(ErasureRequests.ErasureRequest asked) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("askedAt", asked.askedAt().toString());
        one.put("takesEffectAt", asked.takesEffectAt().toString());
        one.put("state", asked.state().name());
        one.put("reason", asked.reason());
        return one;
    }

    /** The texts are not kept: links in them were secrets. */
    private List<Object> mailsTo(AccountId id) {
        List<Object> all = new ArrayList<>();
        outbox.lettersTo(AllAccounts.REALM, id.value(), MAILS_AT_MOST).forEach(letter -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("what", letter.purpose());
            one.put("state", letter.state().name());
            one.put("at", letter.at().toString());
            all.add(one);
        });
        return all;
    }

    private List<Object> announcementsTo(AccountId id) {
        List<Delivery> deliveries = mailings.deliveriesTo(List.of(id.value()), MAILS_AT_MOST);
        Map<MailingId, String> titles =
                mailings.titles(deliveries.stream().map(Delivery::mailing).toList());
        List<Object> all = new ArrayList<>();
        deliveries.forEach(delivery -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("what", titles.getOrDefault(delivery.mailing(), ""));
            one.put("state", delivery.state().name());
            one.put("at", delivery.at().toString());
            all.add(one);
        });
        return all;
    }

    private List<Object> knownBrowsersOf(AccountId id) {
        List<Object> all = new ArrayList<>();
        sessions.known(id).forEach(browser -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("client", browser.client());
            one.put("since", browser.since().toString());
            one.put("lastSignInAt", browser.lastSignInAt().toString());
            all.add(one);
        });
        return all;
    }

    private List<Object> waitingOf(AccountId id) {
        List<Object> all = new ArrayList<>();
        addresses.waiting(id).forEach(waiting -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("address", waiting.address().original());
            one.put("expiresAt", waiting.until().toString());
            all.add(one);
        });
        return all;
    }

    private List<Object> sessionsOf(AccountId id) {
        List<Object> all = new ArrayList<>();
        sessions.of(id).forEach(session -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("client", session.client());
            one.put("startedAt", session.startedAt().toString());
            one.put("lastSeenAt", session.lastSeenAt().toString());
            all.add(one);
        });
        return all;
    }

    private List<Object> tokensOf(AccountId id) {
        List<Object> all = new ArrayList<>();
        tokens.of(id).forEach(token -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("label", token.label());
            one.put("createdAt", token.createdAt().toString());
            one.put("expiresAt", token.expiresAt().toString());
            token.lastUsedAt().ifPresent(at -> one.put("lastUsedAt", at.toString()));
            one.put("scopes", token.scopes().stream().sorted().map(Enum::name).toList());
            all.add(one);
        });
        return all;
    }

    private List<Object> readingsOf(AccountId id) {
        List<Object> all = new ArrayList<>();
        records.readingsOf(id).forEach(reading -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("at", reading.at().toString());
            one.put("what", reading.what());
            one.put("reason", reading.reason());
            all.add(one);
        });
        return all;
    }
}
