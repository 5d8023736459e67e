package org.tidings.web.health;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.ObjectName;
import org.tidings.accounts.FormMail;
import org.tidings.mail.MailTraffic;
import org.tidings.mail.MessageClass;
import org.tidings.mail.RestoredDatabase;
import org.tidings.mail.Sending;
import org.tidings.mail.SendingFigures;
import org.tidings.mail.SendingState;
import org.tidings.site.Jobs;
import org.tidings.site.Jobs.Job;
import org.tidings.web.access.Public;
import org.tidings.web.start.Database;

/**
 * {@code /metrics} in Prometheus' text format 0.0.4. Figures of the process, of requests by route template, of mail; none of
 * them says anything about a person (P9). Who may read them is decided by {@link StateAccess}.
 */
@Path("/metrics")
public class MetricsResource {

    private static final String REFUSALS = "org.tidings:type=Refusals";

    /** The spared ones come first. */
    private static final int RECEIVERS_AT_MOST = 1_000;

    private final RequestTimes times;
    private final Instance<Sending> sending;
    private final Instance<SendingFigures> figures;
    private final Instance<MailTraffic> traffic;
    private final Instance<RestoredDatabase> restored;
    private final Instance<FormMail> formMail;
    private final Jobs jobs;
    private final Database database;
    private final DatabaseProbe probe;
    private final Clock clock;

    @Inject
    public MetricsResource(
            RequestTimes times,
            Instance<Sending> sending,
            Instance<SendingFigures> figures,
            Instance<MailTraffic> traffic,
            Instance<RestoredDatabase> restored,
            Instance<FormMail> formMail,
            Jobs jobs,
            Database database,
            DatabaseProbe probe,
            Clock clock) {
        this.times = times;
        this.sending = sending;
        this.figures = figures;
        this.traffic = traffic;
        this.restored = restored;
        this.formMail = formMail;
        this.jobs = jobs;
        this.database = database;
        this.probe = probe;
        this.clock = clock;
    }

    @GET
    @Public
    @Produces("text/plain; version=0.0.4; charset=utf-8")
    public String metrics() {
        var text = new Text();
        process(text);
        requests(text);
        refused(text);
        jobs(text);
        return probe.trouble().isPresent()
                ? text.toString()
                : text + probe.within(this::figures).orElse("");
    }

    private void jobs(Text text) {
        List<Job> all = jobs.list();
        text.head("job_runs_total", "counter", "Runs of what this process does by itself.");
        all.forEach(job -> text.line("job_runs_total", job(job), job.runs()));
        text.head("job_failures_total", "counter", "Of those, the ones in which something was not done.");
        all.forEach(job -> text.line("job_failures_total", job(job), job.failures()));
        text.head("job_fails", "gauge", "Whether a job has not succeeded since it last failed.");
        all.forEach(job -> text.line("job_fails", job(job), job.fails() ? 1 : 0));
    }

    private static String job(Job job) {
        return "job=\"" + Text.label(job.name()) + "\"";
    }

    private String figures() {
        var text = new Text();
        accounts(text);
        mail(text);
        return text.toString();
    }

    private void process(Text text) {
        var memory = ManagementFactory.getMemoryMXBean();
        text.gauge("tidings_ready", "Whether all schemas are current.", database.isMigrated() ? 1 : 0);
        text.gauge(
                "process_uptime_seconds",
                "Time since the start.",
                ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0);
        text.gauge(
                "jvm_heap_used_bytes",
                "Heap in use.",
                memory.getHeapMemoryUsage().getUsed());
        text.gauge(
                "jvm_heap_max_bytes",
                "Largest heap.",
                memory.getHeapMemoryUsage().getMax());
        text.gauge(
                "jvm_nonheap_used_bytes",
                "Memory beside the heap.",
                memory.getNonHeapMemoryUsage().getUsed());
        text.gauge(
                "jvm_direct_used_bytes",
                "Direct buffers.",
                ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum());
        text.gauge(
                "jvm_threads",
                "Live threads.",
                ManagementFactory.getThreadMXBean().getThreadCount());
        text.counter(
                "jvm_gc_seconds_total",
                "Time spent collecting garbage.",
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                                .sum()
                        / 1000.0);
    }

    private void requests(Text text) {
        text.head("http_request_seconds", "histogram", "Requests by method, route template and status.");
        times.routes().forEach((route, taken) -> {
            String labels = "method=\"" + Text.label(route.method()) + "\",route=\"" + Text.label(route.template())
                    + "\",status=\"" + route.status() + "\"";
            long below = 0;
            for (int i = 0; i < RequestTimes.SECONDS.length; i++) {
                below += taken.buckets[i].sum();
                text.line("http_request_seconds_bucket", labels + ",le=\"" + RequestTimes.SECONDS[i] + "\"", below);
            }
            text.line("http_request_seconds_bucket", labels + ",le=\"+Inf\"", taken.count.sum());
            text.line("http_request_seconds_sum", labels, taken.nanos.sum() / 1e9);
            text.line("http_request_seconds_count", labels, taken.count.sum());
        });
    }

