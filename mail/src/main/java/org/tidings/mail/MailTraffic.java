package org.tidings.mail;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Mail servers and receivers as staff see them: how they are, what is sent, what is held back and why. */
public interface MailTraffic {

    /** As this node sees them, in the order of the configuration; none before sending begins. */
    List<Server> servers();

    /** Receivers that are spared first, then those that were sent most; none when receivers are not limited. */
    List<Receiver> receivers(int limit);

    /** Whether receivers are limited at all. */
    boolean limitsReceivers();

    /** Lets a receiver have its usual limit again, on all nodes within seconds. Mails already given back keep their time. */
    void lift(String receiver);

    /**
     * A mail server.
     *
     * @param name {@code main} for the one of {@code tidings.smtp.url}
     * @param address host and port
     * @param domains sender domains that it carries; empty for all
     * @param weight 0: only while others are down
     * @param downSince empty while it answers
     * @param nextTry when it is tried again
     * @param connections open of those allowed
     * @param perSecond mails handed over a second by this node, over the last ten
     * @param limitPerSecond over all nodes; 0 for none
     * @param sent by this node since it started
     */
    record Server(
            String name,
            String address,
            Set<MessageClass> classes,
            Set<String> domains,
            int weight,
            Optional<OffsetDateTime> downSince,
            Optional<OffsetDateTime> nextTry,
            Optional<Diagnostic> lastError,
            Optional<OffsetDateTime> lastSuccess,
            int openConnections,
            int connections,
            double perSecond,
            int limitPerSecond,
            long sent) {}

    /**
     * Who takes mails of some domains.
     *
     * @param name an operator such as {@code google} or a domain
     * @param atOnce mails on their way at most; 0 for no limit
     * @param perSecond at most; 0 for no limit
     * @param restraint empty while its usual limit holds
     * @param onTheirWay of this node
     * @param sent by this node since it started
     */
    record Receiver(String name, int atOnce, int perSecond, Optional<Restraint> restraint, int onTheirWay, long sent) {}

    /**
     * How a receiver is spared.
     *
     * @param perMinute mails a minute at most; 0: none
     * @param reason its words
     */
    record Restraint(OffsetDateTime since, OffsetDateTime until, int perMinute, String reason) {
        public boolean isPause() {
            return perMinute == 0;
        }
    }
}
