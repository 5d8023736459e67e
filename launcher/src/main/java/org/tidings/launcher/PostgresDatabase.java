package org.tidings.launcher;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** The site's PostgreSQL, dumped and put back by its own programs. */
final class PostgresDatabase implements AutoCloseable {

    /** Those of the modules; whatever else is in the database is not ours. */
    static final List<String> SCHEMAS = List.of("site", "mail", "accounts", "newsletter", "announcements", "web");

    private static final int TRANSACTION_TIMEOUT_SINCE = 17;
    private static final int MOST_WORDS = 600;

    private final PostgresAddress address;
    private final Drivers drivers;
    private final Connection connection;

    private PostgresDatabase(PostgresAddress address, Drivers drivers, Connection connection) {
        this.address = address;
        this.drivers = drivers;
        this.connection = connection;
    }

    /** @throws CannotStart when it does not answer, or does not let us in */
    static PostgresDatabase at(PostgresAddress address) throws IOException {
        Drivers drivers = Drivers.postgresql(Tidings.ownJar());
        try {
            return new PostgresDatabase(address, drivers, drivers.connect(address.url(), address.properties()));
        } catch (SQLException e) {
            drivers.close();
            throw new CannotStart(
                    "The database cannot be reached: " + LogLine.oneLine(String.valueOf(e.getMessage()))
                            + " Look at tidings.db.url, tidings.db.user and tidings.db.password.",
                    e);
        }
    }

    int major() throws SQLException {
        return connection.getMetaData().getDatabaseMajorVersion();
    }

    boolean isOurs() throws SQLException {
        return DatabaseFacts.isOurs(connection);
    }

    DatabaseFacts facts() throws SQLException {
        return DatabaseFacts.of(connection);
    }

    /** How many servers were heard of within the last minute. */
    long serversHeardOf() throws SQLException {
        if (!DatabaseFacts.has(connection, "mail", "nodes")) {
            return 0;
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select count(*) from mail.nodes where seen_at > current_timestamp - interval '1 minute'")) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /**
     * Writes a zip with the dump.
     *
     * @throws CannotStart with what pg_dump said, when it failed
     */
    void dumpTo(Path zip, PostgresTools tools) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                "--format=custom", "--no-owner", "--no-privileges", "--no-password", "--lock-wait-timeout=60000"));
        SCHEMAS.forEach(schema -> arguments.add("--schema=" + schema));
        Path said = Files.createTempFile("tidings-pg-dump", ".txt");
        Process dump = tools.start(address, said, "pg_dump", arguments.toArray(String[]::new));
        try (OutputStream out = Files.newOutputStream(zip);
                var packed = new ZipOutputStream(out)) {
            dump.getOutputStream().close();
            // It is compressed already.
            packed.setLevel(Deflater.NO_COMPRESSION);
            packed.putNextEntry(new ZipEntry(BackupFile.POSTGRESQL_ENTRY));
            dump.getInputStream().transferTo(packed);
            packed.closeEntry();
            expectSuccess(dump, "pg_dump", said);
        } finally {
            dump.destroy();
            Files.deleteIfExists(said);
        }
    }

    /**
     * Puts the dump in the place of what is there, in one transaction: it is all there afterwards, or nothing has changed.
     *
     * @throws CannotStart with what PostgreSQL said, when it failed
     */
    void restoreFrom(Path backup, PostgresTools tools) throws IOException, InterruptedException, SQLException {
        int server = major();
        Path said = Files.createTempFile("tidings-pg-restore", ".txt");
        Path saidBySql = Files.createTempFile("tidings-psql", ".txt");
        Process reader = tools.start(
                address, said, "pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--file=-");
        Process writer = tools.start(
                address,
                saidBySql,
                "psql",
                "--no-psqlrc",
                "--quiet",
                "--no-password",
                "--set=ON_ERROR_STOP=1",
                "--output=/dev/null",
                "--file=-");
        AtomicReference<@Nullable Exception> broken = new AtomicReference<>();
        Thread feeding = new Thread(() -> feed(backup, reader, broken), "feed-pg-restore");
        try {
            writer.getInputStream().close();
            feeding.start();
            try (OutputStream sql = writer.getOutputStream()) {
                line(sql, "begin; set local lock_timeout = '60s'; set local client_min_messages = 'warning';");
                SCHEMAS.forEach(schema -> line(sql, "drop schema if exists " + schema + " cascade;"));
                copy(reader.getInputStream(), sql, server);
                feeding.join();
                Exception failed = broken.get();
                if (failed instanceof CannotStart why) {
                    throw why;
                }
                expectSuccess(reader, "pg_restore", said);
                line(sql, SAY_PUT_BACK);
                // Only now: whatever broke before this ends the connection, and with it the transaction.
                line(sql, "commit;");
            } catch (UncheckedIOException | IOException e) {
                // Its other end is gone, and says why.
                expectSuccess(writer, "psql", saidBySql);
                throw e;
            }
            expectSuccess(writer, "psql", saidBySql);
        } finally {
            reader.destroy();
            writer.destroy();
            feeding.join();
            Files.deleteIfExists(said);
            Files.deleteIfExists(saidBySql);
        }
    }

    /** For whichever server starts first, in the same transaction; a backup from before there was a place for it says nothing. */
    private static final String SAY_PUT_BACK = "do $$ begin if to_regclass('mail.generations') is not null then"
            + " update mail.generations set put_back_at = current_timestamp"
            + " where number = (select max(number) from mail.generations); end if; end $$;";

    private static void feed(Path backup, Process reader, AtomicReference<@Nullable Exception> broken) {
        try (OutputStream in = reader.getOutputStream()) {
            BackupFile.extract(backup, BackupFile.POSTGRESQL_ENTRY, in);
        } catch (IOException | CannotStart e) {
            broken.set(e);
            reader.destroy();
        }
    }

    /** What newer programs set and an older server does not know is left out. */
    private static void copy(InputStream from, OutputStream to, int serverMajor) throws IOException {
        var in = new BufferedInputStream(from, 1 << 16);
        boolean preamble = serverMajor < TRANSACTION_TIMEOUT_SINCE;
        while (preamble) {
            byte[] line = readLine(in);
            String text = new String(line, StandardCharsets.UTF_8);
            preamble = line.length > 0 && !text.startsWith("CREATE ");
            if (!text.startsWith("SET transaction_timeout ")) {
                to.write(line);
            }
        }
        in.transferTo(to);
    }

    /** With its end; empty when there are no more. */
    private static byte[] readLine(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            line.write(b);
            if (b == '\n') {
                break;
            }
        }
        return line.toByteArray();
    }

    private static void line(OutputStream sql, String text) {
        try {
            sql.write((text + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void expectSuccess(Process process, String program, Path said)
            throws IOException, InterruptedException {
        int exit = process.waitFor();
        if (exit != 0) {
            String words = LogLine.oneLine(Files.readString(said).strip());
            throw new CannotStart(
                    program + " failed (" + exit + "): " + words.substring(0, Math.min(words.length(), MOST_WORDS)));
        }
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IOException(e);
        } finally {
            drivers.close();
        }
    }
}
