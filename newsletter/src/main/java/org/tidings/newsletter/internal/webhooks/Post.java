package org.tidings.newsletter.internal.webhooks;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One POST over a connection of its own to an address that was looked at. Follows nothing, keeps nothing, and never takes longer than its time,
 * however slowly it is answered. Java's own client resolves names itself, and again.
 */
final class Post {

    private static final int ANSWER_OCTETS = 4_096;
    private static final int SHOWN_CHARS = 300;
    private static final String LATE = "no answer in time";
    /** The socket is closed in milliseconds, the deadline is in nanoseconds. */
    private static final long SLACK_NANOS = 5_000_000;

    private static final String OF_ADDRESS = "[^\\s\"'<>(){}\\[\\],;]";
    private static final Pattern ADDRESS =
            Pattern.compile("(?<!" + OF_ADDRESS + ")" + OF_ADDRESS + "+(?:@|%40|\\\\u0040|&#64;?)" + OF_ADDRESS + "*");

    private final Duration patience;

    /** @param patience for all of it */
    Post(Duration patience) {
        this.patience = patience;
    }

    /**
     * @param status 0 where there was no answer
     * @param words the beginning of the body, or why there was none
     */
    record Answer(int status, String words) {
        boolean taken() {
            return status >= 200 && status < 300;
        }
    }

    Answer send(Target target, Map<String, String> headers, byte[] body) {
        long deadline = System.nanoTime() + patience.toNanos();
        try (Socket plain = new Socket()) {
            plain.setTcpNoDelay(true);
            plain.connect(new InetSocketAddress(target.address(), target.port()), left(deadline) / 2 + 1);
            plain.setSoTimeout(left(deadline));
            // A timeout of reading begins anew with every octet, and of one record of TLS there may be many.
            CompletableFuture<Boolean> over =
                    new CompletableFuture<Boolean>().completeOnTimeout(true, left(deadline), TimeUnit.MILLISECONDS);
            CompletableFuture<Void> closing = over.thenAccept(late -> close(plain, late));
            try {
                return exchange(plain, target, headers, body, deadline);
            } finally {
                over.complete(false);
                closing.join();
            }
        } catch (SocketTimeoutException e) {
            return new Answer(0, LATE);
        } catch (IOException e) {
            return new Answer(0, isOver(deadline) ? LATE : e.getClass().getSimpleName());
        }
    }

    private static void close(Socket plain, boolean late) {
        if (late) {
            try {
                plain.close();
            } catch (IOException e) {
                // Whoever reads from it hears of it.
            }
        }
    }

    private static boolean isOver(long deadline) {
        return System.nanoTime() - deadline >= -SLACK_NANOS;
    }

    private static Answer exchange(Socket plain, Target target, Map<String, String> headers, byte[] body, long deadline)
            throws IOException {
        if (!target.isSecure()) {
            return over(plain, target, headers, body, deadline);
        }
        try (SSLSocket secure = secured(plain, target)) {
            return over(secure, target, headers, body, deadline);
        }
    }

    private static SSLSocket secured(Socket plain, Target target) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket secure = (SSLSocket) factory.createSocket(plain, target.name(), target.port(), true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        return secure;
    }

    private static Answer over(Socket socket, Target target, Map<String, String> headers, byte[] body, long deadline)
            throws IOException {
        StringBuilder head = new StringBuilder("POST ").append(target.path()).append(" HTTP/1.1\r\n");
        head.append("Host: ").append(target.host()).append("\r\n");
        head.append("Content-Length: ").append(body.length).append("\r\nConnection: close\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("\r\n");
        byte[] begin = head.toString().getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new byte[begin.length + body.length];
        System.arraycopy(begin, 0, whole, 0, begin.length);
        System.arraycopy(body, 0, whole, begin.length, body.length);
        socket.getOutputStream().write(whole);
        socket.getOutputStream().flush();
        return read(socket, deadline);
    }

    /** As much as is there until the body begins to be long, it ends, or time is over. */
    private static Answer read(Socket socket, long deadline) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] octets = new byte[ANSWER_OCTETS];
        int length = 0;
        while (length < octets.length) {
            int more;
            try {
                socket.setSoTimeout(left(deadline));
                more = in.read(octets, length, octets.length - length);
            } catch (IOException e) {
                if (bodyBegins(octets, length) < 0 || !isOver(deadline)) {
                    throw e;
                }
                break;
            }
            if (more < 0) {
                break;
            }
            length += more;
        }
        return parsed(octets, length);
    }

    private static Answer parsed(byte[] octets, int length) {
        String text = new String(octets, 0, length, StandardCharsets.UTF_8);
        if (!text.matches("(?s)HTTP/1\\.[01] [1-5][0-9][0-9].*")) {
            return new Answer(0, "no answer of HTTP");
        }
        int status = Integer.parseInt(text.substring(9, 12));
        int begins = text.indexOf("\r\n\r\n");
        String body = begins < 0 ? "" : text.substring(begins + 4);
        String shown = blotted(body)
                .codePoints()
                .map(c -> c < ' ' || c == 0x7F ? ' ' : c)
                .limit(SHOWN_CHARS)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
        String words = status >= 300 && status < 400 ? "a redirection, which is not followed" : shown;
        return new Answer(status, words.length() <= SHOWN_CHARS ? words : words.substring(0, SHOWN_CHARS));
    }

    /** Without what looks like an address: receivers like to say whom they do not know. */
    static String blotted(String text) {
        return ADDRESS.matcher(text).replaceAll("…");
    }

    private static int bodyBegins(byte[] octets, int length) {
        return new String(octets, 0, length, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
    }

    private static int left(long deadline) throws SocketTimeoutException {
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
            throw new SocketTimeoutException("out of time");
        }
        return (int) Math.min(millis, Integer.MAX_VALUE);
    }
}
