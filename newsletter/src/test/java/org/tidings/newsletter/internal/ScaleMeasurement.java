package org.tidings.newsletter.internal;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tidings.mail.Addressee;
import org.tidings.mail.AudienceQuery;
import org.tidings.mail.MailKind;
import org.tidings.mail.testing.TestDatabase;
import org.tidings.newsletter.IssueId;
import org.tidings.newsletter.IssueText;
import org.tidings.newsletter.Means;
import org.tidings.newsletter.NewsletterId;

/**
 * Figures at scale, not part of the tests: {@code mvn -pl newsletter -am test -Dtest=ScaleMeasurement
 * -Dsurefire.failIfNoSpecifiedTests=false -DargLine="-Xmx1g -Dtidings.scale.rows=100000"}.
 */
class ScaleMeasurement {

    private static final int ROWS = Integer.getInteger("tidings.scale.rows", 100_000);

    @Test
    void onH2() throws Exception {
        measure(TestDatabase.h2("newsletter"));
    }

    @Test
    void onPostgreSql() throws Exception {
        measure(TestDatabase.postgreSql("newsletter"));
    }

    private static void measure(TestDatabase database) throws Exception {
        try (House house = new House(database)) {
            NewsletterId news = house.newsletter("News");
            IssueId issue = database.call(() -> house.issues.write(news, new IssueText("Hi", "", "Hi"), house.staff));
            for (int from = 0; from < ROWS; from += 50_000) {
                StringBuilder csv = new StringBuilder("address,name\n");
                for (int i = from; i < from + 50_000; i++) {
                    csv.append("reader")
                            .append(i)
                            .append("@example.org,Reader ")
                            .append(i)
                            .append('\n');
                }
                byte[] bytes = csv.toString().getBytes(StandardCharsets.UTF_8);
                long begun = System.nanoTime();
                database.call(() -> house.subscribers.importFrom(
                        news,
                        new ByteArrayInputStream(bytes),
                        "Signed up on paper at the fair of 2026.",
                        false,
                        house.staff));
                print(database, "import at " + from, 50_000, begun);
            }
            AudienceQuery query = new AudienceQuery(MailKind.NEWSLETTER_ISSUE, issue.value(), house.clock.now());
            long begun = System.nanoTime();
            UUID after = null;
            int read = 0;
            List<Addressee> page = page(house, query, after);
            while (!page.isEmpty()) {
                read += page.size();
                after = page.get(page.size() - 1).recipient();
                page = page(house, query, after);
            }
            print(database, "audience", read, begun);
            begun = System.nanoTime();
            database.call(() -> house.audience.count(query));
            print(database, "count", ROWS, begun);
            List<String> tokens = database.call(() -> house.audience.after(query, null, 5_000)).stream()
                    .map(a -> house.tokens.tokenFor(a.recipient()))
                    .toList();
            oneClick(database, house, tokens);
        }
    }

    private static void oneClick(TestDatabase database, House house, List<String> tokens) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        AtomicInteger next = new AtomicInteger();
        long begun = System.nanoTime();
        List<Future<?>> all = IntStream.range(0, 16)
                .<Future<?>>mapToObj(t -> threads.submit(() -> {
                    for (int i = next.getAndIncrement(); i < tokens.size(); i = next.getAndIncrement()) {
                        String token = tokens.get(i);
                        database.inTransaction(() -> house.preferences.unsubscribe(token, Means.ONE_CLICK));
                    }
                }))
                .toList();
        for (Future<?> one : all) {
            one.get();
        }
        print(database, "one-click, 16 threads", tokens.size(), begun);
        threads.shutdown();
    }

    private static List<Addressee> page(House house, AudienceQuery query, @Nullable UUID after) {
        return house.database.call(() -> house.audience.after(query, after, 1_000));
    }

    private static void print(TestDatabase database, String what, long count, long begun) {
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf(
                "SCALE %s %s: %,d in %.2f s, %,.0f/s%n", database.product(), what, count, seconds, count / seconds);
    }
}
