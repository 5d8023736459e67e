package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.ExportLimitReached;
import org.tidings.accounts.Exports;
import org.tidings.accounts.PersonalData;
import org.tidings.mail.EmailAddress;
import org.tidings.site.Now;
import org.tidings.site.Transactional;

/** Gathers what every module stores about a person. */
@ApplicationScoped
@Transactional
class ExportingData implements Exports {

    private static final int MOST = 4;
    private static final Duration DAY = Duration.ofDays(1);

    @Inject
    People people;

    @Inject
    ReadingRecords records;

    @Inject
    Limits limits;

    @Inject
    Now now;

    @Inject
    Instance<PersonalData> sections;

    @Override
    public Map<String, Object> forHolder(AccountId account) {
        Account holder = people.active(account);
        if (!limits.take("export " + account.value(), MOST, DAY)) {
            throw new ExportLimitReached();
        }
        return gather(account, holder.address());
    }

    @Override
    public Map<String, Object> onRequest(AccountId officer, AccountId account, String reason) {
        Account holder = people.existing(account);
        records.note(officer, account, "exported", Reasons.require(reason));
        return gather(account, holder.address());
    }

    private Map<String, Object> gather(AccountId account, EmailAddress address) {
        Map<String, Object> others = new TreeMap<>();
        sections.forEach(section -> others.put(section.section(), section.of(account, address)));
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("exportedAt", now.get().toString());
        Object own = others.remove(OwnPersonalData.SECTION);
        if (own != null) {
            all.put(OwnPersonalData.SECTION, own);
        }
        all.putAll(others);
        return all;
    }
}
