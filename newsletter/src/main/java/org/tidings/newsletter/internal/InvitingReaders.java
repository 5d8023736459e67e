package org.tidings.newsletter.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AccountState;
import org.tidings.accounts.AccountView;
import org.tidings.accounts.Accounts;
import org.tidings.accounts.AuditLog;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.SuppressedAddresses;
import org.tidings.newsletter.Invitations;
import org.tidings.newsletter.NewsletterAccess;
import org.tidings.newsletter.NewsletterAction;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.NewsletterUnknown;
import org.tidings.newsletter.NewsletterView;
import org.tidings.newsletter.Newsletters;
import org.tidings.newsletter.SubscriptionState;
import org.tidings.newsletter.internal.SubscriptionBook.Entry;
import org.tidings.newsletter.internal.SubscriptionBook.Subscriber;
import org.tidings.site.Transactional;

/** Invites by mail. Who said no, in whatever way, is not asked again by us. */
@ApplicationScoped
@Transactional
class InvitingReaders implements Invitations {

    private final SubscriptionBook book;
    private final Newsletters newsletters;
    private final Accounts accounts;
    private final SuppressedAddresses suppressed;
    private final AskingToConfirm confirming;
    private final AuditLog auditLog;

    @SuppressWarnings("NullAway") // for the container's proxy
    InvitingReaders() {
        this(null, null, null, null, null, null);
    }

    @Inject
    InvitingReaders(
            SubscriptionBook book,
            Newsletters newsletters,
            Accounts accounts,
            SuppressedAddresses suppressed,
            AskingToConfirm confirming,
            AuditLog auditLog) {
        this.book = book;
        this.newsletters = newsletters;
        this.accounts = accounts;
        this.suppressed = suppressed;
        this.confirming = confirming;
        this.auditLog = auditLog;
    }

    private enum Outcome {
        SENT,
        THERE,
        KEPT_OUT
    }

    @Override
    public Report invite(NewsletterId id, List<EmailAddress> addresses, Locale language, AccountId by) {
        if (addresses.size() > MOST) {
            throw new IllegalArgumentException("more than " + MOST + " invitations at once");
        }
        NewsletterView newsletter = newsletters
                .find(id)
                .filter(NewsletterView::offered)
                .filter(n -> n.access() != NewsletterAccess.MEMBERS)
                .orElseThrow(NewsletterUnknown::new);
        Map<String, EmailAddress> each = new LinkedHashMap<>();
        addresses.forEach(address -> each.putIfAbsent(address.canonical(), address));
        Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
        for (EmailAddress address : each.values()) {
            counts.merge(invite(newsletter, address, language), 1, Integer::sum);
        }
        Report report = new Report(
                counts.getOrDefault(Outcome.SENT, 0),
                counts.getOrDefault(Outcome.THERE, 0),
                counts.getOrDefault(Outcome.KEPT_OUT, 0));
        auditLog.record(by, NewsletterAction.INVITE_READERS, "newsletter", id.value(), Integer.toString(report.sent()));
        return report;
    }

    private Outcome invite(NewsletterView newsletter, EmailAddress address, Locale language) {
        Optional<AccountView> account = accounts.findByAddress(address);
        Optional<Subscriber> known = book.byAddress(address);
        Optional<Entry> entry =
                known.flatMap(s -> book.find(s.id(), newsletter.id().value()));
        if (entry.filter(this::isThere).isPresent()) {
            return Outcome.THERE;
        }
        if (account.filter(a -> a.state() != AccountState.ACTIVE).isPresent()
                || known.filter(Subscriber::deactivated).isPresent()
                || entry.filter(InvitingReaders::saidNo).isPresent()
                || book.mustStayOut(address, newsletter.id().value())
                || !suppressed.about(suppressed.hashOf(address)).isEmpty()) {
            return Outcome.KEPT_OUT;
        }
        Subscriber subscriber = account.map(book::enter).orElseGet(() -> book.enter(address, "", language));
        return confirming.invite(subscriber, address, language, newsletter) ? Outcome.SENT : Outcome.KEPT_OUT;
    }

    private boolean isThere(Entry entry) {
        OffsetDateTime yesterday = book.now().minusDays(1);
        return entry.state() == SubscriptionState.CONFIRMED
                || book.invitedAt(entry.id())
                        .filter(at -> at.isAfter(yesterday) && entry.state() == SubscriptionState.PENDING)
                        .isPresent();
    }

    /** Whoever ended it: staff do it at the person's wish. */
    private static boolean saidNo(Entry entry) {
        return entry.state() == SubscriptionState.UNSUBSCRIBED;
    }
}
