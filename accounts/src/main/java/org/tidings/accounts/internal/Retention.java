package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.OffsetDateTime;
import org.tidings.site.Now;
import org.tidings.site.Transactional;

/**
 * Deletes what has served (SEC-68): registrations a day after their link died, links of mails a day after they expired, ended
 * sessions, browsers in which nobody signed in for a year, expired keys after 30 days, asked erasures 30 days after they ended, requests
 * that were never answered after a day, counters when their window is over.
 */
@ApplicationScoped
class Retention {

    @Inject
    @AccountsDb
    EntityManager em;

    @Inject
    PendingRegistrations pending;

    @Inject
    Now now;

    /** @return how many rows went */
    @Transactional
    int deleteWhatHasServed() {
        OffsetDateTime at = now.get();
        return pending.deleteExpired(at.minusDays(1))
                + delete("MailLink l where l.expiresAt < :before", at.minusDays(1))
                + delete("SetupLink l where l.expiresAt < :before", at.minusDays(1))
                + delete("LinkRequest r where r.requestedAt < :before", at.minusDays(1))
                + delete("AskedErasure e where e.endedAt < :before", at.minusDays(30))
                + delete("ApiToken t where t.expiresAt < :before", at.minusDays(30))
                + delete("Session s where s.startedAt < :before", at.minus(Session.MEMBER_LIFE))
                + delete("Session s where s.lastSeenAt < :before", at.minus(Session.MEMBER_IDLE))
                + delete("KnownBrowser b where b.lastSignInAt < :before", at.minus(KnownBrowsers.KNOWN))
                + em.createNativeQuery("delete from accounts.limit_count where until_at < ?1")
                        .setParameter(1, at.minusDays(1))
                        .executeUpdate();
    }

    private int delete(String what, OffsetDateTime before) {
        return em.createQuery("delete from " + what)
                .setParameter("before", before)
                .executeUpdate();
    }
}
