package org.tidings.mail.internal.returned;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against GreenMail's IMAP and POP3 servers. */
class MailboxFetcherTest {
    private final GreenMail server =
            new GreenMail(new ServerSetup[] {ServerSetup.IMAP.dynamicPort(), ServerSetup.POP3.dynamicPort()});
    private final List<String> kept = new ArrayList<>();
    private GreenMailUser user;

    @SuppressWarnings("NullAway.Init") // set before each test
    MailboxFetcherTest() {}

    @BeforeEach
    void start() {
        server.start();
        user = server.setUser("bounces@example.com", "bounces", "s3cret@word");
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"imap", "pop3"})
    void storesThenDeletes(String protocol) throws MessagingException {
        come("one");
        come("two");

        assertThat(fetcher(protocol, "").fetch(this::keep, () -> true)).isEqualTo(2);

        assertThat(kept).hasSize(2).allMatch(mail -> mail.startsWith("Subject: "));
        assertThat(kept.get(0)).contains("Subject: one", "body of one");
        assertThat(left()).isZero();
        assertThat(fetcher(protocol, "").fetch(this::keep, () -> true)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"imap", "pop3"})
    void leavesWhatCouldNotBeStored(String protocol) throws MessagingException {
        come("one");
        come("two");

        assertThatThrownBy(() -> fetcher(protocol, "")
                        .fetch(
                                raw -> {
                                    if (!kept.isEmpty()) {
                                        throw new IllegalStateException("disk full");
                                    }
                                    keep(raw);
                                },
                                () -> true))
                .hasMessage("disk full");

        assertThat(left()).isEqualTo(1);
        assertThat(fetcher(protocol, "").fetch(this::keep, () -> true)).isEqualTo(1);
        assertThat(kept).hasSize(2);
        assertThat(kept.get(1)).contains("Subject: two");
    }

    @Test
    void marksWhereNothingIsToBeDeleted() throws MessagingException {
        come("one");

        assertThat(fetcher("imap", "?after=mark").fetch(this::keep, () -> true)).isEqualTo(1);

        assertThat(left()).isEqualTo(1);
        assertThat(fetcher("imap", "?after=mark").fetch(this::keep, () -> true)).isZero();
    }

    @Test
    void stopsWhenAnotherNodeHasTakenOver() throws MessagingException {
        come("one");
        come("two");

        assertThat(fetcher("imap", "").fetch(this::keep, () -> kept.isEmpty())).isEqualTo(1);

        assertThat(left()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"imap", "pop3"})
    void cutsWhatIsHuge(String protocol) throws MessagingException {
        come("huge\r\nX: " + "y".repeat(500), ("z".repeat(998) + "\r\n").repeat(10_500));

        assertThat(fetcher(protocol, "").fetch(this::keep, () -> true)).isEqualTo(1);

        assertThat(kept.get(0)).startsWith("Subject: huge").hasSizeLessThanOrEqualTo(MailboxFetcher.BYTES_AT_MOST);
        assertThat(left()).isZero();
    }

    /** One mail that the server cannot give must not hide those behind it. */
    @Test
    void leavesWhatTheServerCannotGiveAndTakesTheNext() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<String> said = Collections.synchronizedList(new ArrayList<>());
            Thread pop3 = new Thread(() -> servePop3(listener, said));
            pop3.start();
            MailboxFetcher fetcher =
                    new MailboxFetcher(settings("pop3://bounces:s3cret%40word@127.0.0.1:" + listener.getLocalPort())
                            .mailbox()
                            .orElseThrow());

            assertThat(fetcher.fetch(this::keep, () -> true)).isEqualTo(2);

            pop3.join(20_000);
            assertThat(kept).hasSize(2).noneMatch(mail -> mail.contains("mail 2"));
            assertThat(said).contains("DELE 1", "DELE 3").doesNotContain("DELE 2");
        }
    }

    /** Three mails, of which the second is broken. */
    private static void servePop3(ServerSocket listener, List<String> said) {
        try (Socket socket = listener.accept();
                BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
                OutputStream out = socket.getOutputStream()) {
            out.write("+OK ready\r\n".getBytes(ISO_8859_1));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                said.add(line);
                String[] words = line.split(" ", -1);
                String mail = "Subject: mail " + (words.length > 1 ? words[1] : "") + "\r\n\r\nbody\r\n";
                String answer = switch (words[0]) {
                    case "STAT" -> "+OK 3 " + 3 * mail.length();
                    case "LIST" -> words.length > 1 ? "+OK " + words[1] + " " + mail.length() : "+OK\r\n.";
                    case "RETR", "TOP" ->
                        words[1].equals("2") ? "-ERR [SYS/PERM] cannot read it" : "+OK\r\n" + mail + ".";
                    case "CAPA" -> "-ERR no";
                    default -> "+OK";
                };
                out.write((answer + "\r\n").getBytes(ISO_8859_1));
                if (words[0].equals("QUIT")) {
                    return;
                }
            }
        } catch (IOException e) {
            said.add(e.toString());
        }
    }

    @Test
    void saysWhenTheMailboxCannotBeRead() {
        ReturnSettings.Mailbox wrong = new ReturnSettings.Mailbox(
                "imap", "127.0.0.1", server.getImap().getPort(), "bounces", "no", "INBOX", false);

        assertThatThrownBy(() -> new MailboxFetcher(wrong).fetch(this::keep, () -> true))
                .isInstanceOf(MessagingException.class);
    }

    @Test
    void refusesAUrlWithoutRepeatingItsSecret() {
        for (String url : List.of(
                "http://a:hidden@host", "imaps://a@host", "imaps://a:hidden@", "pop3s://a:hidden@host?after=mark")) {
            assertThatThrownBy(() -> settings(url))
                    .hasMessageNotContaining("hidden")
                    .hasMessageContaining("imaps://");
        }
    }

    private MailboxFetcher fetcher(String protocol, String query) {
        int port = (protocol.equals("imap") ? server.getImap() : server.getPop3()).getPort();
        return new MailboxFetcher(settings(protocol + "://bounces:s3cret%40word@127.0.0.1:" + port + "/INBOX" + query)
                .mailbox()
                .orElseThrow());
    }

    private static ReturnSettings settings(String url) {
        return ReturnSettings.read(name ->
                Optional.ofNullable(Map.of("tidings.bounce.mailbox.url", url).get(name)));
    }

    private void come(String subject) throws MessagingException {
        come(subject, "body of " + subject + "\r\n");
    }

    private void come(String subject, String body) throws MessagingException {
        user.deliver(new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(("Subject: " + subject + "\r\n\r\n" + body).getBytes(ISO_8859_1))));
    }

    private void keep(byte[] raw) {
        kept.add(new String(raw, ISO_8859_1));
    }

    private int left() {
        return server.getReceivedMessages().length;
    }
}
