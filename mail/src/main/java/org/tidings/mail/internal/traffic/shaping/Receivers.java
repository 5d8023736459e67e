package org.tidings.mail.internal.traffic.shaping;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.internal.dns.Dns;
import org.tidings.mail.internal.settings.MailOperators;

/**
 * Which receiver a domain belongs to: the operator of its mail exchangers (R01). Answers at once from rules and from memory; a
 * domain that is not known yet is its own receiver until DNS has been asked in the background.
 */
public final class Receivers {

    private static final int DOMAINS_AT_MOST = 20_000;
    private static final Duration KEPT = Duration.ofHours(24);
    private static final Duration ASKED_AGAIN = Duration.ofMinutes(15);

    private final Dns dns;
    private final Executor background;
    private final Clock clock;
    private final Map<String, Known> known = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > DOMAINS_AT_MOST;
        }
    };

    private record Known(String receiver, Instant until) {}

    /** @param background bounded; may refuse, then the domain is looked up when it is met again */
    public Receivers(Dns dns, Executor background, Clock clock) {
        this.dns = dns;
        this.background = background;
        this.clock = clock;
    }

    /**
     * Never blocks.
     *
     * @param domain A-labels in lower case
     * @return a short name such as {@code google}, the domain of an operator, or the domain itself
     */
    public String of(String domain) {
        Known answer;
        synchronized (known) {
            Known remembered = known.get(domain);
            if (remembered != null && clock.instant().isBefore(remembered.until())) {
                return remembered.receiver();
            }
            answer = provisional(domain, remembered);
            known.put(domain, answer);
        }
        if (!answer.until().equals(Instant.MAX)) {
            askLater(domain);
        }
        return answer.receiver();
    }

    /** By rules, which never change, or until DNS has answered: what was true yesterday, or the domain itself. */
    private Known provisional(String domain, @Nullable Known remembered) {
        String meanwhile = remembered == null ? domain : remembered.receiver();
        return MailOperators.ofDomain(domain)
                .map(operator -> new Known(operator, Instant.MAX))
                .orElseGet(() -> new Known(meanwhile, clock.instant().plus(ASKED_AGAIN)));
    }

    private void askLater(String domain) {
        try {
            background.execute(() -> resolve(domain));
        } catch (RejectedExecutionException full) {
            synchronized (known) {
                known.remove(domain);
            }
        }
    }

    private void resolve(String domain) {
        try {
            List<Dns.Mx> exchangers = dns.mx(domain);
            boolean none = exchangers.isEmpty() || exchangers.get(0).host().isEmpty();
            String receiver =
                    none ? domain : MailOperators.ofExchanger(exchangers.get(0).host());
            synchronized (known) {
                known.put(domain, new Known(receiver, clock.instant().plus(KEPT)));
            }
        } catch (Dns.DnsUnavailable e) {
            // What is in memory stays and is asked again when it is old.
        }
    }
}
