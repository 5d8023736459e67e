package org.tidings.newsletter.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.PersonalData;
import org.tidings.mail.Delivery;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.MailingId;
import org.tidings.mail.Mailings;
import org.tidings.newsletter.internal.SubscriptionBook.Subscriber;
import org.tidings.site.Sql;

/** Which issues went to a reader, or did not, for her download. */
@ApplicationScoped
class IssuesSentData implements PersonalData {

    private static final int AT_MOST = 10_000;

    private final SubscriptionBook book;
    private final Mailings mailings;
    private final Sql sql;

    @SuppressWarnings("NullAway") // for the container's proxy
    IssuesSentData() {
        this(null, null, (DataSource) null);
    }

    @Inject
    IssuesSentData(SubscriptionBook book, Mailings mailings, @NewsletterDb DataSource dataSource) {
        this.book = book;
        this.mailings = mailings;
        this.sql = new Sql(dataSource);
    }

    @Override
    public String section() {
        return "issues";
    }

    @Override
    public Object of(AccountId account, EmailAddress address) {
        return book.byAccount(account)
                .or(() -> book.byAddress(address))
                .map(this::about)
                .orElse(List.of());
    }

    List<Object> about(Subscriber subscriber) {
        return sentTo(subscriptionsOf(subscriber.id()));
    }

    private List<Object> sentTo(List<UUID> subscriptions) {
        List<Delivery> deliveries = mailings.deliveriesTo(subscriptions, AT_MOST);
        Map<MailingId, String> titles =
                mailings.titles(deliveries.stream().map(Delivery::mailing).toList());
        List<Object> all = new ArrayList<>();
        for (Delivery delivery : deliveries) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("issue", titles.getOrDefault(delivery.mailing(), ""));
            one.put("state", delivery.state().name());
            one.put("at", delivery.at().toInstant().toString());
            all.add(one);
        }
        return all;
    }

    /** Of entries that were merged into hers as well: what was sent to them was sent to her. */
    List<UUID> subscriptionsOf(UUID subscriber) {
        List<UUID> all = new ArrayList<>(sql.list(
                "select id from newsletter.subscription where subscriber = ?",
                row -> row.getObject(1, UUID.class),
                subscriber));
        all.addAll(sql.list(
                "select s.id from newsletter.subscription s join newsletter.subscriber p on p.id = s.subscriber"
                        + " where p.absorbed_into = ?",
                row -> row.getObject(1, UUID.class),
                subscriber));
        return all;
    }
}
