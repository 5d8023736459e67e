package org.tidings.web.start;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;
import org.tidings.site.DatabaseAddress;
import org.tidings.site.DatabaseReady;
import org.tidings.site.Jobs;

/**
 * Writes the embedded database to a file when {@code java -jar tidings.jar backup} asks for it: only this process has it open. The
 * command leaves a request in {@code run/backup} below the data folder, which belongs to the server's user alone; whoever may write
 * there could read the database as well. The request is locked while it is worked on, so that the command knows when this process
 * ends, and the answer is another file, there as a whole or not at all.
 */
@ApplicationScoped
class BackupOnRequest {

    private static final Logger LOG = Logger.getLogger(BackupOnRequest.class.getName());
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final String REQUEST = ".request";

    @Inject
    DataSource dataSource;

    @Inject
    Jobs jobs;

    void begin(@Observes DatabaseReady ready) {
        Config config = ConfigProvider.getConfig();
        if (!DatabaseAddress.of(config).isEmbedded()) {
            return;
        }
        Path folder = Path.of(config.getOptionalValue("tidings.data.dir", String.class)
                        .orElse("./data"))
                .toAbsolutePath()
                .normalize()
                .resolve("run")
                .resolve("backup");
        make(folder);
        jobs.every("answer-backup-command", LOOK_EVERY, LOOK_EVERY, () -> look(folder));
    }

    private static void make(Path folder) {
        try {
            Files.createDirectories(folder);
            if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("No backup can be asked for: " + folder + " cannot be made.", e);
        }
    }

    /** Whatever is thrown would end the schedule for good. */
    void look(Path folder) {
        try (DirectoryStream<Path> requests = Files.newDirectoryStream(folder, "*" + REQUEST)) {
            for (Path request : requests) {
                work(request);
            }
        } catch (IOException | RuntimeException | Error e) {
            LOG.log(Level.WARNING, "a request for a backup could not be answered", e);
        }
    }

    private void work(Path request) throws IOException {
        try (FileChannel file = FileChannel.open(request, StandardOpenOption.READ, StandardOpenOption.WRITE);
                @Nullable FileLock lock = file.tryLock()) {
            if (lock == null) {
                return; // the command looks whether it is taken up
            }
            String answer = answer(Path.of(Files.readString(request).strip()));
            String name = request.getFileName().toString();
            Path answered = request.resolveSibling(name.substring(0, name.length() - REQUEST.length()) + ".answer");
            Path beside = request.resolveSibling(name + ".answering");
            Files.writeString(beside, answer);
            Files.move(beside, answered, StandardCopyOption.ATOMIC_MOVE);
            Files.deleteIfExists(request);
        } catch (NoSuchFileException e) {
            LOG.log(Level.FINE, "a request for a backup was withdrawn", e);
        }
    }

    /** Lines that the command reads: what the database says of itself, or why there is no backup. */
    private String answer(Path file) {
        try {
            write(file);
            LOG.info(() -> "the database was written to " + file + " for the command that makes a backup of it");
            return facts();
        } catch (IOException | SQLException e) {
            LOG.log(Level.WARNING, "the database could not be backed up to " + file, e);
            return "failed=The server could not write " + file + ": "
                    + reason(e).replace("\\", "\\\\") + "\n";
        }
    }

    private static String reason(Exception failure) {
        String said = String.valueOf(failure.getMessage()).replaceAll("\\s+", " ");
        if (said.contains("No space left on device")) {
            return "the disk is full there.";
        }
        if (failure instanceof AccessDeniedException) {
            return "it may not write there.";
        }
        if (failure instanceof FileSystemException inFiles && inFiles.getReason() == null) {
            return "no file can be made there.";
        }
        return said;
    }

    private void write(Path file) throws IOException, SQLException {
        Path folder = file.getParent();
        if (!file.isAbsolute() || folder == null) {
            throw new IOException("not an absolute path");
        }
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement("backup to ?")) {
            statement.setString(1, file.toString());
            statement.execute();
        } catch (SQLException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private String facts() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "select number, site from mail.generations order by number desc limit 1");
                ResultSet row = statement.executeQuery()) {
            return "database-version=" + connection.getMetaData().getDatabaseProductVersion() + "\n"
                    + (row.next()
                            ? "generation=" + row.getInt("number") + "\nsite=" + row.getString("site") + "\n"
                            : "");
        }
    }
}
