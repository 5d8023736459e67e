package org.tidings.newsletter.internal.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One POST, and who answers it. */
class PostTest {

    private static final int RECORD = 0x16;

    /** Each octet of a record of TLS comes in time, and the record never ends. */
    @Test
    @Timeout(30)
    void takesNoLongerThanItsTimeHoweverSlowlyTlsIsSpoken() throws Exception {
        InetAddress here = InetAddress.getLoopbackAddress();
        try (ServerSocket server = new ServerSocket(0, 1, here)) {
            Thread dripping = new Thread(() -> drip(server));
            dripping.start();
            Target target = new Target(URI.create("https://localhost:" + server.getLocalPort() + "/"), here);

            Post.Answer answer = new Post(Duration.ofMillis(700)).send(target, Map.of(), new byte[0]);

            assertThat(answer).isEqualTo(new Post.Answer(0, "no answer in time"));
            dripping.join();
        }
    }

    private static void drip(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(50);
            socket.getOutputStream().write(new byte[] {RECORD, 3, 3, 0x3f, (byte) 0xff});
            InputStream in = socket.getInputStream();
            boolean there = true;
            while (there) {
                socket.getOutputStream().write(0);
                there = isThere(in);
            }
        } catch (IOException e) {
            // It was closed: what the test waits for.
        }
    }

    private static boolean isThere(InputStream in) throws IOException {
        try {
            return in.read(new byte[8_192]) >= 0;
        } catch (SocketTimeoutException e) {
            return true;
        }
    }

    @Test
    void keepsNoAddressOfWhatWasAnswered() {
        assertThat(Post.blotted(
                        "{\"error\":\"no such user\",\"who\":\"ada.l@example.org\",\"u\":\"/x?m=ada%40example.org\"}"))
                .isEqualTo("{\"error\":\"no such user\",\"who\":\"…\",\"u\":\"…\"}");
        assertThat(Post.blotted("unknown: <ada@example.org>, ada\\u0040example.org; thanks"))
                .isEqualTo("unknown: <…>, …; thanks");
    }
}
