package org.tidings.mail.internal.returned;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BounceListenerTest {
    private final List<String> kept = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean full;
    private final BounceListener server = new BounceListener(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            "bounce.example.com",
            recipient -> recipient.startsWith("busy@")
                    ? BounceListener.Admission.NOT_NOW
                    : recipient.endsWith("@bounce.example.com")
                            ? BounceListener.Admission.WELCOME
                            : BounceListener.Admission.FOREIGN,
            (recipient, raw) -> {
                if (recipient.startsWith("heavy@")) {
                    throw new BounceListener.TooMuch();
                }
                if (full) {
                    throw new IllegalStateException("disk full");
                }
                kept.add(recipient + "\n" + new String(raw, ISO_8859_1));
            },
            new BounceListener.Limits(6, 4, 1_500, 4_000),
            BounceListenerTest::daemon);

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        return thread;
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void storesBeforeItAcknowledges() throws IOException {
        String answers = talk(
                "EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<b+a@bounce.example.com>\r\nDATA\r\nSubject: x\r\n\r\n..dots\r\n.one\r\nend\r\n.\r\nQUIT\r\n");

        assertThat(kept).containsExactly("b+a@bounce.example.com\nSubject: x\r\n\r\n.dots\r\none\r\nend\r\n");
        assertThat(answers).contains("354 ", "250 2.0.0 stored", "221 ");
    }

    @Test
    void asksTheOtherSideToKeepWhatCannotBeStored() throws IOException {
        full = true;

        assertThat(talk("MAIL FROM:<>\r\nRCPT TO:<b+a@bounce.example.com>\r\nDATA\r\nx\r\n.\r\nQUIT\r\n"))
                .contains("451 4.3.0");
    }

    @Test
    void isNoRelay() throws IOException {
        assertThat(talk("MAIL FROM:<>\r\nRCPT TO:<someone@example.net>\r\nDATA\r\nQUIT\r\n"))
                .contains("550 5.7.1", "503 5.5.1");
        assertThat(kept).isEmpty();
    }

    @Test
    void asksToComeAgainWhenTooMuchCameLately() throws IOException {
        assertThat(talk("MAIL FROM:<>\r\nRCPT TO:<busy@bounce.example.com>\r\nDATA\r\nQUIT\r\n"))
                .contains("452 4.3.1", "503 5.5.1");
        assertThat(talk("MAIL FROM:<>\r\nRCPT TO:<heavy@bounce.example.com>\r\nDATA\r\nx\r\n.\r\nQUIT\r\n"))
                .contains("354 ", "452 4.3.1");
        assertThat(kept).isEmpty();
    }

    /** Each byte comes well within the silence that is allowed. */
    @Test
    void hangsUpOnACommandThatComesByteByByte() throws IOException {
        assertThat(secondsUntilHungUp("", "N")).isLessThan(2.9);
    }

    @Test
    void hangsUpOnWhoNeverComesToAMail() throws IOException {
        assertThat(secondsUntilHungUp("", "NOOP\r\n")).isBetween(2.5, 3.7);
    }

    private double secondsUntilHungUp(String first, String again) throws IOException {
        long begun = System.nanoTime();
        drip(first, again);
        return (System.nanoTime() - begun) / 1e9;
    }

    @Test
    void anIPv6NetworkOf64BitsIsOnePlace() throws IOException {
        assertThat(place("2001:db8:1:2::1"))
                .isEqualTo(place("2001:db8:1:2:ffff:ffff:ffff:ffff"))
                .isNotEqualTo(place("2001:db8:1:3::1"));
        assertThat(place("192.0.2.1")).isEqualTo(place("::ffff:192.0.2.1")).isNotEqualTo(place("192.0.2.2"));
    }

    private static String place(String address) throws IOException {
        return BounceListener.place(InetAddress.getByName(address));
    }

    @Test
    void aBareLineFeedDoesNotEndAMail() throws IOException {
        talk(
                "MAIL FROM:<>\r\nRCPT TO:<b+a@bounce.example.com>\r\nDATA\r\none\n.\nMAIL FROM:<evil@example.com>\r\n.\r\nQUIT\r\n");

        assertThat(kept).hasSize(1);
        assertThat(kept.get(0)).contains("MAIL FROM:<evil@example.com>");
    }

    @Test
    void refusesWhatIsTooLargeOrEndless() throws IOException {
        assertThat(talk("MAIL FROM:<>\r\nRCPT TO:<b+a@bounce.example.com>\r\nDATA\r\n"
                        + ("x".repeat(998) + "\r\n").repeat(6_000) + ".\r\nQUIT\r\n"))
                .contains("552 5.3.4");
        assertThat(talk("NOOP\r\n".repeat(300))).contains("421 4.7.0");
        assertThat(talk("x".repeat(5_000) + "\r\n")).doesNotContain("500");
        assertThat(kept).isEmpty();
    }

    @Test
    void refusesATooLargeMailBeforeItComes() throws IOException {
        assertThat(talk("MAIL FROM:<> BODY=8BITMIME SIZE=10485760\r\nRCPT TO:<b+a@bounce.example.com>\r\nQUIT\r\n"))
                .contains("552 5.3.4", "503 5.5.1");
    }

    @Test
    void hangsUpOnWhoNeverEndsOrOnlyWaits() throws IOException {
        long begun = System.nanoTime();
        assertThat(talk("MAIL FROM:<>\r\nRCPT TO:<b+a@bounce.example.com>\r\nDATA\r\nbut no end"))
                .contains("354 ")
                .doesNotContain("250 2.0.0");
        assertThat(drip("MAIL FROM:<>\r\nRCPT TO:<b+a@bounce.example.com>\r\nDATA\r\n", "x"))
                .doesNotContain("250 2.0.0");
        assertThat(System.nanoTime() - begun).isLessThan(20_000_000_000L);
        assertThat(kept).isEmpty();
    }

    /** A byte now and then keeps the line busy, but not for ever. */
    private String drip(String first, String again) throws IOException {
        try (Socket socket = open()) {
            socket.getOutputStream().write(first.getBytes(ISO_8859_1));
            socket.setSoTimeout(100);
            StringBuilder answers = new StringBuilder();
            long begun = System.nanoTime();
            while (true) {
                assertThat(System.nanoTime() - begun).as("hung up").isLessThan(15_000_000_000L);
                try {
                    int b = socket.getInputStream().read();
                    if (b < 0) {
                        return answers.toString();
                    }
                    answers.append((char) b);
                } catch (SocketTimeoutException nothingSaid) {
                    try {
                        socket.getOutputStream().write(again.getBytes(ISO_8859_1));
                    } catch (IOException hungUp) {
                        return answers.toString();
                    }
                } catch (IOException hungUp) {
                    return answers.toString();
                }
            }
        }
    }

    @Test
    void admitsOnlySoManyFromOnePlace() throws IOException {
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                Socket socket = open();
                idle.add(socket);
                assertThat(socket.getInputStream().read()).isEqualTo('2');
            }
            assertThat(talk("")).contains("421 4.3.2");
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    @Test
    void hangsUpWhenItIsClosed() throws IOException {
        try (Socket socket = open()) {
            assertThat(socket.getInputStream().read()).isEqualTo('2');
            server.close();
            assertThat(rest(socket)).doesNotContain("250");
        }
    }

    private Socket open() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private String talk(String all) throws IOException {
        try (Socket socket = open()) {
            try {
                socket.getOutputStream().write(all.getBytes(ISO_8859_1));
            } catch (IOException hungUp) {
                // What it said before counts.
            }
            return rest(socket);
        }
    }

    private static String rest(Socket socket) {
        StringBuilder answers = new StringBuilder();
        try {
            int b;
            while ((b = socket.getInputStream().read()) >= 0) {
                answers.append((char) b);
            }
        } catch (IOException reset) {
            // The server hung up while we were still talking; what it said before counts.
        }
        return answers.toString();
    }
}
