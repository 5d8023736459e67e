package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidings.it.Newsroom.Figures;
import org.tidings.it.Newsroom.Paper;

/** Two nodes on one PostgreSQL share mailings, letters and people, with nothing wrong and with one of them dying or standing still. */
@Tag("own-process")
class TwoNodesIT extends EndingProofs {

    private static final String PEOPLE = "people.example.org";
    private static final long PROMISED_NANOS = 1_000_000_000L;
    private static final String SLEEPING =
            "from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'";

    TwoNodesIT() {
        super(Fleet.onPostgres("two-nodes", 2));
    }

    // Nothing is wrong

    @Test
    void writeThreeIssuesToEverybodyOnce() {
        Paper paper = newsroom().paper(node(1), "plain", Scale.readers());
        Set<String> gates = new HashSet<>();
        for (int i = 1; i <= 3; i++) {
            String subject = "Plain issue " + i;

            String mailing = newsroom().send(node(1 + i % 2), paper, subject);

            Figures end = newsroom().awaitFinished(node(1), mailing);
            Reach reach = Reach.of(sink(), subject, paper.readers());
            Scale.note(
                    "two nodes, issue %d: %s, copies %d, twice %d",
                    i, end, reach.copies(), reach.twice().size());
            reach.isEverybodyOnce();
            assertThat(end).isEqualTo(allSent(paper, 0));
            assertThat(newsroom().handedOver(node(2), mailing))
                    .isEqualTo(paper.readers().size());
            sink().mails(subject).forEach(mail -> gates.add(mail.gate()));
        }
        assertThat(gates).as("both took part").containsExactlyInAnyOrder(Fleet.gateOf(1), Fleet.gateOf(2));
    }

    @Test
    void sendTenScheduledIssuesOnce() throws SQLException {
        Paper paper = newsroom().paper(node(1), "scheduled", 200);
        OffsetDateTime soon = now(1).plusSeconds(3);

        List<String> issues = IntStream.rangeClosed(1, 10)
                .mapToObj(i -> newsroom().schedule(node(1 + i % 2), paper, "Scheduled issue " + i, soon))
                .toList();

        for (String issue : issues) {
            String mailing = newsroom().awaitMailing(node(1), issue);
            assertThat(newsroom().awaitFinished(node(1), mailing)).isEqualTo(allSent(paper, 0));
        }
        for (int i = 1; i <= 10; i++) {
            Reach.of(sink(), "Scheduled issue " + i, paper.readers()).isEverybodyOnce();
        }
        assertThat(fleet().number("select count(*) from mail.mailings where title like '%: Scheduled issue %'"))
                .as("mailings")
                .isEqualTo(10);
    }

    @Test
    void confirmEveryRegistrationOnce() throws Exception {
        sink().keepWhole(PEOPLE);
        List<String> people = IntStream.rangeClosed(1, 60)
                .mapToObj(i -> "registers-" + i + "@" + PEOPLE)
                .toList();

        atOnce(people, (person, number) -> register(1 + number % 2, person));

        people.forEach(person -> sink().to(person, "/confirm/"));
        fleet().awaitNumber(0, "select count(*) from mail.letters where next_try is not null");
        List<String> notOnce = people.stream()
                .filter(person -> sink().countTo(person) != 1)
                .map(person -> person + " " + sink().countTo(person))
                .toList();
        assertThat(notOnce).as("did not get one confirmation").isEmpty();
    }

