package org.tidings.newsletter.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tidings.accounts.Erasures;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.Letter;
import org.tidings.mail.MailBody;
import org.tidings.mail.MailKind;
import org.tidings.mail.Outbox;
import org.tidings.mail.SuppressedAddresses;
import org.tidings.newsletter.Means;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.NewsletterView;
import org.tidings.newsletter.Newsletters;
import org.tidings.newsletter.Readers;
import org.tidings.newsletter.SittingOver;
import org.tidings.newsletter.Sittings;
import org.tidings.newsletter.SubscriberId;
import org.tidings.newsletter.SubscriptionState;
import org.tidings.newsletter.internal.SittingLinks.Living;
import org.tidings.newsletter.internal.SubscriptionBook.Entry;
import org.tidings.newsletter.internal.SubscriptionBook.Subscriber;
import org.tidings.site.Secrets;
import org.tidings.site.Transactional;

/** Sittings by mailed links. */
@ApplicationScoped
@Transactional
class MailedSittings implements Sittings {

    private static final Duration RECEIPT_VALID = Duration.ofDays(3);

    private final SubscriptionBook book;
    private final Newsletters newsletters;
    private final Admission admission;
    private final SubscriptionRequests requests;
    private final SittingLinks links;
    private final ReaderCopy copies;
    private final Outbox outbox;
    private final ReaderLetters letters;
    private final SuppressedAddresses suppressed;
    private final Erasures erasures;

    @SuppressWarnings("NullAway") // for the container's proxy
    MailedSittings() {
        this(null, null, null, null, null, null, null, null, null, null);
    }

    @Inject
    MailedSittings(
            SubscriptionBook book,
            Newsletters newsletters,
            Admission admission,
            SubscriptionRequests requests,
            SittingLinks links,
            ReaderCopy copies,
            Outbox outbox,
            ReaderLetters letters,
            SuppressedAddresses suppressed,
            Erasures erasures) {
        this.book = book;
        this.newsletters = newsletters;
        this.admission = admission;
        this.requests = requests;
        this.links = links;
        this.copies = copies;
        this.outbox = outbox;
        this.letters = letters;
        this.suppressed = suppressed;
        this.erasures = erasures;
    }

    @Override
    public void request(EmailAddress address, Locale language, String network) {
        requests.add(SubscriptionRequests.Request.forEverything(address, language, network, book.now()));
    }

    @Override
    public State stateOf(String token, String browser) {
        Optional<Living> living = links.find(token);
        if (living.isEmpty()) {
            return State.OVER;
        }
        Optional<String> opener = living.get().browser();
        if (opener.isEmpty()) {
            return State.NEW;
        }
        return isOf(opener.get(), browser) ? State.OPEN : State.OVER;
    }

    private static boolean isOf(String opener, String browser) {
        return !browser.isEmpty() && opener.equals(Secrets.sha256(browser));
    }

    @Override
    public void open(String token, String browser) {
        Living living = links.find(token).orElseThrow(SittingOver::new);
        Optional<String> opener = living.browser();
        boolean opened = opener.isPresent()
                ? isOf(opener.get(), browser)
                : !browser.isEmpty() && links.open(token, Secrets.sha256(browser));
        if (!opened) {
            throw new SittingOver();
        }
        suppressed.mailboxProved(living.address());
    }

    private Living opened(String token, String browser) {
        return links.find(token)
                .filter(living -> living.browser().filter(o -> isOf(o, browser)).isPresent())
                .orElseThrow(SittingOver::new);
    }

    @Override
    public Sheet sheet(String token, String browser, Locale wordingIn) {
        Living living = opened(token, browser);
        Subscriber subscriber = living.subscriber();
        Map<UUID, Entry> entries = entries(subscriber);
        List<Choice> choices = new ArrayList<>();
        for (NewsletterView newsletter : newsletters.all()) {
            Optional<SubscriptionState> state =
                    Optional.ofNullable(entries.get(newsletter.id().value())).map(Entry::state);
            // A closed newsletter, or one that is no longer for her, can still be left, not joined.
            if (mayJoin(newsletter, subscriber)
                    || state.filter(s -> s != SubscriptionState.UNSUBSCRIBED).isPresent()) {
                choices.add(new Choice(
                        newsletter,
                        state,
                        newsletters.wording(newsletter, wordingIn).words()));
            }
        }
        return new Sheet(
                living.address().original(),
                subscriber.account() != null,
                subscriber.language(),
                subscriber.zone(),
                choices);
    }

