package org.tidings.newsletter.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.Letter;
import org.tidings.mail.MailKind;
import org.tidings.mail.Outbox;
import org.tidings.newsletter.IssueText;
import org.tidings.newsletter.Means;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.NewsletterView;
import org.tidings.newsletter.Newsletters;
import org.tidings.newsletter.OwnText;
import org.tidings.newsletter.Readers;
import org.tidings.newsletter.internal.StoredIssues.Greeting;
import org.tidings.newsletter.internal.SubscriptionBook.Entry;
import org.tidings.newsletter.internal.SubscriptionBook.Subscriber;
import org.tidings.site.Sql;

/**
 * The first mail of a newsletter that has words for it, left in the transaction that confirms: a kill loses none and doubles none. Once for
 * a subscription, ever, and only where she said it herself.
 */
@ApplicationScoped
class Welcoming implements HearsSubscriptions {

    private static final int VALID_DAYS = 2;

    private static final Set<Means> HERSELF =
            EnumSet.of(Means.DOUBLE_OPT_IN, Means.REGISTRATION, Means.MEMBER_PAGE, Means.PREFERENCES);

    private final SubscriptionBook book;
    private final Newsletters newsletters;
    private final StoredWords words;
    private final StoredIssues issues;
    private final ReaderAudience audience;
    private final UnsubscribeTokens tokens;
    private final Outbox outbox;
    private final Sql sql;

    @SuppressWarnings("NullAway") // for the container's proxy
    Welcoming() {
        this(null, null, null, null, null, null, null, (DataSource) null);
    }

    @Inject
    Welcoming(
            SubscriptionBook book,
            Newsletters newsletters,
            StoredWords words,
            StoredIssues issues,
            ReaderAudience audience,
            UnsubscribeTokens tokens,
            Outbox outbox,
            @NewsletterDb DataSource dataSource) {
        this.book = book;
        this.newsletters = newsletters;
        this.words = words;
        this.issues = issues;
        this.audience = audience;
        this.tokens = tokens;
        this.outbox = outbox;
        this.sql = new Sql(dataSource);
    }

    @Override
    public void confirmed(UUID subscription, Means means) {
        if (HERSELF.contains(means)) {
            book.find(subscription)
                    .ifPresent(entry -> newsletters
                            .find(new NewsletterId(entry.newsletter()))
                            .ifPresent(newsletter -> book.byId(entry.subscriber())
                                    .ifPresent(subscriber -> welcome(entry, newsletter, subscriber))));
        }
    }

    private void welcome(Entry entry, NewsletterView newsletter, Subscriber subscriber) {
        EmailAddress address = subscriber.address();
        Voice voice = words.voice(newsletter, subscriber.language());
        Optional<IssueText> text = voice.own(OwnText.WELCOME)
                .flatMap(markdown ->
                        voice.own(OwnText.WELCOME_SUBJECT).map(subject -> new IssueText(subject, "", markdown)));
        if (address != null && text.isPresent() && isFirst(entry.id())) {
            post(entry.id(), subscriber, address, issues.greeting(newsletter, text.get(), voice));
        }
    }

    private boolean isFirst(UUID subscription) {
        return sql.update(
                        "update newsletter.subscription set welcomed_at = ? where id = ? and welcomed_at is null",
                        book.now(),
                        subscription)
                == 1;
    }

    private void post(UUID subscription, Subscriber subscriber, EmailAddress address, Greeting greeting) {
        Locale language = greeting.content().body().language();
        outbox.post(new Letter(
                MailKind.WELCOME,
                "welcome",
                Readers.SUBSCRIPTIONS,
                subscription,
                address,
                subscriber.name(),
                greeting.content().subject(),
                greeting.content().body(),
                audience.slotsOf(
                        tokens.tokenFor(subscription, address), subscriber.name(), language, greeting.fields()),
                book.now().plusDays(VALID_DAYS),
                Optional.of(greeting.headers())));
    }
}