    @Test
    void sendOnceThoughOneClockIsTenMinutesFast() throws SQLException {
        Paper paper = newsroom().paper(node(1), "fast-clock", 500);
        long before = node(2).clock().shiftMillis();
        node(2).clock().shiftBy(before + Duration.ofMinutes(10).toMillis());
        try {
            String later = newsroom().schedule(node(1), paper, "Beyond both clocks", now(2).plusMinutes(5));
            String soon = newsroom().schedule(node(1), paper, "Soon", now(1).plusSeconds(3));
            for (int i = 1; i <= 2; i++) {
                String subject = "Ordered at node " + i;

                String mailing = newsroom().send(node(i), paper, subject);

                assertThat(newsroom().awaitFinished(node(1), mailing)).isEqualTo(allSent(paper, 0));
                Reach.of(sink(), subject, paper.readers()).isEverybodyOnce();
            }
            String mailing = newsroom().awaitMailing(node(1), soon);
            assertThat(newsroom().awaitFinished(node(1), mailing)).isEqualTo(allSent(paper, 0));
            Reach.of(sink(), "Soon", paper.readers()).isEverybodyOnce();
            assertThat(newsroom().isWaiting(node(2), later)).isTrue();
            newsroom().cancel(node(1), later);
        } finally {
            node(2).clock().shiftBy(before);
        }
        assertThat(fleet().number("select count(*) from mail.mailings where title like '%: Soon'"))
                .isEqualTo(1);
    }

    @Test
    void beginNothingForWhoLeftMoreThanASecondAgo() throws Exception {
        Random chance = new Random(Scale.seed());
        sink().keepWhole(PEOPLE);
        List<String> members = IntStream.rangeClosed(1, 16)
                .mapToObj(i -> "member-" + i + "@" + PEOPLE)
                .toList();
        List<String> readers = new ArrayList<>(members);
        IntStream.rangeClosed(1, 1_500).forEach(i -> readers.add("leaves-" + i + "@example.org"));
        Paper paper = newsroom().paper(node(1), "left", readers);
        newsroom().awaitFinished(node(1), newsroom().send(node(1), paper, "Before they leave"));
        Map<String, String> oneClick = sink().mails("Before they leave").stream()
                .collect(Collectors.toMap(MailSink.Mail::to, MailSink.Mail::oneClick, (a, b) -> a));
        Map<String, HttpBrowser> signedIn = new ConcurrentHashMap<>();
        atOnce(members, (member, number) -> signedIn.put(member, opensAccount(1 + number % 2, member)));

        sink().delayEveryMail(Duration.ofMillis(20));
        String mailing = newsroom().send(node(1), paper, "While they leave");
        Map<String, Long> left = new ConcurrentHashMap<>();
        List<String> leaving = new ArrayList<>(readers.subList(members.size(), readers.size()));
        Collections.shuffle(leaving, chance);
        List<String> all = new ArrayList<>(members);
        all.addAll(leaving.subList(0, 150));
        Collections.shuffle(all, chance);
        atOnce(all, (person, number) -> {
            HttpBrowser browser = signedIn.get(person);
            if (browser == null) {
                oneClick(1 + number % 2, oneClick.getOrDefault(person, ""));
            } else {
                browser.get("/me/close").formTo("/me/close/deactivate").submit();
            }
            left.put(person, System.nanoTime());
        });
        Figures end = newsroom().awaitFinished(node(1), mailing);

        List<String> tooLate = sink().mails("While they leave").stream()
                .filter(mail ->
                        mail.begunAt() > left.getOrDefault(mail.to(), Long.MAX_VALUE - PROMISED_NANOS) + PROMISED_NANOS)
                .map(MailSink.Mail::to)
                .toList();
        assertThat(tooLate).as("begun more than a second after they had left").isEmpty();
        Set<String> stayed = new HashSet<>(readers);
        stayed.removeAll(all);
        Set<String> lost = Reach.of(sink(), "While they leave", readers).lost();
        Scale.note("left while it ran: %d, of them %d without it; %s", all.size(), lost.size(), end);
        assertThat(lost).as("lost though they stayed").doesNotContainAnyElementsOf(stayed);
        assertThat(lost).as("left in time, so that something is proved").hasSizeGreaterThan(10);
        assertThat(Reach.of(sink(), "While they leave", readers).twice()).isEmpty();
        assertThat(end)
                .isEqualTo(new Figures(
                        "finished", readers.size(), (long) readers.size() - lost.size(), 0, lost.size(), 0, 0));
    }

    // One of them dies or stands still