    private boolean mayJoin(NewsletterView newsletter, Subscriber subscriber) {
        return newsletter.offered() && admission.admitsSubscriber(newsletter, Optional.of(subscriber));
    }

    @Override
    public SubscriberId reader(String token, String browser) {
        return new SubscriberId(opened(token, browser).subscriber().id());
    }

    private Map<UUID, Entry> entries(Subscriber subscriber) {
        return book.of(subscriber.id()).stream().collect(Collectors.toMap(Entry::newsletter, Function.identity()));
    }

    @Override
    public void choose(String token, String browser, Set<NewsletterId> wanted, Locale wordingIn) {
        Living living = opened(token, browser);
        Subscriber subscriber = living.subscriber();
        Map<UUID, Entry> entries = entries(subscriber);
        for (NewsletterView newsletter : newsletters.all()) {
            Entry entry = entries.get(newsletter.id().value());
            boolean on = entry != null && entry.state() == SubscriptionState.CONFIRMED;
            if (wanted.contains(newsletter.id())) {
                if (!on && mayJoin(newsletter, subscriber)) {
                    book.confirm(
                            subscriber.id(),
                            newsletter.id().value(),
                            Means.PREFERENCES,
                            book.keep(newsletters.wording(newsletter, wordingIn)));
                    book.forgetErased(living.address());
                    // The mailbox is proved, and nobody else could have said it anew after a complaint.
                    suppressed.consentedAnew(living.address());
                }
            } else if (entry != null) {
                book.end(entry.id(), Means.PREFERENCES);
            }
        }
    }

    @Override
    public void unsubscribeAll(String token, String browser) {
        book.endAll(opened(token, browser).subscriber().id(), Means.PREFERENCES);
    }

    @Override
    public boolean describe(String token, String browser, Locale language, Optional<ZoneId> zone) {
        Subscriber subscriber = opened(token, browser).subscriber();
        if (subscriber.account() != null) {
            return false;
        }
        book.describe(subscriber.id(), language, zone);
        return true;
    }

    @Override
    public Map<String, Object> copy(String token, String browser) {
        return copies.of(opened(token, browser).subscriber());
    }

    @Override
    public boolean erase(String token, String browser) {
        Living living = opened(token, browser);
        Subscriber subscriber = living.subscriber();
        if (subscriber.account() != null) {
            return false;
        }
        erase(subscriber, living.address());
        return true;
    }

    /** At her wish, whoever presses the button. */
    void erase(Subscriber subscriber, EmailAddress address) {
        post(subscriber, address);
        book.rememberErased(address);
        erasures.visitorErased(address);
        suppressed.forget(address);
        book.erase(subscriber);
        letters.forget(subscriber.id());
    }

    private void post(Subscriber subscriber, EmailAddress address) {
        Texts texts = Texts.in(subscriber.language());
        outbox.post(new Letter(
                MailKind.LAST_RECEIPT,
                "subscriber-erased",
                Readers.REALM,
                subscriber.id(),
                address,
                subscriber.name(),
                texts.get("erased.subject"),
                MailBody.in(Texts.spoken(subscriber.language()))
                        .preheader(texts.get("erased.preheader"))
                        .heading(texts.get("erased.heading"))
                        .paragraph(texts.get("erased.text"))
                        .paragraph(texts.get("erased.hash"))
                        .note(texts.get("erased.not-me"))
                        .build(),
                Map.of(),
                book.now().plus(RECEIPT_VALID),
                Optional.empty()));
    }

    @Override
    public void end(String token, String browser) {
        opened(token, browser);
        links.end(token);
    }
}
