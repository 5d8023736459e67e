package org.tidings.newsletter.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.tidings.mail.EmailAddress;
import org.tidings.newsletter.internal.SubscriptionBook.Subscriber;
import org.tidings.newsletter.internal.SubscriptionRequests.Kind;
import org.tidings.newsletter.internal.knowing.FormAnswers;
import org.tidings.site.Sql;

/** Everything that is stored about a subscriber without an account, as plain JSON (GDPR 15 and 20). */
@ApplicationScoped
class ReaderCopy {

    private static final int AT_MOST = 10_000;

    /** Purposes of the mails that requests lead to stand for the requests. */
    private static final String CONFIRMATION = "subscription-confirmation";

    private static final String LINK = "subscriber-link";

    private final SubscriptionData data;
    private final IssuesSentData issues;
    private final ReaderLetters letters;
    private final Sql sql;

    @SuppressWarnings("NullAway") // for the container's proxy
    ReaderCopy() {
        this(null, null, null, (DataSource) null);
    }

    @Inject
    ReaderCopy(
            SubscriptionData data, IssuesSentData issues, ReaderLetters letters, @NewsletterDb DataSource dataSource) {
        this.data = data;
        this.issues = issues;
        this.letters = letters;
        this.sql = new Sql(dataSource);
    }

    Map<String, Object> of(Subscriber subscriber) {
        Map<String, Object> copy = new LinkedHashMap<>();
        copy.put("newsletters", data.about(subscriber));
        copy.put("issues", issues.about(subscriber));
        copy.put("mails", mails(subscriber));
        copy.put("requests", requests(subscriber));
        return copy;
    }

    /** The texts are not kept: links in them were secrets. */
    private List<Object> mails(Subscriber subscriber) {
        List<Object> all = new ArrayList<>();
        letters.of(subscriber.id(), AT_MOST).forEach(letter -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("what", letter.purpose());
            one.put("state", letter.state().name());
            one.put("at", letter.at().toInstant().toString());
            all.add(one);
        });
        return all;
    }

    /** What was asked for with the address and is kept until it is done or over. */
    private List<Object> requests(Subscriber subscriber) {
        List<Object> all = new ArrayList<>();
        EmailAddress address = subscriber.address();
        if (address != null) {
            all.addAll(sql.list(
                    "select kind, requested_at as at, answers from newsletter.subscription_request where canonical = ?"
                            + " order by requested_at",
                    row -> request(row.getString("kind").equals(Kind.EVERYTHING.name()) ? LINK : CONFIRMATION, "", row),
                    address.canonical()));
        }
        all.addAll(sql.list(
                "select c.created_at as at, n.name, c.answers from newsletter.confirmation c"
                        + " join newsletter.newsletter n on n.id = c.newsletter where c.subscriber = ? order by c.created_at",
                row -> request(CONFIRMATION, row.getString("name"), row),
                subscriber.id()));
        all.addAll(sql.list(
                "select created_at as at, '' as answers from newsletter.sitting where subscriber = ? order by created_at",
                row -> request(LINK, "", row),
                subscriber.id()));
        return all;
    }

    private static Object request(String what, String newsletter, ResultSet row) throws SQLException {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("what", what);
        if (!newsletter.isEmpty()) {
            one.put("newsletter", newsletter);
        }
        one.put("at", row.getObject("at", OffsetDateTime.class).toInstant().toString());
        FormAnswers answers = FormAnswers.stored(row.getString("answers"));
        if (!answers.byKey().isEmpty()) {
            one.put("answers", List.copyOf(new TreeMap<>(answers.byKey()).values()));
        }
        return one;
    }
}
