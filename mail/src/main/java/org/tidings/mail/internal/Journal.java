package org.tidings.mail.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one process was doing, in files that outlive it: a line before each mail's content and a line after its reply. With it a
 * restart tells mails that were handed over from those in flight and those never begun.
 *
 * <p>Lines go to the operating system at once and are not forced to the disk: they survive {@code kill -9}, not a crash of the
 * machine. The first line names the machine's boot; after another boot whatever is not in the ledger is doubtful.
 *
 * <p>The lock on {@code node-<id>.lock} is held as long as the process lives.
 */
final class Journal implements AutoCloseable {

    private static final long ROLL_BYTES = 4 << 20;

    private final Path folder;
    private final UUID node;
    private final FileChannel lockChannel;
    private final Deque<Volume> volumes = new ArrayDeque<>();
    private int next;

    /** A file and the claims that are named in it and not yet recorded. */
    private static final class Volume {
        private final Path file;
        private final FileChannel channel;
        private final Set<UUID> open = new HashSet<>();
        private long size;

        Volume(Path file, FileChannel channel) {
            this.file = file;
            this.channel = channel;
        }
    }

    private Journal(Path folder, UUID node, FileChannel lockChannel) {
        this.folder = folder;
        this.node = node;
        this.lockChannel = lockChannel;
    }

    /** Takes the lock of a new node. */
    static Journal open(Path folder, UUID node) {
        try {
            Files.createDirectories(folder);
            FileChannel channel =
                    FileChannel.open(lockFile(folder, node), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                throw new IOException("cannot lock the journal of this process");
            }
            Journal journal = new Journal(folder, node, channel);
            journal.roll();
            return journal;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the mail journal in the data folder", e);
        }
    }

    private static Path lockFile(Path folder, UUID node) {
        return folder.resolve("node-" + node + ".lock");
    }

    private static String prefix(UUID node) {
        return "journal-" + node + "-";
    }

    /** Before the first byte of the mail goes out. */
    void begin(UUID claim, UUID recipient) {
        append("B " + claim + " " + recipient + "\n", claim);
    }

    /** After the reply. */
    void done(UUID claim, UUID recipient, Reply reply) {
        append("D " + claim + " " + recipient + " " + reply.kind() + " " + reply.text() + "\n", claim);
    }

    private synchronized void append(String line, UUID claim) {
        try {
            Volume volume = volumes.getLast();
            byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                volume.channel.write(buffer);
            }
            volume.open.add(claim);
            volume.size += bytes.length;
            if (volume.size > ROLL_BYTES) {
                roll();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the mail journal", e);
        }
    }

    private void roll() throws IOException {
        Path file = folder.resolve(prefix(node) + next++ + ".log");
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        channel.write(ByteBuffer.wrap(("H " + bootId() + "\n").getBytes(StandardCharsets.UTF_8)));
        volumes.addLast(new Volume(file, channel));
    }

    /** The claim's outcomes are in the ledger: its lines are not needed any more. */
    synchronized void recorded(UUID claim) {
        for (Volume volume : volumes) {
            volume.open.remove(claim);
        }
        try {
            while (volumes.size() > 1 && volumes.getFirst().open.isEmpty()) {
                Volume done = volumes.removeFirst();
                done.channel.close();
                Files.deleteIfExists(done.file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove an old mail journal", e);
        }
    }

    /** After an orderly end nothing is open and nothing needs to be kept. */
    @Override
    public synchronized void close() {
        try {
            boolean open = volumes.stream().anyMatch(v -> !v.open.isEmpty());
            for (Volume volume : volumes) {
                volume.channel.close();
                if (!open) {
                    Files.deleteIfExists(volume.file);
                }
            }
            lockChannel.close();
            if (!open) {
                Files.deleteIfExists(lockFile(folder, node));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the mail journal", e);
        }
    }

    private static String bootId() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }

    /** What a dead process left behind. While it is open nobody else can take it. */
    static final class Legacy implements AutoCloseable {
        private final Path folder;
        private final UUID node;
        private final @Nullable FileChannel lock;
        private final boolean complete;
        private final Map<UUID, Map<UUID, Optional<Reply>>> mails;

        private Legacy(
                Path folder,
                UUID node,
                @Nullable FileChannel lock,
                boolean complete,
                Map<UUID, Map<UUID, Optional<Reply>>> mails) {
            this.folder = folder;
            this.node = node;
            this.lock = lock;
            this.complete = complete;
            this.mails = mails;
        }

        /** Of a node whose files are out of reach: whatever it had reserved is doubtful. */
        static Legacy unknown(UUID node) {
            return new Legacy(Path.of("."), node, null, false, Map.of());
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
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, prefix(node) + "*.log")) {
                for (Path file : files) {
                    Files.deleteIfExists(file);
                }
                Files.deleteIfExists(lockFile(folder, node));
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
    static Optional<Legacy> legacyOf(Path folder, UUID node) {
        Path lockFile = lockFile(folder, node);
        if (!Files.exists(lockFile)) {
            return Optional.empty();
        }
        try {
            FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
            FileLock lock;
            try {
                lock = channel.tryLock();
            } catch (OverlappingFileLockException e) {
                lock = null; // held within this very process
            }
            if (lock == null) {
                channel.close();
                return Optional.empty();
            }
            boolean complete = true;
            Map<UUID, Map<UUID, Optional<Reply>>> mails = new HashMap<>();
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, prefix(node) + "*.log")) {
                for (Path file : files) {
                    complete &= read(file, mails);
                }
            }
            return Optional.of(new Legacy(folder, node, channel, complete, mails));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the mail journal of an earlier process", e);
        }
    }

    /** Reads a file; a torn last line is left out. Returns whether the machine has not been started anew since. */
    private static boolean read(Path file, Map<UUID, Map<UUID, Optional<Reply>>> mails) throws IOException {
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        boolean sameBoot = false;
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            String[] parts = text.substring(from, end).split(" ", 5);
            from = end + 1;
            if (parts[0].equals("H")) {
                sameBoot = parts.length > 1 && parts[1].equals(bootId());
            } else if (parts.length >= 3) {
                Map<UUID, Optional<Reply>> claim =
                        mails.computeIfAbsent(UUID.fromString(parts[1]), id -> new HashMap<>());
                UUID recipient = UUID.fromString(parts[2]);
                if (parts[0].equals("D") && parts.length == 5) {
                    claim.put(recipient, Optional.of(new Reply(Reply.Kind.valueOf(parts[3]), parts[4])));
                } else {
                    // Begun (again): what an earlier line said of this claim and recipient is over.
                    claim.put(recipient, Optional.empty());
                }
            }
        }
        return sameBoot;
    }
}