    /** What tidings.jar turned away before it was a request; where the application runs by itself there is nothing of the kind. */
    private static void refused(Text text) {
        try {
            var counts = (Map<?, ?>)
                    ManagementFactory.getPlatformMBeanServer().getAttribute(new ObjectName(REFUSALS), "Counts");
            text.head(
                    "http_refused_total",
                    "counter",
                    "Requests and connections refused before the application, by reason.");
            counts.forEach((reason, count) -> text.line(
                    "http_refused_total", "reason=\"" + Text.label(reason.toString()) + "\"", (Number) count));
        } catch (InstanceNotFoundException e) {
            // Not in tidings.jar.
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    private void accounts(Text text) {
        if (!formMail.isResolvable()) {
            return;
        }
        FormMail.Requests requests = formMail.get().requests();
        text.gauge(
                "accounts_requests_waiting",
                "Requests for links to register, to reactivate or to choose a password that are not answered yet.",
                requests.waiting());
        text.gauge(
                "accounts_requests_held",
                "Whether so many such links were mailed within the hour that further ones wait.",
                requests.held() ? 1 : 0);
    }

    private void mail(Text text) {
        if (!sending.isResolvable()) {
            return;
        }
        SendingState state = sending.get().state();
        text.gauge("mail_letters_waiting", "Letters that wait to be sent.", state.waiting());
        text.gauge(
                "mail_oldest_waiting_seconds",
                "How long the oldest of them has waited.",
                state.oldestWaiting()
                        .map(at ->
                                Duration.between(at, OffsetDateTime.now(clock)).toMillis() / 1000.0)
                        .orElse(0.0));
        text.gauge(
                "mail_server_refuses",
                "Whether the last thing that the mail server did was to refuse or not to answer.",
                state.lastError().isPresent() ? 1 : 0);
        if (restored.isResolvable()) {
            text.gauge(
                    "mail_database_restored",
                    "Whether an older database was put back and nobody has looked at it yet.",
                    restored.get().noticed().isPresent() ? 1 : 0);
        }
        if (figures.isResolvable() && traffic.isResolvable()) {
            lanes(text, figures.get());
            tries(text, figures.get());
            servers(text, traffic.get().servers());
            text.gauge(
                    "mail_receivers_spared",
                    "Receivers that asked to be spared, or put off too much (of those known to this process).",
                    traffic.get().receivers(RECEIVERS_AT_MOST).stream()
                            .filter(receiver -> receiver.restraint().isPresent())
                            .count());
        }
    }

    private void lanes(Text text, SendingFigures kept) {
        List<SendingFigures.Lane> lanes = kept.lanes();
        text.head("mail_waiting", "gauge", "Letters, and recipients of mailings not decided, by lane.");
        lanes.forEach(lane -> text.line("mail_waiting", lane(lane.lane()), lane.waiting()));
        text.head("mail_waiting_oldest_seconds", "gauge", "How long the oldest of a lane has waited.");
        lanes.forEach(lane -> text.line(
                "mail_waiting_oldest_seconds",
                lane(lane.lane()),
                lane.oldest()
                        .map(at -> Math.max(
                                0,
                                Duration.between(at, OffsetDateTime.now(clock)).toMillis() / 1000.0))
                        .orElse(0.0)));
        text.gauge(
                "mail_alarms",
                "Reasons for which servers refuse this site, within a day.",
                kept.alarms().size());
        text.gauge(
                "mail_mailings_stopped",
                "Mailings that stopped by themselves and wait for staff.",
                kept.stopped().size());
        text.gauge(
                "mail_unaccounted",
                "People of mailings that are over of whom it is not known what became; above 0 somebody has to look.",
                kept.unaccounted().stream()
                        .mapToLong(SendingFigures.Unaccounted::n)
                        .sum());
    }

    private static void tries(Text text, SendingFigures kept) {
        text.head("mail_tries_total", "counter", "Tries of this process by lane, outcome and reason.");
        kept.counters()
                .forEach(one -> text.line(
                        "mail_tries_total",
                        lane(one.lane()) + ",outcome=\"" + one.outcome().toLowerCase(Locale.ROOT) + "\",reason=\""
                                + Text.label(one.reason().toLowerCase(Locale.ROOT)) + "\"",
                        one.n()));
        text.head("mail_returned_total", "counter", "What came back, of all processes, by sort and reason.");
        kept.returned()
                .forEach(one -> text.line(
                        "mail_returned_total",
                        "sort=\"" + Text.label(one.outcome()) + "\",reason=\""
                                + Text.label(one.reason().toLowerCase(Locale.ROOT)) + "\"",
                        one.n()));
    }

    private static void servers(Text text, List<MailTraffic.Server> servers) {
        text.head("mail_connections", "gauge", "Open connections of this process by mail server.");
        servers.forEach(server -> text.line("mail_connections", server(server), server.openConnections()));
        text.head("mail_server_up", "gauge", "Whether a mail server answers.");
        servers.forEach(server ->
                text.line("mail_server_up", server(server), server.downSince().isPresent() ? 0 : 1));
        text.head("mail_server_sent_total", "counter", "Mails that a mail server took from this process.");
        servers.forEach(server -> text.line("mail_server_sent_total", server(server), server.sent()));
    }

    private static String lane(MessageClass lane) {
        return "lane=\"" + lane.name().toLowerCase(Locale.ROOT) + "\"";
    }

    private static String server(MailTraffic.Server server) {
        return "server=\"" + Text.label(server.name()) + "\"";
    }

    private static final class Text {

        private final StringBuilder text = new StringBuilder(8192);

        void gauge(String name, String help, Number value) {
            head(name, "gauge", help);
            line(name, "", value);
        }

        void counter(String name, String help, Number value) {
            head(name, "counter", help);
            line(name, "", value);
        }

        void head(String name, String type, String help) {
            text.append("# HELP ").append(name).append(' ').append(help).append('\n');
            text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        }

        void line(String name, String labels, Number value) {
            text.append(name);
            if (!labels.isEmpty()) {
                text.append('{').append(labels).append('}');
            }
            text.append(' ').append(number(value)).append('\n');
        }

        private static String number(Number value) {
            return value instanceof Double fraction ? String.format(Locale.ROOT, "%.6f", fraction) : value.toString();
        }

        static String label(String value) {
            return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
