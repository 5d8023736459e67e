package org.tidings.announcements.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.PersonalData;
import org.tidings.accounts.Role;
import org.tidings.announcements.AnnouncementId;
import org.tidings.announcements.Deciders;
import org.tidings.announcements.internal.settings.AnnouncementsDb;
import org.tidings.mail.EmailAddress;
import org.tidings.site.Transactional;

/** Reads who had a hand in announcements; also for the copy of what is stored about them. */
@ApplicationScoped
@Transactional
class KeptDeciders implements Deciders, PersonalData {

    private final EntityManager em;

    @SuppressWarnings("NullAway") // for the proxy
    KeptDeciders() {
        em = null;
    }

    @Inject
    KeptDeciders(@AnnouncementsDb EntityManager em) {
        this.em = em;
    }

    @Override
    public Map<AccountId, Decider> of(AnnouncementId announcement) {
        return em.createQuery("select d from DeciderRow d where d.announcement = :announcement", DeciderRow.class)
                .setParameter("announcement", announcement.value())
                .getResultStream()
                .collect(Collectors.toMap(DeciderRow::account, DeciderRow::decider));
    }

    @Override
    public String section() {
        return "announcementsDecided";
    }

    @Override
    public Object of(AccountId account, EmailAddress address) {
        List<Object> all = new ArrayList<>();
        em.createQuery(
                        "select d from DeciderRow d where d.account = :account order by d.announcement",
                        DeciderRow.class)
                .setParameter("account", account.value())
                .getResultStream()
                .forEach(row -> {
                    Map<String, Object> one = new LinkedHashMap<>();
                    one.put("announcement", row.announcement().value().toString());
                    one.put("name", row.decider().name());
                    one.put(
                            "staffRoles",
                            row.decider().roles().stream().map(Role::name).toList());
                    all.add(one);
                });
        return all;
    }
}
