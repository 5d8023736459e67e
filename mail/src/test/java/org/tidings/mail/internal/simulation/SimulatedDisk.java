package org.tidings.mail.internal.simulation;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.internal.machine.Disk;

/**
 * The files of a simulated host. They outlive processes, and lose what was written last when the power fails. Of a full disk only half
 * of a line is written; a process may die in the middle of one.
 */
final class SimulatedDisk {

    private final World world;
    private final Chance chance;
    private final Map<String, Content> files = new TreeMap<>();
    private int boots = 1;
    private boolean full;
    /** So many of a thousand lines are the last that the process writes, and only by half. */
    int torn;
    /** A mutant's: lines that begin so are not written. */
    String forgets = "\0";

    private static final class Content {
        private byte[] bytes = new byte[0];
        private int length;
        private @Nullable SimulatedProcess lockedBy;

        void append(byte[] more, int count) {
            if (length + count > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
            }
            System.arraycopy(more, 0, bytes, length, count);
            length += count;
        }
    }

    /** No fault of the engine's. */
    static final class Failed extends IOException {
        private static final long serialVersionUID = 1L;

        Failed(String why) {
            super("simulated: " + why);
        }
    }

    SimulatedDisk(World world) {
        this.world = world;
        this.chance = world.chance().split();
    }

    void full(boolean now) {
        world.note(now ? "disk is full" : "disk has room", "");
        full = now;
    }

    boolean isFull() {
        return full;
    }

    /** To be called when its processes are dead: what was not forced to the disk may be lost. */
    void powerFails() {
        boots++;
        for (Content file : files.values()) {
            file.length = chance.percent(50) ? file.length : chance.between(0, file.length);
        }
    }

    /** What is there. */
    List<String> names() {
        return List.copyOf(files.keySet());
    }

    Disk of(SimulatedProcess process) {
        process.atItsEnd(() -> files.values().forEach(file -> unlock(file, process)));
        return new View(process);
    }

    private static void unlock(Content file, SimulatedProcess process) {
        if (file.lockedBy == process) {
            file.lockedBy = null;
        }
    }

    private final class View implements Disk {
        private final SimulatedProcess process;

        View(SimulatedProcess process) {
            this.process = process;
        }

        private void checkAlive() throws IOException {
            if (process.isDead()) {
                throw new Failed("the process is dead");
            }
        }

        @Override
        public long fileBytes() {
            return 600;
        }

        private Content create(String name) throws IOException {
            checkAlive();
            if (full) {
                throw new Failed("No space left on device");
            }
            if (files.containsKey(name)) {
                throw new IOException(name + " is there");
            }
            Content made = new Content();
            files.put(name, made);
            return made;
        }

        @Override
        public SeekableByteChannel create(Path file) throws IOException {
            return new Appending(process, create(file.toString()));
        }

        @Override
        public byte[] read(Path file) throws IOException {
            checkAlive();
            Content content = files.get(file.toString());
            if (content == null) {
                throw new IOException("no " + file);
            }
            return Arrays.copyOf(content.bytes, content.length);
        }

        @Override
        public List<Path> find(Path folder, String begins, String ends) throws IOException {
            checkAlive();
            List<Path> found = new ArrayList<>();
            for (String name : files.keySet()) {
                Path file = Path.of(name);
                String last = file.getFileName().toString();
                if (folder.equals(file.getParent()) && last.startsWith(begins) && last.endsWith(ends)) {
                    found.add(chance.between(0, found.size()), file);
                }
            }
            return found;
        }

        @Override
        public void delete(Path file) throws IOException {
            checkAlive();
            files.remove(file.toString());
        }

        @Override
        public Closeable lockNew(Path file) throws IOException {
            Content made = create(file.toString());
            made.lockedBy = process;
            return () -> unlock(made, process);
        }

        @Override
        public Optional<Closeable> lockLeft(Path file) throws IOException {
            checkAlive();
            Content there = files.get(file.toString());
            if (there == null || there.lockedBy != null) {
                return Optional.empty();
            }
            there.lockedBy = process;
            return Optional.of(() -> unlock(there, process));
        }

        @Override
        public String boot() {
            return "boot-" + boots;
        }
    }

    private final class Appending implements SeekableByteChannel {
        private final SimulatedProcess process;
        private final Content file;
        private boolean open = true;

        Appending(SimulatedProcess process, Content file) {
            this.process = process;
            this.file = file;
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            if (process.isDead() || !open) {
                throw new Failed("the process is dead");
            }
            int count = source.remaining();
            byte[] bytes = new byte[count];
            source.get(bytes);
            if (new String(bytes, java.nio.charset.StandardCharsets.UTF_8).startsWith(forgets)) {
                return count;
            }
            if (full) {
                file.append(bytes, count / 2);
                throw new Failed("No space left on device");
            }
            if (chance.perMille(torn)) {
                file.append(bytes, chance.between(0, count));
                throw process.die();
            }
            file.append(bytes, count);
            return count;
        }

        @Override
        public SeekableByteChannel truncate(long size) throws IOException {
            if (process.isDead()) {
                throw new Failed("the process is dead");
            }
            if (full && chance.percent(30)) {
                throw new Failed("Input/output error");
            }
            file.length = (int) size;
            return this;
        }

        @Override
        public long size() {
            return file.length;
        }

        @Override
        public int read(ByteBuffer target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long position() {
            return file.length;
        }

        @Override
        public SeekableByteChannel position(long newPosition) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void close() {
            open = false;
        }
    }
}
