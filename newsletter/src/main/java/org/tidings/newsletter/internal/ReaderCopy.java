package org.tidings.newsletter.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.tidings.mail.Delivery;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.MailingId;
import org.tidings.mail.Mailings;
import org.tidings.mail.Outbox;
import org.tidings.newsletter.Readers;
import org.tidings.newsletter.internal.SubscriptionBook.Subscriber;

/** Everything that is stored about a subscriber without an account, as plain JSON (GDPR 15 and 20). */
@ApplicationScoped
class ReaderCopy {

    private static final int AT_MOST = 10_000;

    private final SubscriptionData data;
    private final Outbox outbox;
    private final Mailings mailings;
    private final Jdbc jdbc;

    @SuppressWarnings("NullAway") // for the container's proxy
    ReaderCopy() {
        this(null, null, null, (DataSource) null);
    }

    @Inject
    ReaderCopy(SubscriptionData data, Outbox outbox, Mailings mailings, @NewsletterDb DataSource dataSource) {
        this.data = data;
        this.outbox = outbox;
        this.mailings = mailings;
        this.jdbc = new Jdbc(dataSource);
    }

    Map<String, Object> of(Subscriber subscriber) {
        Map<String, Object> copy = new LinkedHashMap<>();
        copy.put("newsletters", data.about(subscriber));
        copy.put("issues", issues(subscriber));
        copy.put("mails", mails(subscriber));
        copy.put("requests", requests(subscriber));
        return copy;
    }

    /** Those that were sent, are on their way, or were left out. */
    private List<Object> issues(Subscriber subscriber) {
        List<UUID> recipients = jdbc.query(
                "select id from newsletter.subscription where subscriber in"
                        + " (select w.id from unnest(cast(? as uuid array)) as w(id)) order by id",
                row -> row.getObject(1, UUID.class),
                Jdbc.uuids(withAbsorbed(subscriber)));
        List<Delivery> deliveries = mailings.deliveriesTo(recipients, AT_MOST);
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

    private List<UUID> withAbsorbed(Subscriber subscriber) {
        List<UUID> all = new ArrayList<>(jdbc.query(
                "select id from newsletter.subscriber where absorbed_into = ?",
                row -> row.getObject(1, UUID.class),
                subscriber.id()));
        all.add(subscriber.id());
        return all;
    }

    /** The texts are not kept: links in them were secrets. */
    private List<Object> mails(Subscriber subscriber) {
        List<Object> all = new ArrayList<>();
        outbox.lettersTo(Readers.REALM, subscriber.id(), AT_MOST).forEach(letter -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("what", letter.purpose());
            one.put("state", letter.state().name());
            one.put("at", letter.at().toInstant().toString());
            all.add(one);
        });
        return all;
    }

    /** What was asked for with the address and is not done yet, and the links to all of this. */
    private List<Object> requests(Subscriber subscriber) {
        List<Object> all = new ArrayList<>();
        EmailAddress address = subscriber.address();
        if (address != null) {
            all.addAll(jdbc.query(
                    "select kind, requested_at from newsletter.subscription_request where canonical = ? order by"
                            + " requested_at",
                    row -> request(row.getString("kind"), row.getString("requested_at")),
                    address.canonical()));
        }
        all.addAll(jdbc.query(
                "select c.created_at, n.name from newsletter.confirmation c"
                        + " join newsletter.newsletter n on n.id = c.newsletter where c.subscriber = ? order by c.created_at",
                row -> request("confirmation of " + row.getString("name"), row.getString("created_at")),
                subscriber.id()));
        all.addAll(jdbc.query(
                "select created_at from newsletter.sitting where subscriber = ? order by created_at",
                row -> request("link to everything", row.getString("created_at")),
                subscriber.id()));
        return all;
    }

    private static Object request(String what, String at) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("what", what);
        one.put("at", at);
        return one;
    }
}
