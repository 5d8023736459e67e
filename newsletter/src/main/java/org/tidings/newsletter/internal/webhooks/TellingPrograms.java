package org.tidings.newsletter.internal.webhooks;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.tidings.mail.SiteSecret;
import org.tidings.newsletter.WebhookRejected;
import org.tidings.newsletter.internal.webhooks.Post.Answer;
import org.tidings.newsletter.internal.webhooks.Rounds.Then;
import org.tidings.newsletter.internal.webhooks.Rounds.Work;
import org.tidings.site.Now;
import org.tidings.site.Secrets;

/**
 * Sends what waits, one after the other of each webhook, until one is not taken: then that webhook rests. What was sent and not written down,
 * because the process died between, is sent once more under the same id.
 */
@ApplicationScoped
public class TellingPrograms {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** Of one webhook at a time, so that others have theirs. */
    private static final int MOST_IN_A_ROUND = 50;

    private final Rounds rounds;
    private final SwitchingOff switchingOff;
    private final WebhookSettings settings;
    private final Clock clock;
    private final Signature signature;
    private final Post post;
    private final Target.Names names;
    private final String process = Secrets.token();

    @SuppressWarnings("NullAway") // for the container's proxy
    TellingPrograms() {
        this(null, null, null, null, null);
    }

    @Inject
    public TellingPrograms(
            Rounds rounds, SwitchingOff switchingOff, WebhookSettings settings, SiteSecret secret, Clock clock) {
        this.rounds = rounds;
        this.switchingOff = switchingOff;
        this.settings = settings;
        this.clock = clock;
        this.signature = new Signature(secret);
        this.post = new Post(PATIENCE);
        this.names = InetAddress::getAllByName;
    }

    public List<UUID> due() {
        return rounds.due();
    }

    /**
     * Sends what waits for one of them, if no other process does.
     *
     * @param guarded round each transaction, as threads of ours need it
     */
    public void tell(UUID webhook, UnaryOperator<Runnable> guarded) {
        Round round = new Round(webhook);
        for (int i = 0; i < MOST_IN_A_ROUND && round.goesOn(guarded); i++) {
            round.send();
            guarded.apply(round::record).run();
        }
        guarded.apply(() -> rounds.release(webhook, process)).run();
    }

    public void forget() {
        rounds.forget();
    }

    /** One event at a time. */
    private final class Round {
        private final UUID webhook;
        private final AtomicReference<Work> work = new AtomicReference<>();
        private Answer answer = new Answer(0, "");
        private boolean over;

        Round(UUID webhook) {
            this.webhook = webhook;
        }

        boolean goesOn(UnaryOperator<Runnable> guarded) {
            work.set(null);
            if (!over) {
                guarded.apply(this::take).run();
            }
            return work.get() != null;
        }

        private void take() {
            if (rounds.lease(webhook, process)) {
                rounds.next(webhook).ifPresent(work::set);
            }
        }

        void send() {
            Work one = work.get();
            answer = one == null ? answer : TellingPrograms.this.send(webhook, one);
        }

        private void record() {
            Work one = work.get();
            if (one != null) {
                // If it cannot be written down it is not sent once more at once.
                over = true;
                Then then = rounds.record(webhook, one.event(), answer);
                over = then != Then.GO_ON;
                if (then == Then.SWITCHED_OFF) {
                    switchingOff.tell(one.url());
                }
            }
        }
    }

    private Answer send(UUID webhook, Work work) {
        try {
            // Looked up anew each time, and what was looked at is connected to.
            Target target = Target.of(work.url(), settings.lenient(), names);
            return post.send(target, headers(webhook, work), work.body());
        } catch (WebhookRejected e) {
            return new Answer(0, e.reason().name());
        }
    }

    private Map<String, String> headers(UUID webhook, Work work) {
        OffsetDateTime at = Now.by(clock);
        UUID event = work.event().id();
        String signed = signature.of(webhook, work.secretNumber(), event, at, work.body());
        if (work.bothSecrets()) {
            signed += " " + signature.of(webhook, work.secretNumber() - 1, event, at, work.body());
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json; charset=utf-8");
        headers.put("User-Agent", "Tidings-Webhooks/1");
        headers.put("webhook-id", event.toString());
        headers.put("webhook-timestamp", Long.toString(at.toEpochSecond()));
        headers.put("webhook-signature", signed);
        return headers;
    }
}
