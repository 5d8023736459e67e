package org.tidings.newsletter.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.tidings.mail.EmailAddress;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.internal.knowing.FormAnswers;
import org.tidings.site.Sql;

/** What visitors asked for, until it is answered: one row each, the same for every address. */
@ApplicationScoped
class SubscriptionRequests {

    /** What is asked for. */
    enum Kind {
        SUBSCRIBE,
        /** The link to everything. */
        EVERYTHING
    }

    /**
     * One that waits.
     *
     * @param newsletters of {@link Kind#SUBSCRIBE}
     * @param network where it was asked from, keyed; empty when the mailbox was proved already
     * @param answers what was said in the form beside the address
     */
    record Request(
            Kind kind,
            EmailAddress address,
            Locale language,
            Set<NewsletterId> newsletters,
            String network,
            OffsetDateTime requestedAt,
            FormAnswers answers) {

        static Request toSubscribe(
                Set<NewsletterId> newsletters,
                EmailAddress address,
                Locale language,
                String network,
                OffsetDateTime requestedAt) {
            return new Request(Kind.SUBSCRIBE, address, language, newsletters, network, requestedAt, FormAnswers.NONE);
        }

        Request answered(FormAnswers said) {
            return new Request(kind, address, language, newsletters, network, requestedAt, said);
        }

        static Request forEverything(
                EmailAddress address, Locale language, String network, OffsetDateTime requestedAt) {
            return new Request(Kind.EVERYTHING, address, language, Set.of(), network, requestedAt, FormAnswers.NONE);
        }
    }

    /** As many as it may cause mails an hour. */
    private static final int MOST_OF_ONE_NETWORK = 60;

    private final Sql sql;

    @SuppressWarnings("NullAway") // for the container's proxy
    SubscriptionRequests() {
        this((DataSource) null);
    }

    @Inject
    SubscriptionRequests(@NewsletterDb DataSource dataSource) {
        this.sql = new Sql(dataSource);
    }

    /** Passed over where so many of the network wait already: nobody fills the queue for everybody else. */
    void add(Request request) {
        if (!request.network().isEmpty() && waitingOf(request.network()) >= MOST_OF_ONE_NETWORK) {
            return;
        }
        sql.update(
                "insert into newsletter.subscription_request"
                        + " (id, kind, address, canonical, language, newsletters, network, requested_at, next_try,"
                        + " answers) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                SubscriptionBook.newId(),
                request.kind().name(),
                request.address().original(),
                request.address().canonical(),
                request.language().toLanguageTag(),
                request.newsletters().stream().map(n -> n.value().toString()).collect(Collectors.joining(" ")),
                request.network(),
                request.requestedAt(),
                request.requestedAt(),
                request.answers().text());
    }

    private long waitingOf(String network) {
        return sql.first(
                        "select count(*) from newsletter.subscription_request where network = ?",
                        row -> row.getLong(1),
                        network)
                .orElse(0L);
    }

    /** Those whose time has come, every network's oldest before any network's second: nobody holds up everybody else. */
    List<UUID> waiting(OffsetDateTime now, int limit) {
        return sql.list(
                "select id from (select id, next_try,"
                        + " row_number() over (partition by network order by next_try) as place"
                        + " from newsletter.subscription_request where next_try <= ?) as waiting"
                        + " order by place, next_try limit ?",
                row -> row.getObject(1, UUID.class),
                now,
                limit);
    }

    /** Answering it failed. */
    void postpone(UUID id, OffsetDateTime nextTry) {
        sql.update("update newsletter.subscription_request set next_try = ? where id = ?", nextTry, id);
    }

    /** Those that a restored backup brought back. */
    void forgetErased(BiPredicate<EmailAddress, OffsetDateTime> erased) {
        sql
                .list(
                        "select id, address, canonical, requested_at from newsletter.subscription_request",
                        row -> erased.test(
                                        new EmailAddress(row.getString("address"), row.getString("canonical")),
                                        row.getObject("requested_at", OffsetDateTime.class))
                                ? Optional.of(row.getObject("id", UUID.class))
                                : Optional.<UUID>empty())
                .stream()
                .flatMap(Optional::stream)
                .forEach(id -> sql.update("delete from newsletter.subscription_request where id = ?", id));
    }

    /** Whoever gets it answers it; empty if another node was faster. */
    Optional<Request> take(UUID id) {
        Optional<Request> request = sql.first(
                "select kind, address, canonical, language, newsletters, network, requested_at, answers"
                        + " from newsletter.subscription_request where id = ?",
                row -> new Request(
                        Kind.valueOf(row.getString("kind")),
                        new EmailAddress(row.getString("address"), row.getString("canonical")),
                        Locale.forLanguageTag(row.getString("language")),
                        newsletters(row.getString("newsletters")),
                        row.getString("network"),
                        row.getObject("requested_at", OffsetDateTime.class),
                        FormAnswers.stored(row.getString("answers"))),
                id);
        return request.filter(r -> sql.update("delete from newsletter.subscription_request where id = ?", id) == 1);
    }

    private static Set<NewsletterId> newsletters(String text) {
        return Arrays.stream(text.split(" "))
                .filter(id -> !id.isEmpty())
                .map(id -> new NewsletterId(UUID.fromString(id)))
                .collect(Collectors.toUnmodifiableSet());
    }
}