    /**
     * A trigger makes the moment certain: the cursor has moved, the claim is on its way, and its node dies. The other one is kept from
     * reserving meanwhile by mails that get no reply.
     */
    @Test
    void loseNobodyWhenOneIsKilledBetweenCursorAndClaim() throws SQLException {
        Paper paper = newsroom().paper(node(1), "between", Scale.readers());
        String subject = "Between cursor and claim";
        sink().delayEveryMail(Duration.ofMillis(10));
        sink().hold(Fleet.gateOf(1));
        String mailing = newsroom().send(node(1), paper, subject);
        sink().awaitHeld(Fleet.gateOf(1));

        sleepsInItsNextClaim(2, 120);
        fleet().awaitNumber(1, "select count(*) " + SLEEPING);
        node(2).killAll();
        // The server process would notice the death of its client only after its sleep.
        fleet().execute("select pg_terminate_backend(pid) " + SLEEPING);
        sleepsNoMore();
        sink().release();

        Figures end = newsroom().awaitFinished(node(1), mailing);
        Set<String> doubtful = newsroom().doubtful(node(1), paper, mailing);
        Reach reach = Reach.of(sink(), subject, paper.readers());
        Scale.note(
                "killed between cursor and claim: %s, lost %d",
                end, reach.lost().size());
        reach.isNobodyLost();
        reach.isTwiceOnly(doubtful);
        assertThat(doubtful).as("no more than were in flight").hasSizeLessThanOrEqualTo(IN_FLIGHT);
        assertThat(end).isEqualTo(allSent(paper, doubtful.size()));
    }

    /**
     * It stands still for longer than it takes to be given up, with mails on their way and in the middle of a reservation, whose locks
     * it holds; the other one goes on and ends the mailing. Then it wakes up and goes on where it was.
     */
    @Test
    void writeToNobodyTwiceWhenOneWasFrozenAndWakesUp() throws SQLException {
        Paper paper = newsroom().paper(node(1), "frozen", Scale.readers());
        String subject = "Frozen and awake";
        sink().delayEveryMail(Duration.ofMillis(10));
        String before = fleet().idOf(2);
        String mailing = newsroom().send(node(1), paper, subject);
        sink().awaitCount(subject, paper.readers().size() / 10);
        sleepsInItsNextClaim(2, 2);
        fleet().awaitNumber(1, "select count(*) " + SLEEPING);

        long frozenAt = System.nanoTime();
        node(2).freeze();
        try {
            newsroom().awaitFinished(node(1), mailing);
            Scale.note("frozen: the other was done after %d ms", (System.nanoTime() - frozenAt) / 1_000_000);
            while (System.nanoTime() - frozenAt < Scale.freeze().toNanos()) {
                TidingsProcess.pause(100);
            }
        } finally {
            node(2).thaw();
        }
        fleet().awaitNumber(0, "select count(*) from mail.nodes where id = cast(? as uuid)", before);
        fleet().awaitNumber(2, "select count(*) from mail.nodes");
        fleet().awaitNumber(0, "select count(*) from mail.claims");
        sleepsNoMore();

        Figures end = newsroom().figures(node(2), mailing);
        Set<String> doubtful = newsroom().doubtful(node(2), paper, mailing);
        Reach reach = Reach.of(sink(), subject, paper.readers());
        Scale.note(
                "frozen: %s, copies %d, twice %d",
                end, reach.copies(), reach.twice().size());
        reach.isNobodyLost();
        reach.isTwiceOnly(doubtful);
        assertThat(end).isEqualTo(allSent(paper, doubtful.size()));
    }

