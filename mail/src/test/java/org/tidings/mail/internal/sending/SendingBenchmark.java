package org.tidings.mail.internal.sending;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.tidings.mail.MailBody;
import org.tidings.mail.MailingId;
import org.tidings.mail.MailingProgress;
import org.tidings.mail.MailingState;
import org.tidings.mail.internal.settings.TestSettings;
import org.tidings.mail.internal.signing.Signers;
import org.tidings.mail.internal.signing.dkim.DkimAlgorithm;
import org.tidings.mail.internal.signing.dkim.DkimKey;
import org.tidings.mail.internal.signing.dkim.DkimSigner;
import org.tidings.mail.internal.tables.Sql;
import org.tidings.mail.testing.TestDatabase;

/**
 * The engine alone in one JVM, with an audience in a table, against a mail server that is there already. Started by
 * {@code benchmarks/sending.sh}, which says what the figures mean.
 */
final class SendingBenchmark {

    private static final int WARM_UP = 20_000;
    private static final int BODY_BYTES = 20_000;

    private final Sql sql;
    private final EngineOnTable mail;
    private final int recipients;

    private SendingBenchmark(
            TestDatabase database, int port, int connections, String signing, int recipients, Path data) {
        this.recipients = recipients;
        sql = new Sql(database.dataSource());
        TestSettings settings = TestSettings.acme()
                .with("tidings.smtp.url", "smtp://127.0.0.1:" + port + "?tls=none")
                .with("tidings.smtp.connections", String.valueOf(connections + 1))
                .with("tidings.smtp.mails-per-connection", "100000")
                .with("tidings.mail.bounce.domain", "bounce.acme.example.com")
                .with("tidings.mail.batch", System.getProperty("batch", "500"));
        ReadersTable all = ReadersTable.filled(sql, recipients);
        mail = EngineOnTable.started(
                database, settings, data, signers(signing), all, new ReadersTable(sql, "few", WARM_UP));
    }

    private static Signers signers(String signing) {
        List<DkimKey> keys = new ArrayList<>();
        if (signing.equals("rsa") || signing.equals("both")) {
            keys.add(DkimKey.generate(DkimAlgorithm.RSA, "acme.example.com", "2026h2r"));
        }
        if (signing.equals("ed25519") || signing.equals("both")) {
            keys.add(DkimKey.generate(DkimAlgorithm.ED25519, "acme.example.com", "2026h2e"));
        }
        if (keys.isEmpty()) {
            return domain -> Optional.empty();
        }
        Optional<DkimSigner> signer = Optional.of(new DkimSigner(keys, Duration.ofDays(10)));
        return domain -> signer;
    }

    /** @param arguments JDBC URL, its user, the sink's port, connections, none|rsa|ed25519|both, recipients, data folder */
    public static void main(String[] arguments) throws Exception {
        try (TestDatabase database = TestDatabase.at(arguments[0], arguments[1], "mail")) {
            SendingBenchmark benchmark = new SendingBenchmark(
                    database,
                    Integer.parseInt(arguments[2]),
                    Integer.parseInt(arguments[3]),
                    arguments[4],
                    Integer.parseInt(arguments[5]),
                    Path.of(arguments[6]));
            benchmark.run();
        }
        System.exit(0);
    }

