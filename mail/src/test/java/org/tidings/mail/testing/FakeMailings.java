package org.tidings.mail.testing;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.AddressHash;
import org.tidings.mail.Appearance;
import org.tidings.mail.Audience;
import org.tidings.mail.AudienceCount;
import org.tidings.mail.AudienceQuery;
import org.tidings.mail.Delivery;
import org.tidings.mail.DeliveryState;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.MailKind;
import org.tidings.mail.MailingContent;
import org.tidings.mail.MailingId;
import org.tidings.mail.MailingOrder;
import org.tidings.mail.MailingProgress;
import org.tidings.mail.MailingState;
import org.tidings.mail.Mailings;
import org.tidings.mail.RenderedMail;
import org.tidings.site.Now;

/** Keeps orders in memory and sends nothing. Counts by the audiences it was given, without suppressions. */
public final class FakeMailings implements Mailings {

    private boolean begun;
    private final Clock clock;
    private final Map<String, Audience> audiences = new HashMap<>();
    private final Map<MailingId, MailingOrder> orders = new LinkedHashMap<>();
    private final Map<MailingId, MailingProgress> progress = new HashMap<>();
    private final List<Delivery> deliveries = new ArrayList<>();
    private boolean stopped;
    private @Nullable OffsetDateTime restUntil;

    public FakeMailings(Clock clock, Audience... audiences) {
        this.clock = clock;
        for (Audience audience : audiences) {
            this.audiences.put(audience.name(), audience);
        }
    }

    /** The orders in the order in which they were given. */
    public List<MailingOrder> orders() {
        return List.copyOf(orders.values());
    }

    /** @throws NoSuchElementException when nothing was ordered */
    public MailingOrder newestOrder() {
        List<MailingOrder> all = orders();
        if (all.isEmpty()) {
            throw new NoSuchElementException("nothing was ordered");
        }
        return all.get(all.size() - 1);
    }

    /** Sets what {@link #progress} answers. */
    public void report(MailingProgress figures) {
        progress.put(figures.mailing(), figures);
    }

    /** Until when {@link #resendToRest} was asked to try, last. */
    public Optional<OffsetDateTime> restUntil() {
        return Optional.ofNullable(restUntil);
    }

    /** Adds what {@link #deliveries} answers. */
    public void record(Delivery delivery) {
        deliveries.add(delivery);
    }

    @Override
    public AudienceCount count(String audience, AudienceQuery query) {
        Audience known = audiences.get(audience);
        return known == null ? new AudienceCount(0, Map.of()) : known.count(query);
    }

    @Override
    public MailingId start(MailingOrder order) {
        MailingId id = new MailingId(UUID.randomUUID());
        orders.put(id, order);
        OffsetDateTime now = Now.by(clock);
        progress.put(
                id,
                new MailingProgress(
                        id,
                        MailingState.RUNNING,
                        order.expected(),
                        0,
                        order.expected(),
                        0,
                        0,
                        0,
                        Map.of(),
                        0,
                        now,
                        order.notBefore(),
                        Optional.empty(),
                        Optional.empty()));
        return id;
    }

    @Override
    public void pause(MailingId mailing) {
        move(mailing, MailingState.PAUSED);
    }

    @Override
    public void resume(MailingId mailing) {
        move(mailing, MailingState.RUNNING);
    }

    @Override
    public boolean cancel(MailingId mailing) {
        move(mailing, MailingState.CANCELLED);
        return !begun;
    }

    /** As a node does whose clock is fast. */
    public void begin() {
        begun = true;
    }

    private void move(MailingId mailing, MailingState state) {
        progress.computeIfPresent(
                mailing,
                (id, p) -> new MailingProgress(
                        id,
                        state,
                        p.expected(),
                        p.sent(),
                        p.toGo(),
                        p.failed(),
                        p.deferred(),
                        p.doubtful(),
                        p.skipped(),
                        p.perSecond(),
                        p.startedAt(),
                        p.notBefore(),
                        p.finishedAt(),
                        p.lastError()));
    }

    @Override
    public Optional<MailingProgress> progress(MailingId mailing) {
        return Optional.ofNullable(progress.get(mailing));
    }

    @Override
    public List<MailingProgress> newest(int limit) {
        List<MailingId> ids = new ArrayList<>(orders.keySet());
        java.util.Collections.reverse(ids);
        return ids.stream().limit(limit).flatMap(id -> progress(id).stream()).toList();
    }

    @Override
    public List<Delivery> deliveries(
            MailingId mailing, @Nullable DeliveryState state, @Nullable UUID after, int limit) {
        return deliveries.stream()
                .filter(d -> d.mailing().equals(mailing) && (state == null || d.state() == state))
                .limit(limit)
                .toList();
    }

    @Override
    public List<Delivery> deliveries(MailingId mailing, Collection<UUID> recipients) {
        return deliveries.stream()
                .filter(d -> d.mailing().equals(mailing) && recipients.contains(d.recipient()))
                .toList();
    }

    @Override
    public Map<MailingId, String> titles(Collection<MailingId> mailings) {
        Map<MailingId, String> titles = new HashMap<>();
        orders.forEach((id, order) -> {
            if (mailings.contains(id)) {
                titles.put(id, order.title());
            }
        });
        return titles;
    }

    @Override
    public List<Delivery> deliveriesTo(MailingId mailing, EmailAddress address) {
        UUID hash = AddressHash.of(address, new FakeSiteSecret());
        return deliveries.stream()
                .filter(d -> d.mailing().equals(mailing)
                        && d.writtenTo().filter(hash::equals).isPresent())
                .toList();
    }

    @Override
    public List<Delivery> deliveriesTo(List<UUID> recipients, int limit) {
        Collection<UUID> wanted = recipients;
        return deliveries.stream()
                .filter(d -> wanted.contains(d.recipient()))
                .limit(limit)
                .toList();
    }

    @Override
    public long resendToFailed(MailingId mailing) {
        return 0;
    }

    @Override
    public long resendToRest(MailingId mailing, OffsetDateTime expiresAt) {
        long rest = progress(mailing).map(MailingProgress::rest).orElse(0L);
        restUntil = expiresAt;
        move(mailing, MailingState.RUNNING);
        return rest;
    }

    /** Here everybody always is accounted for. */
    @Override
    public long sendToUnaccounted(MailingId mailing) {
        return 0;
    }

    @Override
    public long writeOffUnaccounted(MailingId mailing) {
        return 0;
    }

    @Override
    public void stopAll() {
        stopped = true;
    }

    @Override
    public void allowAll() {
        stopped = false;
    }

    @Override
    public boolean allStopped() {
        return stopped;
    }

    @Override
    public RenderedMail preview(
            MailKind kind, MailingContent content, Map<String, String> slots, Appearance appearance) {
        return new RenderedMail(content.subject(), "<!doctype html><title>preview</title>", "preview");
    }
}
