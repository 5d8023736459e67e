package org.tidings.announcements.internal;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.AccountView;
import org.tidings.announcements.AnnouncementId;
import org.tidings.announcements.AnnouncementRefused;
import org.tidings.announcements.AnnouncementState;
import org.tidings.announcements.AnnouncementType;

/** Announcements in the database. A draft that was thrown away is found by nothing but what brings it back. */
final class Announcements {

    private final EntityManager em;

    Announcements(EntityManager em) {
        this.em = em;
    }

    /** In the place of a draft of the same update that was thrown away. */
    void add(Announcement announcement) {
        forget(em.createQuery(
                        "select a from Announcement a where a.thread = :thread and a.discardedAt is not null",
                        Announcement.class)
                .setParameter("thread", announcement.thread().value())
                .getResultList());
        em.persist(announcement);
        em.flush();
    }

    /** Thrown away since then, the last one first. */
    List<Announcement> discardedSince(OffsetDateTime since, int limit) {
        return em.createQuery(
                        "select a from Announcement a where a.discardedAt > :since order by a.discardedAt desc, a.id desc",
                        Announcement.class)
                .setParameter("since", since)
                .setMaxResults(limit)
                .getResultList();
    }

    /** To be brought back. @throws AnnouncementRefused if it was not thrown away since then */
    Announcement takeDiscarded(AnnouncementId id, OffsetDateTime since) {
        return Optional.ofNullable(em.find(Announcement.class, id.value(), LockModeType.PESSIMISTIC_WRITE))
                .filter(one -> one.discardedAt().filter(since::isBefore).isPresent())
                .orElseThrow(AnnouncementRefused::unknown);
    }

    void forgetDiscarded(OffsetDateTime before) {
        forget(em.createQuery("select a from Announcement a where a.discardedAt <= :before", Announcement.class)
                .setParameter("before", before)
                .getResultList());
    }

    private void forget(List<Announcement> discarded) {
        discarded.forEach(em::remove);
        em.flush();
    }

    void remove(Announcement announcement) {
        em.remove(announcement);
        em.flush();
    }

    Optional<Announcement> find(AnnouncementId id) {
        return known(em.find(Announcement.class, id.value()));
    }

    private static Optional<Announcement> known(@Nullable Announcement found) {
        return Optional.ofNullable(found).filter(one -> one.discardedAt().isEmpty());
    }

    /** To be changed: a second step at the same time waits, and then sees this one's result. */
    Announcement take(AnnouncementId id) {
        return known(em.find(Announcement.class, id.value(), LockModeType.PESSIMISTIC_WRITE))
                .orElseThrow(AnnouncementRefused::unknown);
    }

    /** As {@link #take}, with what another node may have written a moment ago. */
    Announcement takeFresh(AnnouncementId id) {
        Announcement announcement = take(id);
        em.refresh(announcement);
        return announcement;
    }

    void flush() {
        em.flush();
    }

    List<Announcement> newest(int limit) {
        return em.createQuery(
                        "select a from Announcement a where a.discardedAt is null order by a.createdAt desc, a.id desc",
                        Announcement.class)
                .setMaxResults(limit)
                .getResultList();
    }

    /** By id, which sorts by time. */
    List<Announcement> page(Optional<AnnouncementId> cursor, int limit) {
        TypedQuery<Announcement> query = cursor.isEmpty()
                ? em.createQuery(
                        "select a from Announcement a where a.discardedAt is null order by a.id desc",
                        Announcement.class)
                : em.createQuery(
                                "select a from Announcement a where a.id < :cursor and a.discardedAt is null order by a.id desc",
                                Announcement.class)
                        .setParameter("cursor", cursor.get().value());
        return query.setMaxResults(limit).getResultList();
    }

    List<Announcement> thread(AnnouncementId thread) {
        return em.createQuery(
                        "select a from Announcement a where a.thread = :thread and a.discardedAt is null order by a.sequence",
                        Announcement.class)
                .setParameter("thread", thread.value())
                .getResultList();
    }

    /** Those whose undo window is over, newest first. */
    List<Announcement> publicAt(OffsetDateTime now, int limit) {
        return em.createQuery(
                        "select a from Announcement a where a.state = :published and a.publishedAt <= :now"
                                + " order by a.publishedAt desc, a.sequence desc",
                        Announcement.class)
                .setParameter("published", AnnouncementState.PUBLISHED)
                .setParameter("now", now)
                .setMaxResults(limit)
                .getResultList();
    }

    List<Announcement> publicInThread(AnnouncementId thread, OffsetDateTime now) {
        return em.createQuery(
                        "select a from Announcement a where a.thread = :thread and a.state = :published"
                                + " and a.publishedAt <= :now order by a.sequence desc",
                        Announcement.class)
                .setParameter("thread", thread.value())
                .setParameter("published", AnnouncementState.PUBLISHED)
                .setParameter("now", now)
                .getResultList();
    }

    /** What tells the end of something is owed, and not counted. */
    long publishedSince(OffsetDateTime since) {
        return em.createQuery(
                        "select count(a) from Announcement a where a.state = :published and a.publishedAt > :since"
                                + " and a.sample = false and a.ending is null",
                        Long.class)
                .setParameter("published", AnnouncementState.PUBLISHED)
                .setParameter("since", since)
                .getSingleResult();
    }

    /** Under which name somebody had a hand in it. */
    void keepName(AnnouncementId announcement, AccountView by) {
        em.merge(new DeciderRow(announcement, by));
    }

    /** Work whose end is past, the longest ago first; of a thread it may be an older part. */
    List<Announcement> endedByTheClock(OffsetDateTime now) {
        return em.createQuery(
                        "select a from Announcement a where a.state = :published and a.publishedAt <= :now"
                                + " and a.endsAt <= :now and a.outcome is null and a.ending is null and a.sample = false"
                                + " and a.type in :work order by a.endsAt",
                        Announcement.class)
                .setParameter("published", AnnouncementState.PUBLISHED)
                .setParameter("now", now)
                .setParameter(
                        "work",
                        Arrays.stream(AnnouncementType.values())
                                .filter(AnnouncementType::work)
                                .toList())
                .getResultList();
    }

    /** Sent in an emergency and not reviewed yet, oldest first. */
    List<Announcement> unreviewed() {
        return em.createQuery(
                        "select a from Announcement a where a.state = :published and a.reviewDueAt is not null"
                                + " order by a.publishedAt, a.id",
                        Announcement.class)
                .setParameter("published", AnnouncementState.PUBLISHED)
                .getResultList();
    }

    /** Whoever sends in an emergency waits here for who does so at the same time, and then sees hers. */
    void takeEmergencyTurn() {
        em.createNativeQuery("select id from announcements.emergency_turn for update")
                .getResultList();
    }

    List<Announcement> samples() {
        return em.createQuery("select a from Announcement a where a.sample = true", Announcement.class)
                .getResultList();
    }
}
