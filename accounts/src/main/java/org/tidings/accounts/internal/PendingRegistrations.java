package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.BiPredicate;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.Outbox;

/** All registrations and invitations that wait. Their mails go with them: nothing else would name the person any more. */
@ApplicationScoped
class PendingRegistrations {

    private static final int BATCH = 1_000;

    @Inject
    @AccountsDb
    EntityManager em;

    @Inject
    Outbox outbox;

    /** All of the address, after one of them opened its account (SEC-08), or when the address is erased. */
    void delete(EmailAddress address) {
        delete(em.createQuery("select r.id from Registration r where r.canonical = :canonical", UUID.class)
                .setParameter("canonical", address.canonical())
                .getResultList());
    }

    /** @return how many went, at most a thousand */
    int deleteExpired(OffsetDateTime before) {
        return delete(em.createQuery(
                        "select r.id from Registration r where r.expiresAt < :before order by r.expiresAt", UUID.class)
                .setParameter("before", before)
                .setMaxResults(BATCH)
                .getResultList());
    }

    /** Those that a restored backup brought back, and what was asked for and not answered yet. */
    void deleteErased(BiPredicate<EmailAddress, OffsetDateTime> erased) {
        delete(em.createQuery("select r.id, r.address, r.canonical, r.requestedAt from Registration r", Object[].class)
                .getResultStream()
                .filter(r -> erased.test(new EmailAddress((String) r[1], (String) r[2]), (OffsetDateTime) r[3]))
                .map(r -> (UUID) r[0])
                .toList());
        em.createQuery("select r from LinkRequest r", LinkRequest.class)
                .getResultStream()
                .filter(request -> erased.test(request.address(), request.requestedAt()))
                .forEach(em::remove);
    }

    int delete(List<UUID> registrations) {
        for (UUID registration : registrations) {
            outbox.forget(RegistrationStanding.REALM, registration);
            em.createQuery("delete from Registration r where r.id = :id")
                    .setParameter("id", registration)
                    .executeUpdate();
        }
        return registrations.size();
    }
}
