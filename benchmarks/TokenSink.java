import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A mail server on loopback that throws mails away and keeps the one-click path of each, one a line, for wrk:
 * {@code java TokenSink.java PORT FILE}. Ends when it is killed.
 */
class TokenSink {

    public static void main(String[] args) throws IOException {
        BufferedWriter paths = Files.newBufferedWriter(Path.of(args[1]));
        try (ServerSocket server =
                new ServerSocket(Integer.parseInt(args[0]), 200, InetAddress.getLoopbackAddress())) {
            while (true) {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                new Thread(() -> talk(socket, paths)).start();
            }
        }
    }

    private static void talk(Socket socket, BufferedWriter paths) {
        try (socket;
                InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
                OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 12)) {
            reply(out, "220 sink ESMTP");
            out.flush();
            boolean content = false;
            boolean unsubscribe = false;
            StringBuilder line = new StringBuilder();
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (b != '\n') {
                    line.append((char) b);
                    continue;
                }
                String text = line.toString().stripTrailing();
                line.setLength(0);
                if (content) {
                    unsubscribe = text.startsWith("List-Unsubscribe:") || unsubscribe && text.startsWith(" ");
                    if (unsubscribe && text.contains("/u/")) {
                        keep(paths, text);
                    }
                    if (text.equals(".")) {
                        content = false;
                        reply(out, "250 taken");
                    }
                } else {
                    String verb = text.length() < 4 ? text : text.substring(0, 4).toUpperCase(java.util.Locale.ROOT);
                    switch (verb) {
                        case "EHLO" -> reply(out, "250-sink\r\n250-PIPELINING\r\n250 8BITMIME");
                        case "DATA" -> {
                            content = true;
                            reply(out, "354 go on");
                        }
                        case "QUIT" -> {
                            reply(out, "221 bye");
                            out.flush();
                            return;
                        }
                        default -> reply(out, "250 ok");
                    }
                }
                if (in.available() == 0) {
                    out.flush();
                }
            }
        } catch (IOException e) {
            System.err.println(e);
        }
    }

    private static void keep(BufferedWriter paths, String header) throws IOException {
        int from = header.indexOf("/u/");
        synchronized (paths) {
            paths.write(header, from, header.indexOf('>', from) - from);
            paths.write('\n');
            paths.flush();
        }
    }

    private static void reply(OutputStream out, String text) throws IOException {
        out.write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
}