    /**
     * The order to send dies with its node while its key, the mailing and the audit's line are written but not committed. Asked at the
     * other node meanwhile it is under way, and afterwards it was never given.
     */
    @Test
    void anOrderThatDiedLeavesNoKeyAndIsGivenAgain() throws Exception {
        Paper paper = newsroom().paper(node(1), "order", 200);
        String subject = "Ordered twice";
        Newsroom.Draft draft = newsroom().draft(node(1), paper, subject);
        UUID key = UUID.randomUUID();
        sleepsOnce(120, "before insert on mail.mailings for each row");
        CompletableFuture<HttpResponse<String>> order =
                CompletableFuture.supplyAsync(() -> newsroom().order(node(2), draft, key));
        fleet().awaitNumber(1, "select count(*) " + SLEEPING);

        HttpResponse<String> meanwhile = newsroom().order(node(1), draft, key);
        assertThat(meanwhile.statusCode()).as(meanwhile.body()).isEqualTo(409);
        assertThat(meanwhile.headers().firstValue("Retry-After")).isPresent();
        assertThat(meanwhile.body()).contains("in-progress");

        node(2).killAll();
        assertThatThrownBy(order::join).hasCauseInstanceOf(UncheckedIOException.class);
        fleet().execute("select pg_terminate_backend(pid) " + SLEEPING);
        fleet().awaitNumber(0, "select count(*) " + SLEEPING);
        sleepsNoMore("mail.mailings");

        String mailing =
                Newsroom.json(202, newsroom().order(node(1), draft, key)).getString("mailing");
        HttpResponse<String> again = newsroom().order(node(1), draft, key);

        assertThat(Newsroom.json(202, again).getString("mailing")).isEqualTo(mailing);
        assertThat(newsroom().awaitFinished(node(1), mailing)).isEqualTo(allSent(paper, 0));
        Reach.of(sink(), subject, paper.readers()).isEverybodyOnce();
    }

    /** The cursor has moved, and the claim takes this long to be written, once. */
    private void sleepsInItsNextClaim(int node, int seconds) throws SQLException {
        sleepsOnce(seconds, "before insert on mail.claims for each row when (new.node = '" + fleet().idOf(node) + "')");
    }

    private void sleepsOnce(int seconds, String when) throws SQLException {
        fleet().execute("create sequence public.sleeps_once");
        fleet().execute("create function public.sleep() returns trigger language plpgsql as $$ begin"
                + " if nextval('public.sleeps_once') = 1 then perform pg_sleep(" + seconds + "); end if;"
                + " return new; end $$");
        fleet().execute("create trigger sleeps " + when + " execute function public.sleep()");
    }

    private void sleepsNoMore() throws SQLException {
        sleepsNoMore("mail.claims");
    }

    private void sleepsNoMore(String table) throws SQLException {
        fleet().execute("drop trigger sleeps on " + table);
        fleet().execute("drop function public.sleep");
        fleet().execute("drop sequence public.sleeps_once");
    }

    // What people do

    private interface Act {
        void by(String person, int number) throws Exception;
    }

    /** Four people at a time. */
    private static void atOnce(List<String> people, Act act) throws Exception {
        ExecutorService four = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < people.size(); i++) {
                int number = i;
                all.add(four.submit(() -> {
                    act.by(people.get(number), number);
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            four.shutdownNow();
        }
    }

    private HttpBrowser browser(int node) {
        return new HttpBrowser(node(node).url()).sendsFrom(Crew.anotherNetwork());
    }

    private HttpBrowser register(int node, String person) {
        HttpBrowser browser = browser(node);
        assertThat(browser.get("/register")
                        .form()
                        .fill("address", person)
                        .submit()
                        .status())
                .isEqualTo(200);
        return browser;
    }

    private HttpBrowser opensAccount(int node, String person) {
        HttpBrowser browser = register(node, person);
        String link = sink().to(person, "/confirm/");
        browser.get(URI.create(link).getPath())
                .form()
                .submit()
                .form()
                .fill("name", "Ada")
                .fill("password", Crew.PASSWORD)
                .submit();
        assertThat(Crew.signIn(browser, person, Crew.PASSWORD).path()).isEqualTo("/me");
        return browser;
    }

    private void oneClick(int node, String path) throws Exception {
        int status = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(node(node).url() + path))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("List-Unsubscribe=One-Click"))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
        assertThat(status).isEqualTo(200);
    }

    private OffsetDateTime now(int node) {
        return node(node).clock().instant().atOffset(ZoneOffset.UTC);
    }
}
