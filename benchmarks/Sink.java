import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A mail server on loopback that throws mails away: {@code java Sink.java PORT FOLDER}. Keeps of each mail its one-click path in
 * {@code paths}, and of the others (account mail) a line with the time in milliseconds and the recipient in {@code others}. Ends when it is killed.
 */
class Sink {

    private final PrintStream paths;
    private final PrintStream others;

    private Sink(Path folder) throws IOException {
        paths = new PrintStream(Files.newOutputStream(folder.resolve("paths")), true);
        others = new PrintStream(Files.newOutputStream(folder.resolve("others")), true);
    }

    public static void main(String[] args) throws IOException {
        Sink sink = new Sink(Path.of(args[1]));
        try (ServerSocket server =
                new ServerSocket(Integer.parseInt(args[0]), 200, InetAddress.getLoopbackAddress())) {
            while (true) {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                new Thread(() -> sink.new Conversation(socket).talk()).start();
            }
        }
    }

    private final class Conversation {
        private final Socket socket;
        private final byte[] buffer = new byte[1 << 16];
        private int begin;
        private int end;
        private final StringBuilder replies = new StringBuilder();
        private String recipient = "";

        Conversation(Socket socket) {
            this.socket = socket;
        }

        void talk() {
            try (socket;
                    InputStream in = socket.getInputStream();
                    OutputStream out = socket.getOutputStream()) {
                reply("220 sink ESMTP");
                for (String line = line(in, out); line != null; line = line(in, out)) {
                    String verb = line.substring(0, Math.min(4, line.length())).toUpperCase(java.util.Locale.ROOT);
                    switch (verb) {
                        case "EHLO" -> reply("250-sink\r\n250-PIPELINING\r\n250 8BITMIME");
                        case "DATA" -> {
                            reply("354 go on");
                            if (!content(in, out)) {
                                return;
                            }
                            reply("250 taken");
                        }
                        case "QUIT" -> {
                            reply("221 bye");
                            answer(out);
                            return;
                        }
                        default -> {
                            if (verb.equals("RCPT")) {
                                recipient = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
                            }
                            reply("250 ok");
                        }
                    }
                }
            } catch (IOException e) {
                System.err.println(e);
            }
        }

        /** Header lines are read, the rest is only searched for its end. */
        private boolean content(InputStream in, OutputStream out) throws IOException {
            boolean unsubscribe = false;
            boolean bulk = false;
            String line = line(in, out);
            for (; line != null && !line.isEmpty(); line = line(in, out)) {
                unsubscribe = line.startsWith("List-Unsubscribe:") || unsubscribe && line.startsWith(" ");
                int from = unsubscribe ? line.indexOf("/u/") : -1;
                if (from >= 0) {
                    bulk = true;
                    paths.print(line.substring(from, line.indexOf('>', from)) + "\n");
                }
            }
            // The line break before the dot may be the one that ended the header.
            int matched = 2;
            while (line != null) {
                for (; begin < end; begin++) {
                    byte next = buffer[begin];
                    matched = next == "\r\n.\r\n".charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
                    if (matched == 5) {
                        begin++;
                        if (!bulk) {
                            others.print(System.currentTimeMillis() + " " + recipient + "\n");
                        }
                        return true;
                    }
                }
                if (!fill(in, out)) {
                    return false;
                }
            }
            return false;
        }

        /** Null at the end of the connection. */
        private String line(InputStream in, OutputStream out) throws IOException {
            for (int at = begin; ; at++) {
                if (at == end) {
                    int read = at - begin;
                    if (!fill(in, out)) {
                        return null;
                    }
                    at = begin + read;
                }
                if (buffer[at] == '\n') {
                    String line = new String(buffer, begin, at - begin, StandardCharsets.ISO_8859_1);
                    begin = at + 1;
                    return line.stripTrailing();
                }
            }
        }

        /** Answers go out when there is nothing more to read, as a client that pipelines expects. */
        private boolean fill(InputStream in, OutputStream out) throws IOException {
            answer(out);
            System.arraycopy(buffer, begin, buffer, 0, end - begin);
            end -= begin;
            begin = 0;
            int count = in.read(buffer, end, buffer.length - end);
            end += Math.max(0, count);
            return count > 0;
        }

        private void answer(OutputStream out) throws IOException {
            out.write(replies.toString().getBytes(StandardCharsets.US_ASCII));
            replies.setLength(0);
        }

        private void reply(String text) {
            replies.append(text).append("\r\n");
        }
    }
}
