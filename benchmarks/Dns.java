import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A name server on loopback (UDP only) that knows one kind of record: {@code java Dns.java PORT FILE}. Each line of the file is
 * a name and, after a blank, the text of its TXT record; the file is read at each question. Ends when it is killed.
 */
class Dns {

    private static final int NO_SUCH_NAME = 3;

    public static void main(String[] args) throws IOException {
        Path file = Path.of(args[1]);
        try (DatagramSocket socket = new DatagramSocket(Integer.parseInt(args[0]), InetAddress.getLoopbackAddress())) {
            byte[] buffer = new byte[512];
            while (true) {
                DatagramPacket asked = new DatagramPacket(buffer, buffer.length);
                socket.receive(asked);
                byte[] answer = answer(buffer, file);
                socket.send(new DatagramPacket(answer, answer.length, asked.getSocketAddress()));
            }
        }
    }

    private static byte[] answer(byte[] question, Path file) throws IOException {
        StringBuilder name = new StringBuilder();
        int at = 12;
        while (question[at] != 0) {
            name.append(name.isEmpty() ? "" : ".").append(new String(question, at + 1, question[at], StandardCharsets.US_ASCII));
            at += 1 + question[at];
        }
        int end = at + 5;
        boolean asksForText = question[at + 2] == 16;
        Optional<byte[]> text = asksForText ? text(name.toString(), file) : Optional.empty();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(question, 0, 2);
        out.writeShort(0x8580 | (text.isPresent() ? 0 : NO_SUCH_NAME));
        out.writeShort(1);
        out.writeShort(text.isPresent() ? 1 : 0);
        out.writeInt(0);
        out.write(question, 12, end - 12);
        if (text.isPresent()) {
            byte[] value = text.get();
            out.writeShort(0xc00c);
            out.writeShort(16);
            out.writeShort(1);
            out.writeInt(60);
            out.writeShort(value.length + (value.length + 254) / 255);
            for (int from = 0; from < value.length; from += 255) {
                int length = Math.min(255, value.length - from);
                out.writeByte(length);
                out.write(value, from, length);
            }
        }
        return bytes.toByteArray();
    }

    private static Optional<byte[]> text(String name, Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.substring(0, line.indexOf(' ')).equalsIgnoreCase(name))
                .map(line -> line.substring(line.indexOf(' ') + 1).getBytes(StandardCharsets.US_ASCII))
                .findFirst();
    }
}