    private void run() throws Exception {
        await(start("few"));
        Map<String, Long> cpuBefore = cpu();
        long postgresBefore = postgresMillis();
        long ledgerBefore = ledgerBytes();
        long sentBefore = mail.engine.sent();
        Peak peak = new Peak();
        long startedAt = System.nanoTime();
        MailingId mailing = start("readers");
        while (mail.engine.sent() == sentBefore) {
            Thread.sleep(1);
        }
        long firstAt = System.nanoTime();
        MailingProgress done = await(mailing, peak);
        long endedAt = System.nanoTime();
        if (done.sent() != recipients) {
            throw new AssertionError("sent " + done.sent() + " of " + recipients + ": " + done);
        }
        double seconds = (endedAt - firstAt) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "mails/s %.0f  first after %.2f s  heap after GC %d MB  resident %d MB  ledger %.0f bytes a recipient%n",
                recipients / seconds,
                (firstAt - startedAt) / 1e9,
                peak.heapBytes >> 20,
                residentKib() >> 10,
                (ledgerBytes() - ledgerBefore) / (double) recipients);
        StringBuilder costs = new StringBuilder("  CPU microseconds a mail:");
        cpu().forEach((group, nanos) -> {
            long spent = nanos - cpuBefore.getOrDefault(group, 0L);
            costs.append(String.format(Locale.ROOT, " %s %.1f", group, spent / 1e3 / recipients));
        });
        if (postgresBefore > 0) {
            costs.append(String.format(
                    Locale.ROOT, " postgresql %.1f", (postgresMillis() - postgresBefore) * 1e3 / recipients));
        }
        System.out.println(costs);
        if (sql.isPostgres()) {
            sizes();
        }
        mail.close();
    }

    private MailingId start(String audience) {
        String sentence = "Something happened at Acme that is worth a line or two, and here they are for you to read. ";
        MailBody.Builder body = MailBody.in(Locale.ENGLISH).heading("Hello {{name}}");
        for (int length = 0; length < BODY_BYTES / 4; length += sentence.length() * 5) {
            body.paragraph(sentence.repeat(5));
        }
        MailBody written = body.footer("Your preferences", "{{preferencesUrl}}")
                .footer("Unsubscribe", "{{unsubscribeUrl}}")
                .build();
        return mail.startIssue(audience, written, recipients);
    }

    private MailingProgress await(MailingId mailing) throws InterruptedException {
        return await(mailing, new Peak());
    }

    private MailingProgress await(MailingId mailing, Peak peak) throws InterruptedException {
        while (true) {
            MailingProgress progress = mail.progress(mailing);
            if (progress.state() == MailingState.FINISHED) {
                return progress;
            }
            peak.look();
            Thread.sleep(20);
        }
    }

    /** The most heap that was in use after a collection. */
    private static final class Peak {
        private long heapBytes;

        void look() {
            long used = 0;
            for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
                if (pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null) {
                    used += pool.getCollectionUsage().getUsed();
                }
            }
            heapBytes = Math.max(heapBytes, used);
        }
    }

    private static Map<String, Long> cpu() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Map<String, Long> groups = new TreeMap<>();
        for (ThreadInfo info : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (info != null && info.getThreadName().startsWith("mail-")) {
                String group = info.getThreadName().split("-", -1)[1];
                groups.merge(group, threads.getThreadCpuTime(info.getThreadId()), Long::sum);
            }
        }
        long process = ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
        groups.put("process", process);
        return groups;
    }

    private static long residentKib() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        }
    }

    /** CPU time of the database server's processes, where its number is given. */
    private static long postgresMillis() throws IOException {
        String postmaster = System.getProperty("postmaster", "");
        if (postmaster.isEmpty()) {
            return 0;
        }
        long ticks = 0;
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path process : processes
                    .filter(p -> p.getFileName().toString().matches("\\d+"))
                    .toList()) {
                try {
                    String stat = Files.readString(process.resolve("stat"));
                    String[] parts = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
                    if (parts[1].equals(postmaster)) {
                        ticks += Long.parseLong(parts[11]) + Long.parseLong(parts[12]);
                    }
                } catch (IOException gone) {
                    // it has ended since
                }
            }
        }
        return ticks * 10;
    }

    private long ledgerBytes() {
        return sql.isPostgres() ? sql.number("select pg_total_relation_size('mail.deliveries')") : 0;
    }

    private void sizes() {
        long rows = sql.number("select count(*) from mail.deliveries");
        StringBuilder text = new StringBuilder("  bytes a recipient: table ");
        text.append(sql.number("select pg_table_size('mail.deliveries')") / rows);
        sql.list(
                        "select indexrelid::regclass::text as name, pg_relation_size(indexrelid) as size from pg_index"
                                + " where indrelid = 'mail.deliveries'::regclass",
                        row -> ", " + row.getString("name") + " " + row.getLong("size") / rows)
                .forEach(text::append);
        System.out.println(text);
    }
}
