package org.tidings.newsletter.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.tidings.accounts.AccountId;
import org.tidings.newsletter.NewsletterView;
import org.tidings.newsletter.Newsletters;
import org.tidings.newsletter.Readership;
import org.tidings.newsletter.internal.SubscriptionBook.Subscriber;
import org.tidings.site.Sql;
import org.tidings.site.Transactional;

/** The one rule whom a newsletter is for. */
@ApplicationScoped
@Transactional
class Admission implements Readership {

    private final Newsletters newsletters;
    private final SubscriptionBook book;
    private final Sql sql;

    @SuppressWarnings("NullAway") // for the container's proxy
    Admission() {
        this(null, null, (DataSource) null);
    }

    @Inject
    Admission(Newsletters newsletters, SubscriptionBook book, @NewsletterDb DataSource dataSource) {
        this.newsletters = newsletters;
        this.book = book;
        this.sql = new Sql(dataSource);
    }

    @Override
    public boolean admits(NewsletterView newsletter, Optional<AccountId> reader) {
        return switch (newsletter.access()) {
            case PUBLIC -> true;
            case MEMBERS -> reader.isPresent();
            case INVITED ->
                reader.flatMap(book::byAccount)
                        .filter(subscriber -> isInvited(subscriber, newsletter))
                        .isPresent();
        };
    }

    @Override
    public List<NewsletterView> offeredTo(Optional<AccountId> reader) {
        return newsletters.all().stream()
                .filter(NewsletterView::offered)
                .filter(newsletter -> admits(newsletter, reader))
                .toList();
    }

    /** One whose mailbox answers for her; nobody where none is known. */
    boolean admitsSubscriber(NewsletterView newsletter, Optional<Subscriber> subscriber) {
        return switch (newsletter.access()) {
            case PUBLIC -> true;
            case MEMBERS ->
                subscriber.filter(s -> s.account() != null && !s.deactivated()).isPresent();
            case INVITED -> subscriber.filter(s -> isInvited(s, newsletter)).isPresent();
        };
    }

    List<NewsletterView> offeredToSubscriber(Optional<Subscriber> subscriber) {
        return newsletters.all().stream()
                .filter(NewsletterView::offered)
                .filter(newsletter -> admitsSubscriber(newsletter, subscriber))
                .toList();
    }

    /** Who has left by herself may come back; whom staff have taken off may not. */
    private boolean isInvited(Subscriber subscriber, NewsletterView newsletter) {
        return sql.first(
                        "select id from newsletter.subscription where subscriber = ? and newsletter = ?"
                                + " and merged_into is null and (reason is null or reason <> 'STAFF')"
                                + " and (invited_at is not null or confirmed_at is not null)",
                        row -> row.getObject(1, UUID.class),
                        subscriber.id(),
                        newsletter.id().value())
                .isPresent();
    }
}
