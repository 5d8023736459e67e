package org.tidings.mail.internal.sending;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.internal.machine.Disk;
import org.tidings.mail.internal.outcomes.Reply;

/**
 * What one process was doing, in files that outlive it: a line before each mail's content and a line after its reply. With it a
 * restart tells mails that were handed over from those in flight and those never begun.
 *
 * <p>Lines go to the operating system at once and are not forced to the disk: they survive {@code kill -9}, not a crash of the
 * machine. The first line names the machine's boot; after another boot whatever is not in the ledger is doubtful.
 *
 * <p>Lines are whole: what a full disk cut off is taken back, or left on a line of its own that readers take for a gap.
 *
 * <p>The lock on {@code node-<id>.lock} is held as long as the process lives.
 */
final class Journal implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Journal.class.getName());

    private final Path folder;
    private final UUID node;
    private final Closeable lock;
    private final Disk disk;
    private final Deque<Volume> volumes = new ArrayDeque<>();
    private int next;
    private boolean closed;

    /** A file and the claims that are named in it and not yet recorded. */
    private static final class Volume {
        private final Path file;
        private final SeekableByteChannel channel;
        private final Set<UUID> open = new HashSet<>();
        /** Bytes of whole lines. */
        private long size;
        /** A line that was cut off could not be taken back. */
        private boolean torn;

        Volume(Path file, SeekableByteChannel channel) {
            this.file = file;
            this.channel = channel;
        }

        void write(String line) throws IOException {
            byte[] bytes = ((torn ? "\n" : "") + line).getBytes(StandardCharsets.UTF_8);
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            try {
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            } catch (IOException e) {
                takeBack(e);
                throw e;
            }
            size = torn ? channel.size() : size + bytes.length;
            torn = false;
        }

        /** No other line may be glued to the beginning of this one. */
        private void takeBack(IOException why) {
            try {
                channel.truncate(size);
                torn = false;
            } catch (IOException e) {
                why.addSuppressed(e);
                torn = true;
            }
        }
    }

    private Journal(Path folder, UUID node, Closeable lock, Disk disk) {
        this.folder = folder;
        this.node = node;
        this.lock = lock;
        this.disk = disk;
    }

    /** Takes the lock of a new node. */
    static Journal open(Path folder, UUID node, Disk disk) {
        try {
            Closeable lock = disk.lockNew(lockFile(folder, node));
            Journal journal = new Journal(folder, node, lock, disk);
            try {
                journal.roll();
            } catch (IOException e) {
                journal.discard();
                throw e;
            }
            return journal;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the mail journal in the data folder", e);
        }
    }

    private static final String LOCK = "node-";
    private static final String LOCK_END = ".lock";

    private static Path lockFile(Path folder, UUID node) {
        return folder.resolve(LOCK + node + LOCK_END);
    }

    /** Nodes that have, or had, their files in a folder. */
    static List<UUID> nodesIn(Path folder, Disk disk) {
        try {
            List<UUID> nodes = new ArrayList<>();
            for (Path file : disk.find(folder, LOCK, LOCK_END)) {
                Matcher id = A_LOCK.matcher(file.getFileName().toString());
                if (id.matches()) {
                    nodes.add(UUID.fromString(id.group(1)));
                }
            }
            return nodes;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look for mail journals in the data folder", e);
        }
    }

    private static String prefix(UUID node) {
        return "journal-" + node + "-";
    }

    /** Before the first byte of the mail goes out. */
    void begin(UUID claim, UUID recipient) {
        append("B " + claim + " " + recipient + "\n", claim);
    }

    /** After the reply; once closed it is nobody's business any more. */
    synchronized void done(UUID claim, UUID recipient, Reply reply) {
        if (closed) {
            return;
        }
        append("D " + claim + " " + recipient + " " + reply.kind() + " " + reply.text() + "\n", claim);
    }

    private synchronized void append(String line, UUID claim) {
        try {
            Volume volume = volumes.getLast();
            volume.write(line);
            volume.open.add(claim);
            if (volume.size > disk.fileBytes()) {
                rollIfPossible();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the mail journal", e);
        }
    }

    private void rollIfPossible() {
        try {
            roll();
        } catch (IOException e) {
            // The line is written; the next one tries to roll again.
            LOG.log(Level.FINE, "no new volume of the mail journal", e);
        }
    }

    private void roll() throws IOException {
        Path file = folder.resolve(prefix(node) + next++ + ".log");
        SeekableByteChannel channel = disk.create(file);
        Volume volume = new Volume(file, channel);
        try {
            volume.write("H " + disk.boot() + "\n");
        } catch (IOException e) {
            channel.close();
            disk.delete(file);
            throw e;
        }
        volumes.addLast(volume);
    }

    /** The claim's outcomes are in the ledger: its lines are not needed any more. */
    synchronized void recorded(UUID claim) {
        if (closed) {
            return;
        }
        for (Volume volume : volumes) {
            volume.open.remove(claim);
        }
        try {
            while (volumes.size() > 1 && volumes.getFirst().open.isEmpty()) {
                Volume done = volumes.removeFirst();
                done.channel.close();
                disk.delete(done.file);
            }
        } catch (IOException e) {
            // It is in the ledger all the same; the file is removed with those of this node's end.
            LOG.log(Level.WARNING, "cannot remove an old mail journal", e);
        }
    }

    /** After an orderly end: removes the files, unless a claim in them is not recorded. */
    @Override
    public synchronized void close() {
        boolean open = volumes.stream().anyMatch(v -> !v.open.isEmpty());
        close(!open);
    }

    /** Something may still be reserved: the next start finds the files, and with them what was begun and what was not. */
    synchronized void closeAndKeep() {
        close(false);
    }

    /** What it names is somebody else's by now. */
    synchronized void discard() {
        close(true);
    }

    private void close(boolean remove) {
        closed = true;
        try {
            for (Volume volume : volumes) {
                volume.channel.close();
                if (remove) {
                    disk.delete(volume.file);
                }
            }
            lock.close();
            if (remove) {
                disk.delete(lockFile(folder, node));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the mail journal", e);
        }
    }

    /** What a dead process left behind. While it is open nobody else can take it. */
    static final class Legacy implements AutoCloseable {
        private final Path folder;
        private final UUID node;
        private final @Nullable Closeable lock;
        private final Disk disk;
        private final boolean complete;
        private final Map<UUID, Map<UUID, Optional<Reply>>> mails;

        private Legacy(
                Path folder,
                UUID node,
                Disk disk,
                @Nullable Closeable lock,
                boolean complete,
                Map<UUID, Map<UUID, Optional<Reply>>> mails) {
            this.folder = folder;
            this.node = node;
            this.disk = disk;
            this.lock = lock;
            this.complete = complete;
            this.mails = mails;
        }

        /** Of a node whose files are out of reach: whatever it had reserved is doubtful. */
        static Legacy unknown(UUID node) {
            return new Legacy(Path.of("."), node, Disk.REAL, null, false, Map.of());
        }

        /** Of a node of which it is known that it has begun nothing. */
        static Legacy empty(UUID node) {
            return new Legacy(Path.of("."), node, Disk.REAL, null, true, Map.of());
        }

        /** False when lines may be missing: then a mail that is not named may have been sent. */
        boolean complete() {
            return complete;
        }

        /** Begun mails of a claim: with the reply, or without one where none was seen. */
        Map<UUID, Optional<Reply>> begun(UUID claim) {
            return mails.getOrDefault(claim, Map.of());
        }

        /** Removes the files: all is recorded. */
        void forget() {
            if (lock == null) {
                return;
            }
            try {
                for (Path file : disk.find(folder, prefix(node), ".log")) {
                    disk.delete(file);
                }
                disk.delete(lockFile(folder, node));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            if (lock != null) {
                try {
                    lock.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    /**
     * Opens what a node left.
     *
     * @return empty when the node lives, or left nothing in this folder
     */
    static Optional<Legacy> legacyOf(Path folder, UUID node, Disk disk) {
        try {
            Optional<Closeable> lock = disk.lockLeft(lockFile(folder, node));
            if (lock.isEmpty()) {
                return Optional.empty();
            }
            boolean complete = true;
            boolean first = true;
            Map<UUID, Map<UUID, Optional<Reply>>> mails = new HashMap<>();
            for (Path file : inOrder(disk.find(folder, prefix(node), ".log"), node)) {
                byte[] bytes = disk.read(file);
                // It ended between making another file and the first line of it: then the files before say which boot
                // it was.
                if (first || hasALine(bytes)) {
                    complete &= read(bytes, disk.boot(), mails);
                }
                first = false;
            }
            return Optional.of(new Legacy(folder, node, disk, lock.get(), complete, mails));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the mail journal of an earlier process", e);
        }
    }

    private static boolean hasALine(byte[] file) {
        return new String(file, StandardCharsets.UTF_8).indexOf('\n') >= 0;
    }

    /** As they were written: a later line takes the place of an earlier one, and a folder has no order. */
    private static List<Path> inOrder(List<Path> files, UUID node) {
        return files.stream()
                .sorted(Comparator.comparingInt(file -> number(file, node)))
                .toList();
    }

    private static int number(Path file, UUID node) {
        String name = file.getFileName().toString();
        String number = name.substring(prefix(node).length(), name.length() - ".log".length());
        return number.matches("\\d{1,9}") ? Integer.parseInt(number) : 0;
    }

    private static final String ID = "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})";
    private static final Pattern A_LOCK = Pattern.compile(Pattern.quote(LOCK) + ID + Pattern.quote(LOCK_END));
    private static final Pattern BEGUN = Pattern.compile("B " + ID + " " + ID);
    private static final Pattern DONE = Pattern.compile("D " + ID + " " + ID + " ([A-Z_]+) (.*)", Pattern.DOTALL);

    /**
     * Reads a file; a torn last line is left out.
     *
     * @return false when lines may be missing: the machine was started anew since, or a line in the middle is broken
     */
    private static boolean read(byte[] file, String boot, Map<UUID, Map<UUID, Optional<Reply>>> mails) {
        String text = new String(file, StandardCharsets.UTF_8);
        boolean sameBoot = false;
        boolean whole = true;
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            String line = text.substring(from, end);
            from = end + 1;
            if (line.startsWith("H ")) {
                sameBoot = line.substring(2).equals(boot);
            } else {
                whole &= understood(line, mails);
            }
        }
        return sameBoot && whole;
    }

    private static boolean understood(String line, Map<UUID, Map<UUID, Optional<Reply>>> mails) {
        Matcher begun = BEGUN.matcher(line);
        if (begun.matches()) {
            // Begun (again): what an earlier line said of this claim and recipient is over.
            put(mails, begun, Optional.empty());
            return true;
        }
        Matcher done = DONE.matcher(line);
        Optional<Reply.Kind> kind = done.matches() ? kind(done.group(3)) : Optional.empty();
        kind.ifPresent(known -> put(mails, done, Optional.of(new Reply(known, done.group(4)))));
        return kind.isPresent();
    }

    private static void put(Map<UUID, Map<UUID, Optional<Reply>>> mails, Matcher ids, Optional<Reply> reply) {
        mails.computeIfAbsent(UUID.fromString(ids.group(1)), id -> new HashMap<>())
                .put(UUID.fromString(ids.group(2)), reply);
    }

    private static Optional<Reply.Kind> kind(String name) {
        return Arrays.stream(Reply.Kind.values())
                .filter(kind -> kind.name().equals(name))
                .findFirst();
    }
}
