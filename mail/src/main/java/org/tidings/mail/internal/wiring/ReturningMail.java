package org.tidings.mail.internal.wiring;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.AddressComplained;
import org.tidings.mail.IncomingMail;
import org.tidings.mail.SiteSecret;
import org.tidings.mail.internal.returned.ReturnedPost;
import org.tidings.mail.internal.returned.TendingSuppressions;
import org.tidings.mail.internal.secrets.KeyedHashes;
import org.tidings.mail.internal.standing.Suppressions;
import org.tidings.site.DatabaseReady;
import org.tidings.site.EndsInOrder;
import org.tidings.site.Jobs;
import org.tidings.site.Sql;
import org.tidings.site.TransactionProofs;
import org.tidings.site.Transactions;

/** Puts together in the container what takes returned mail, and begins to take it once the schemas are there. */
@ApplicationScoped
class ReturningMail implements EndsInOrder {

    @Inject
    private DataSource dataSource;

    @Resource(lookup = "java:comp/DefaultManagedThreadFactory")
    private ManagedThreadFactory threads;

    @Inject
    private Transactions transactions;

    @Inject
    private TransactionProofs proofs;

    @Inject
    private Jobs jobs;

    @Inject
    private Clock clock;

    @Inject
    private SiteSecret secret;

    @Inject
    @Any
    private Instance<IncomingMail> incoming;

    @Inject
    private Event<AddressComplained> complained;

    private ReturnedPost post;
    private Suppressions suppressions;

    @SuppressWarnings("NullAway.Init") // fields are set by the container
    ReturningMail() {}

    @PostConstruct
    void assemble() {
        Sql sql = new Sql(dataSource);
        KeyedHashes hashes = new KeyedHashes(secret);
        suppressions = new Suppressions(sql, hashes, clock);
        post = new ReturnedPost(
                ReturnBeans.configuration(),
                new ReturnedPost.Parts(
                        MailBeans.settings(),
                        dataSource,
                        transactions,
                        clock,
                        secret,
                        suppressions,
                        incoming,
                        complained::fire,
                        work -> threads.newThread(proofs.first("returned-mail", work)),
                        jobs));
    }

    void begin(@Observes DatabaseReady ready) {
        post.start();
    }

    @PreDestroy
    @Override
    public void beginNothingMore() {
        @Nullable ReturnedPost running = post;
        if (running != null) {
            running.stop();
        }
    }

    @Override
    public void finish(Duration patience) {
        post.awaitEnd(patience);
    }

    ReturnedPost post() {
        return post;
    }

    TendingSuppressions suppressed() {
        return new TendingSuppressions(suppressions, post.book(), new KeyedHashes(secret));
    }
}
