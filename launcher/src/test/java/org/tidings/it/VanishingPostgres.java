package org.tidings.it;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL of one's own that can be killed and comes back on the same port with the same data. */
final class VanishingPostgres implements AutoCloseable {

    private final Path folder;
    private final int port;
    private @Nullable EmbeddedPostgres server;

    private VanishingPostgres(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** Not running yet, without data; its port is known already. */
    static VanishingPostgres in(Path folder) {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            org.tidings.launcher.Unpacked.remove(folder);
            Files.createDirectories(folder);
            return new VanishingPostgres(folder, socket.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    VanishingPostgres start() {
        try {
            server = EmbeddedPostgres.builder()
                    .setPort(port)
                    .setDataDirectory(folder.resolve("data"))
                    .setCleanDataDirectory(false)
                    // Otherwise what it has answered to would be lost with it, which no real one does.
                    .setServerConfig("synchronous_commit", "on")
                    .setOverrideWorkingDirectory(folder.toFile())
                    .start();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGKILL: its connections break, and nobody listens any more. */
    void kill() {
        try {
            String pid =
                    Files.readAllLines(folder.resolve("data/postmaster.pid")).get(0);
            ProcessHandle postmaster =
                    ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
            var workers = postmaster.descendants().toList();
            postmaster.destroyForcibly();
            workers.forEach(ProcessHandle::destroyForcibly);
            postmaster.onExit().orTimeout(20, TimeUnit.SECONDS).join();
            for (ProcessHandle worker : workers) {
                worker.onExit().orTimeout(20, TimeUnit.SECONDS).join();
            }
            close(); // Gives back the lock on its folder.
            server = null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TidingsProcess usedBy(TidingsProcess process) {
        return process.with("tidings.db.url", "jdbc:postgresql://localhost:" + port + "/postgres")
                .with("tidings.db.user", "postgres")
                .with("tidings.db.password", "postgres");
    }

    @Override
    public void close() {
        try {
            if (server != null) {
                server.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
