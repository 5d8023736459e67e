package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AuditAction;
import org.tidings.accounts.AuditLog;
import org.tidings.site.Ids;
import org.tidings.site.Now;
import org.tidings.site.Transactional;

/** Appends to the audit log and reads it. */
@ApplicationScoped
@Transactional
class KeepingAudit implements AuditLog {

    private static final int MOST = 1_000;

    @Inject
    @AccountsDb
    EntityManager em;

    @Inject
    Now now;

    @Override
    public void record(AccountId actor, AuditAction action, String objectType, UUID object, String detail) {
        em.persist(new AuditRecord(Ids.next(), now.get(), actor.value(), action.code(), objectType, object, detail));
    }

    @Override
    public List<AuditEntry> newest(Optional<String> objectType, Optional<UUID> object, int limit) {
        String where = (objectType.isPresent() ? " and e.objectType = :type" : "")
                + (object.isPresent() ? " and e.object = :object" : "");
        TypedQuery<AuditRecord> query = em.createQuery(
                "select e from AuditRecord e where 1 = 1" + where + " order by e.at desc, e.id desc",
                AuditRecord.class);
        objectType.ifPresent(type -> query.setParameter("type", type));
        object.ifPresent(id -> query.setParameter("object", id));
        return query.setMaxResults(Math.min(Math.max(limit, 1), MOST))
                .getResultStream()
                .map(AuditRecord::entry)
                .toList();
    }
}
