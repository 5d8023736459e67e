package org.tidings.mail.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A name server on a port of this machine that knows what a test tells it, over UDP (RFC 1035). What it does not know does not
 * exist.
 */
public final class FakeNameServer implements AutoCloseable {

    private static final int TXT = 16;
    private static final int MX = 15;
    private static final int NO_SUCH_NAME = 3;

    private final DatagramSocket socket;
    private final Map<String, List<byte[]>> records = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile boolean silent;

    private FakeNameServer(DatagramSocket socket) {
        this.socket = socket;
    }

    public static FakeNameServer started() {
        try {
            FakeNameServer server = new FakeNameServer(new DatagramSocket(0, InetAddress.getLoopbackAddress()));
            Thread thread = new Thread(server::serve, "fake-name-server");
            thread.setDaemon(true);
            thread.start();
            return server;
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For {@code tidings.dns.server}. */
    public String address() {
        return socket.getLocalAddress().getHostAddress() + ":" + socket.getLocalPort();
    }

    /** Puts a TXT record in the place of those of that name; long ones are split into strings. */
    public FakeNameServer txt(String name, String text) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        for (int from = 0; from < bytes.length; from += 255) {
            int length = Math.min(255, bytes.length - from);
            data.write(length);
            data.write(bytes, from, length);
        }
        records.put(key(name, TXT), List.of(data.toByteArray()));
        return this;
    }

    public FakeNameServer mx(String name, int preference, String host) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.write(preference >> 8);
        data.write(preference);
        for (String label : host.split("\\.", -1)) {
            data.write(label.length());
            data.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
        }
        data.write(0);
        records.put(key(name, MX), List.of(data.toByteArray()));
        return this;
    }

    public FakeNameServer forget(String name) {
        records.remove(key(name, TXT));
        records.remove(key(name, MX));
        return this;
    }

    /** Answers nothing from now on, or answers again. */
    public FakeNameServer silent(boolean isSilent) {
        silent = isSilent;
        return this;
    }

    /** The names that were asked for. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    private static String key(String name, int type) {
        return name.toLowerCase(Locale.ROOT) + "/" + type;
    }

    private void serve() {
        while (!socket.isClosed()) {
            DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
            try {
                socket.receive(packet);
                byte[] answer = answer(Arrays.copyOf(packet.getData(), packet.getLength()));
                if (!silent) {
                    socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            } catch (IOException closed) {
                return;
            }
        }
    }

    private byte[] answer(byte[] sent) throws IOException {
        ByteBuffer query = ByteBuffer.wrap(sent);
        int id = query.getShort(0) & 0xffff;
        query.position(12);
        List<String> labels = new ArrayList<>();
        for (int length = query.get(); length > 0; length = query.get()) {
            byte[] label = new byte[length];
            query.get(label);
            labels.add(new String(label, StandardCharsets.US_ASCII));
        }
        int type = query.getShort();
        query.getShort();
        String name = String.join(".", labels);
        asked.add(name);
        List<byte[]> found = records.getOrDefault(key(name, type), List.of());
        boolean exists = records.keySet().stream().anyMatch(k -> k.startsWith(name.toLowerCase(Locale.ROOT) + "/"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeShort(id);
        out.writeShort(0x8580 | (exists ? 0 : NO_SUCH_NAME));
        out.writeShort(1);
        out.writeShort(found.size());
        out.writeInt(0);
        out.write(sent, 12, query.position() - 12);
        for (byte[] data : found) {
            out.writeShort(0xc00c);
            out.writeShort(type);
            out.writeShort(1);
            out.writeInt(60);
            out.writeShort(data.length);
            out.write(data);
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        socket.close();
    }
}
