package org.tidings.mail.internal.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidings.mail.internal.composing.Envelope;
import org.tidings.mail.internal.outcomes.Reply;
import org.tidings.mail.internal.outcomes.Reply.Kind;
import org.tidings.mail.internal.replies.Reason;
import org.tidings.mail.internal.settings.MailSettings;
import org.tidings.mail.internal.settings.SmtpUrl;
import org.tidings.mail.internal.settings.TestSettings;
import org.tidings.mail.testing.ScriptedSmtpServer;
import org.tidings.mail.testing.TestCertificate;

/** The conversation, against a server that says what each test wants. */
@Timeout(60)
class SmtpRelayTest {

    @TempDir
    static Path folder;

    private final ScriptedSmtpServer server = ScriptedSmtpServer.started();

    @AfterEach
    void close() {
        server.close();
    }

    private SmtpRelay to(String query) {
        return to("localhost", query, (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    private SmtpRelay to(String authority, String query, SSLSocketFactory trusting) {
        return new SmtpRelay(
                TestSettings.acme().with("tidings.smtp.timeout.reply", "PT10S").read(),
                500,
                SmtpUrl.parse("tidings.smtp.url", "smtp://" + authority + ":" + server.port() + "?" + query),
                trusting);
    }

    /** One mail; remembers what it was asked and told. */
    private static final class Mail implements Relay.Handover {
        private final String recipient;
        private final int length;
        private final List<String> seen = new ArrayList<>();
        private int allowed = Integer.MAX_VALUE;
        private @Nullable Reply reply;

        Mail(String recipient) {
            this(recipient, 0);
        }

        Mail(String recipient, int length) {
            this.recipient = recipient;
            this.length = length;
        }

        /** Allowed so many times when asked. */
        Mail allowed(int times) {
            allowed = times;
            return this;
        }

        Reply reply() {
            if (reply == null) {
                throw new AssertionError("not told: " + recipient);
            }
            return reply;
        }

        @Override
        public Envelope envelope() {
            return new Envelope("news@acme.example.com", recipient, "id+1");
        }

        @Override
        public byte[] content() {
            return ("From: news@acme.example.com\r\nTo: " + recipient + "\r\n\r\nHello\r\n"
                            + "x\r\n".repeat(length / 3))
                    .getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public boolean mayBegin() {
            return allowed-- > 0;
        }

        @Override
        public void begins() {
            seen.add("begins");
        }

        @Override
        public void over(Reply told) {
            assertThat(reply).as("told once").isNull();
            reply = told;
            seen.add(told.kind().name());
        }
    }

    /** Sends them as a sender does: whatever the connection does not ask for goes by a call of its own. */
    private static void send(Relay.Connection connection, Mail... mails) {
        Deque<Relay.Handover> waiting = new ArrayDeque<>(List.of(mails));
        while (!waiting.isEmpty() && connection.usable()) {
            connection.send(waiting.pop(), waiting::poll);
        }
    }

    private static Mail[] mails(int count) {
        Mail[] mails = new Mail[count];
        for (int i = 0; i < count; i++) {
            mails[i] = new Mail("r" + i + "@example.org");
        }
        return mails;
    }

    @Test
    void announcesTheNextMailWithTheContentBeforeWherePipeliningIsOffered() throws Exception {
        server.keepCommands();
        try (Relay.Connection connection = to("tls=none").connect()) {
            Mail[] mails = mails(20);
            send(connection, mails);

            assertThat(mails).allMatch(m -> m.reply().kind() == Kind.ACCEPTED);
            assertThat(server.mails()).hasSize(20);
            assertThat(server.mails().get(19).text()).endsWith("\r\n\r\nHello\r\n");
            // Not ahead of the first, which shows whether the server is prompt; nor behind the last.
            assertThat(server.announcedAhead()).isEqualTo(18);
        }
    }

    @Test
    void waitsForEveryReplyWherePipeliningIsNotOffered() throws Exception {
        server.offer("8BITMIME");
        try (Relay.Connection connection = to("tls=none").connect()) {
            Mail[] mails = mails(5);
            send(connection, mails);

            assertThat(mails).allMatch(m -> m.reply().kind() == Kind.ACCEPTED);
            assertThat(server.announcedAhead()).isZero();
        }
    }

    /** No DATA lies for long with a server that takes its time: it could be for somebody who has left meanwhile. */
    @Test
    void announcesNothingAheadToASlowServer() throws Exception {
        server.pauseAtContent(250);
        try (Relay.Connection connection = to("tls=none").connect()) {
            send(connection, mails(4));

            assertThat(server.mails()).hasSize(4);
            assertThat(server.announcedAhead()).isZero();
        }
    }

    @Test
    void securesByStartTlsAndSignsIn() throws Exception {
        TestCertificate certificate = TestCertificate.in(folder);
        server.secureBy(certificate.context()).require("acme", "s3cret");
        SmtpRelay trusting = to(
                "acme:s3cret@localhost", "tls=required", certificate.context().getSocketFactory());
        try (Relay.Connection connection = trusting.connect()) {
            send(connection, mails(10));
        }

        assertThat(server.mails())
                .hasSize(10)
                .allMatch(m -> m.secured() && m.user().equals("acme"));
        assertThat(server.announcedAhead()).isGreaterThan(0);
    }

    @Test
    void requiredTlsTakesNoCertificateThatNobodyVouchesFor() {
        server.secureBy(TestCertificate.in(folder).context());

        assertThatThrownBy(() -> to("tls=required").connect()).isInstanceOf(Relay.NotConnected.class);
        assertThat(server.mails()).isEmpty();
    }

    @Test
    void requiredTlsTakesNoServerThatDoesNotOfferIt() {
        assertThatThrownBy(() -> to("tls=required").connect()).isInstanceOf(Relay.NotConnected.class);
    }

    /** As docs/operating.md says: it keeps listeners out, not impostors. */
    @Test
    void opportunisticTlsTakesAnyCertificateAndNoneAtAll() throws Exception {
        try (Relay.Connection connection = to("tls=opportunistic").connect()) {
            send(connection, mails(1));
        }
        server.secureBy(TestCertificate.in(folder).context());
        try (Relay.Connection connection = to("tls=opportunistic").connect()) {
            send(connection, mails(1));
        }

        assertThat(server.mails()).extracting(ScriptedSmtpServer.Mail::secured).containsExactly(false, true);
    }

    @Test
    void saysThatTheLoginIsRefused() {
        server.require("acme", "s3cret");

        assertThatThrownBy(
                        () -> to("acme:wrong@localhost", "tls=none", (SSLSocketFactory) SSLSocketFactory.getDefault())
                                .connect())
                .isInstanceOf(Relay.NotConnected.class)
                .hasMessageContaining("~login ")
                .hasMessageNotContaining("wrong");
    }

    /** SND-01, SND-05: what each reply to RCPT means, and that the mails after it go all the same. */
    @Test
    void judgesEveryRefusalAndGoesOnWithTheOthers() throws Exception {
        for (boolean pipelining : new boolean[] {true, false}) {
            server.offer(pipelining ? "PIPELINING" : "8BITMIME");
            server.onRecipient(recipient -> switch (recipient.substring(0, recipient.indexOf('@'))) {
                case "gone" -> "550 5.1.1 <" + recipient + ">: no such user";
                case "full" -> "552 5.2.2 mailbox full";
                case "many" -> "552 too many recipients";
                case "later" -> "451 4.7.1 greylisted";
                case "toomany" -> "452 4.5.3 too many recipients";
                case "listed" -> "554 5.7.1 listed by Spamhaus";
                case "class" -> "450 5.1.1 the class of the code counts";
                default -> null;
            });
            Mail gone = new Mail("gone@example.org");
            Mail full = new Mail("full@example.org");
            Mail many = new Mail("many@example.org");
            Mail later = new Mail("later@example.org");
            Mail tooMany = new Mail("toomany@example.org");
            Mail listed = new Mail("listed@example.org");
            Mail odd = new Mail("class@example.org");
            Mail good = new Mail("good@example.org");
            Mail last = new Mail("last@example.org");
            try (Relay.Connection connection = to("tls=none").connect()) {
                send(connection, mails(1)[0], good, gone, full, many, later, tooMany, listed, odd, last);
            }

            assertThat(gone.reply().kind()).isEqualTo(Kind.NOBODY_THERE);
            assertThat(gone.reply().text()).contains("5.1.1").doesNotContain("gone@");
            assertThat(full.reply().kind()).isEqualTo(Kind.REFUSED);
            assertThat(full.reply().reason()).contains(Reason.MAILBOX_FULL);
            assertThat(many.reply().kind())
                    .as("S02: 552 without a status is 452")
                    .isEqualTo(Kind.DEFERRED);
            assertThat(later.reply().kind()).isEqualTo(Kind.DEFERRED);
            assertThat(tooMany.reply().kind()).isEqualTo(Kind.DEFERRED);
            assertThat(listed.reply().kind()).isEqualTo(Kind.REFUSED);
            assertThat(listed.reply().reason()).contains(Reason.BLOCKLISTED);
            assertThat(odd.reply().kind()).isEqualTo(Kind.DEFERRED);
            assertThat(good.reply().kind()).isEqualTo(Kind.ACCEPTED);
            assertThat(last.reply().kind()).isEqualTo(Kind.ACCEPTED);
        }
        assertThat(server.mails()).hasSize(6);
    }

    /** SND-02: 421 ends the connection wherever it comes; nothing of the mail is lost by it. */
    @Test
    void endsTheConnectionAt421() throws Exception {
        server.onRecipient(recipient -> recipient.startsWith("busy") ? "421 4.3.2 shutting down" : null);
        Mail before = new Mail("before@example.org");
        Mail busy = new Mail("busy@example.org");
        try (Relay.Connection connection = to("tls=none").connect()) {
            send(connection, before, busy);

            assertThat(before.reply().kind()).isEqualTo(Kind.ACCEPTED);
            assertThat(busy.reply().kind()).isEqualTo(Kind.NOT_BEGUN);
            assertThat(busy.seen).doesNotContain("begins");
            assertThat(connection.usable()).isFalse();
        }
    }

    /** SND-02, RCV-03: the reason counts, also where the commands went together and the server answers none that follow. */
    @Test
    void hearsWhyAServerHangsUpAtARecipient() throws Exception {
        server.offer("PIPELINING")
                .onRecipient(
                        recipient -> recipient.startsWith("slow") ? "421 4.7.0 try again later, rate limited" : null);
        Mail before = new Mail("before@example.org");
        Mail slow = new Mail("slow@example.org");
        try (Relay.Connection connection = to("tls=none").connect()) {
            send(connection, before, slow);

            assertThat(before.reply().kind()).isEqualTo(Kind.ACCEPTED);
            assertThat(slow.reply().kind()).isEqualTo(Kind.NOT_BEGUN);
            assertThat(slow.reply().by()).isEqualTo(Reply.By.RECEIVER);
            assertThat(slow.reply().text()).startsWith("421 4.7.0").contains("rate limited");
            assertThat(slow.seen).doesNotContain("begins");
            assertThat(connection.usable()).isFalse();
        }
    }

    @Test
    void after421ToAContentTheMailIsPutOffAndTheNextOneNotBegun() throws Exception {
        server.onContent(mail -> mail.to().equals("r2@example.org") ? "421 4.3.2 shutting down" : null);
        Mail[] mails = mails(4);
        try (Relay.Connection connection = to("tls=none").connect()) {
            send(connection, mails);

            assertThat(mails[1].reply().kind()).isEqualTo(Kind.ACCEPTED);
            assertThat(mails[2].reply().kind()).isEqualTo(Kind.DEFERRED);
            assertThat(mails[3].reply().kind()).isEqualTo(Kind.NOT_BEGUN);
            assertThat(mails[3].seen).doesNotContain("begins");
            assertThat(connection.usable()).isFalse();
        }
    }

    /** SND-03: exactly the mail whose content went out is in doubt, not the one announced behind it. */
    @Test
    void lostReplyLeavesOneMailInDoubt() throws Exception {
        server.onContent(mail -> mail.to().equals("r2@example.org") ? ScriptedSmtpServer.HANG_UP : null);
        Mail[] mails = mails(4);
        try (Relay.Connection connection = to("tls=none").connect()) {
            send(connection, mails);

            assertThat(mails[2].reply().kind()).isEqualTo(Kind.DOUBTFUL);
            assertThat(mails[3].reply().kind()).isEqualTo(Kind.NOT_BEGUN);
            assertThat(mails[3].seen).doesNotContain("begins");
        }
    }

    /** SND-04: a server that stops reading does not hold a connection for ever. */
    @Test
    void endsAConnectionWhoseServerTakesNoBytes() throws Exception {
        server.sleepAtContent();
        MailSettings settings = TestSettings.acme()
                .with("tidings.smtp.timeout.content", "PT0.5S")
                .read();
        SmtpRelay slow = new SmtpRelay(
                settings, 500, SmtpUrl.parse("tidings.smtp.url", "smtp://localhost:" + server.port() + "?tls=none"));
        Mail endless = new Mail("endless@example.org", 64 << 20);
        ScheduledExecutorService watching = Executors.newSingleThreadScheduledExecutor();
        ScheduledFuture<?> watch = watching.scheduleAtFixedRate(slow::watch, 0, 50, TimeUnit.MILLISECONDS);
        try (Relay.Connection connection = slow.connect()) {
            send(connection, endless);

            assertThat(endless.reply().kind()).isEqualTo(Kind.DOUBTFUL);
            assertThat(connection.usable()).isFalse();
            assertThat(watch.isDone()).as("watched to the end").isFalse();
        } finally {
            watching.shutdownNow();
        }
    }

    @Test
    void refusalOfAContentConcernsThatMailAlone() throws Exception {
        server.onContent(mail -> switch (mail.to()) {
            case "r1@example.org" -> "554 5.7.1 looks like spam";
            case "r2@example.org" -> "451 4.3.0 later";
            default -> null;
        });
        Mail[] mails = mails(5);
        try (Relay.Connection connection = to("tls=none").connect()) {
            send(connection, mails);
        }

        assertThat(List.of(mails).stream().map(m -> m.reply().kind()))
                .containsExactly(Kind.ACCEPTED, Kind.REFUSED, Kind.DEFERRED, Kind.ACCEPTED, Kind.ACCEPTED);
    }

    /** MSG-15. */
    @Test
    void sendsToANonAsciiMailboxOnlyWhereTheServerCanCarryIt() throws Exception {
        Mail without = new Mail("zoë@example.org");
        Mail after = new Mail("after@example.org");
        try (Relay.Connection connection = to("tls=none").connect()) {
            send(connection, mails(1)[0], new Mail("first@example.org"), without, after);
        }
        assertThat(without.reply().kind()).isEqualTo(Kind.ADDRESS_NOT_REACHABLE);
        assertThat(after.reply().kind()).isEqualTo(Kind.ACCEPTED);

        server.offer("PIPELINING", "SMTPUTF8").keepCommands();
        Mail with = new Mail("zoë@example.org");
        try (Relay.Connection connection = to("tls=none").connect()) {
            send(connection, with);
        }
        assertThat(with.reply().kind()).isEqualTo(Kind.ACCEPTED);
        assertThat(server.commands())
                .contains("MAIL FROM:<news@acme.example.com> SMTPUTF8", "RCPT TO:<zoë@example.org>");
    }

    /** Addresses that cannot be written to: who types one is told at the form, not left waiting. */
    @Test
    void knowsAfterTheFirstConnectionWhetherItCarriesNonAsciiMailboxes() throws Exception {
        Relay without = to("tls=none");
        assertThat(without.carriesUtf8()).as("believed until it is known").isTrue();
        without.connect().close();
        assertThat(without.carriesUtf8()).isFalse();

        server.offer("PIPELINING", "SMTPUTF8");
        without.connect().close();
        assertThat(without.carriesUtf8()).as("said anew by each connection").isTrue();
    }

    /** MSG-14. */
    @Test
    void asksForDeliveryReportsWhereTheServerGivesThem() throws Exception {
        server.offer("PIPELINING", "DSN", "SIZE 10000000").keepCommands();
        Mail mail = new Mail("a+b@example.org");
        try (Relay.Connection connection = to("tls=none").connect()) {
            send(connection, mail);
        }

        assertThat(server.commands())
                .contains(
                        "MAIL FROM:<news@acme.example.com> SIZE=" + mail.content().length + " RET=HDRS ENVID=id+2B1",
                        "RCPT TO:<a+b@example.org> NOTIFY=FAILURE,DELAY ORCPT=rfc822;a+2Bb@example.org");
    }

    @Test
    void mailWithdrawnBeforeItsContentIsNotSent() throws Exception {
        for (boolean pipelining : new boolean[] {true, false}) {
            server.offer(pipelining ? "PIPELINING" : "8BITMIME");
            for (int allowed = 0; allowed < 2; allowed++) {
                Mail withdrawn = new Mail("left@example.org").allowed(allowed);
                Mail[] others = mails(2);
                try (Relay.Connection connection = to("tls=none").connect()) {
                    send(connection, others[0], others[1], withdrawn);
                }

                assertThat(withdrawn.reply().kind()).isEqualTo(Kind.WITHDRAWN);
                assertThat(withdrawn.seen).doesNotContain("begins");
                assertThat(others[1].reply().kind()).isEqualTo(Kind.ACCEPTED);
            }
        }
        assertThat(server.mails()).noneMatch(m -> m.to().startsWith("left"));
    }

    @Test
    void renewsTheConnectionAfterSoManyMails() throws Exception {
        MailSettings settings = TestSettings.acme().read();
        SmtpRelay three = new SmtpRelay(
                settings, 3, SmtpUrl.parse("tidings.smtp.url", "smtp://localhost:" + server.port() + "?tls=none"));
        Mail[] mails = mails(5);
        try (Relay.Connection connection = three.connect()) {
            send(connection, mails);

            assertThat(connection.usable()).isFalse();
        }
        assertThat(server.mails()).hasSize(3);
        assertThat(Optional.ofNullable(mails[3].reply)).isEmpty();
    }
}
