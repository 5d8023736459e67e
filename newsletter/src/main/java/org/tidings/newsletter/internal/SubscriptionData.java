package org.tidings.newsletter.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.PersonalData;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.TimeZones;
import org.tidings.newsletter.AttributeValue;
import org.tidings.newsletter.ConsentView;
import org.tidings.newsletter.Newsletters;
import org.tidings.newsletter.SubscriptionView;
import org.tidings.newsletter.internal.SubscriptionBook.Subscriber;
import org.tidings.newsletter.internal.knowing.AttributeBook;
import org.tidings.newsletter.internal.knowing.TagBook;
import org.tidings.site.Sql;

/** Subscriptions and consent records, for the holder's download. */
@ApplicationScoped
class SubscriptionData implements PersonalData {

    private final SubscriptionBook book;
    private final Newsletters newsletters;
    private final AttributeBook attributes;
    private final TagBook tags;

    @SuppressWarnings("NullAway") // for the container's proxy
    SubscriptionData() {
        this(null, null, (DataSource) null);
    }

    @Inject
    SubscriptionData(SubscriptionBook book, Newsletters newsletters, @NewsletterDb DataSource dataSource) {
        this.book = book;
        this.newsletters = newsletters;
        this.attributes = new AttributeBook(new Sql(dataSource));
        this.tags = new TagBook(new Sql(dataSource));
    }

    @Override
    public String section() {
        return "newsletters";
    }

    @Override
    public Object of(AccountId account, EmailAddress address) {
        return book.byAccount(account)
                .or(() -> book.byAddress(address))
                .map(this::about)
                .orElse(Map.of());
    }

    Map<String, Object> about(Subscriber subscriber) {
        EmailAddress stored = subscriber.address();
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("address", stored == null ? "" : stored.original());
        section.put("name", subscriber.name());
        section.put("language", subscriber.language().toLanguageTag());
        section.put("timeZone", TimeZones.nameOf(subscriber.zone()));
        section.put("attributes", attributes(subscriber));
        section.put("tags", List.copyOf(tags.of(List.of(subscriber.id())).getOrDefault(subscriber.id(), List.of())));
        section.put("subscriptions", subscriptions(subscriber));
        section.put("consents", consents(subscriber));
        return section;
    }

    /** All of them: a copy has what she is not shown elsewhere, too (GDPR 15). */
    private List<Object> attributes(Subscriber subscriber) {
        List<Object> all = new ArrayList<>();
        for (AttributeValue value : attributes.of(subscriber.id())) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("attribute", value.attribute().label(subscriber.language()));
            one.put("value", value.value());
            one.put("purpose", value.attribute().purpose(subscriber.language()));
            one.put("origin", value.origin().name());
            one.put("at", value.at().toInstant().toString());
            all.add(one);
        }
        return all;
    }

    private List<Object> subscriptions(Subscriber subscriber) {
        List<Object> all = new ArrayList<>();
        for (SubscriptionView view : JdbcSubscriptions.views(book, newsletters, subscriber.id())) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("newsletter", view.newsletter().name());
            one.put("state", view.state().name());
            one.put("since", view.since().toInstant().toString());
            view.ended().ifPresent(means -> one.put("endedBy", means.name()));
            view.pausedUntil()
                    .ifPresent(until -> one.put("pausedUntil", until.toInstant().toString()));
            all.add(one);
        }
        return all;
    }

    private List<Object> consents(Subscriber subscriber) {
        List<Object> all = new ArrayList<>();
        for (ConsentView consent : book.consents(subscriber.id())) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put(
                    "newsletter",
                    newsletters.find(consent.newsletter()).map(n -> n.name()).orElse(""));
            one.put("act", consent.given() ? "given" : "withdrawn");
            one.put("at", consent.at().toInstant().toString());
            one.put("means", consent.means().name());
            consent.wording().ifPresent(wording -> {
                one.put("wording", wording.words());
                one.put("wordingVersion", wording.version());
            });
            one.put("privacyPolicyVersion", consent.policyVersion());
            if (!consent.statement().isEmpty()) {
                one.put("statedBasis", consent.statement());
            }
            if (!consent.network().isEmpty()) {
                one.put("networkAddress", consent.network());
            }
            all.add(one);
        }
        return all;
    }
}
