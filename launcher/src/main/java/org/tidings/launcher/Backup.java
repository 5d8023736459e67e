package org.tidings.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * {@code backup FILE}: the database as it is at one moment, also while servers write to it. The embedded one is written by the server that
 * has it open, or from here while none has; PostgreSQL by pg_dump. Neither the site's secret nor the ledgers outside the database are in
 * it: the one has to be kept apart, the others must never be put back.
 */
final class Backup {

    private static final int MEGABYTE = 1_000_000;

    private final Settings settings;

    Backup(Settings settings) {
        this.settings = settings;
    }

    /**
     * Makes it.
     *
     * @return what to say to the operator
     * @throws CannotStart with a sentence when it cannot be made; nothing of it stays then
     */
    String to(Path file) throws IOException, InterruptedException {
        FolderOwner.mustBeUs(settings.dataDir());
        Instant at = Instant.ofEpochMilli(System.currentTimeMillis());
        try (var draft = new BackupFile.Draft(file)) {
            boolean embedded = isEmbedded(settings);
            String secret = SecretFingerprint.of(settings);
            if (secret.isEmpty() && !embedded) {
                throw new CannotStart("There is no secret: tidings.secret is not set, and " + settings.dataDir()
                        + " has no secret.key. A restore could not tell whether it has the right one. Set "
                        + Settings.DATA_DIR
                        + " as the server has it.");
            }
            DatabaseFacts facts = embedded ? embedded(draft.path()) : postgresql(draft.path());
            draft.publish(
                    new Manifest(at, version(), embedded ? Manifest.EMBEDDED : Manifest.POSTGRESQL, facts, secret));
        } catch (SQLException e) {
            throw new CannotStart(LogLine.oneLine(String.valueOf(e.getMessage())), e);
        }
        return "The backup is complete: " + file + ", " + (Files.size(file) + MEGABYTE - 1) / MEGABYTE
                + " MB. The site's secret is not in it; keep it elsewhere.";
    }

    /** @throws CannotStart when it is neither of those that there are commands for */
    static boolean isEmbedded(Settings settings) {
        String url = settings.find("tidings.db.url").orElse("");
        if (!url.isEmpty() && !PostgresAddress.isOne(url)) {
            throw new CannotStart("tidings.db.url is neither unset nor a jdbc:postgresql: address.");
        }
        return url.isEmpty();
    }

    private static String version() {
        return String.valueOf(Backup.class.getPackage().getImplementationVersion());
    }

    private DatabaseFacts embedded(Path draft) throws IOException, InterruptedException, SQLException {
        boolean there = Files.exists(settings.dataDir().resolve(EmbeddedDatabase.FILE));
        if (!there && !Files.exists(settings.dataDir())) {
            throw noDatabase();
        }
        Optional<DataFolder> free = DataFolder.holdIfFree(settings);
        if (free.isEmpty() && !there) {
            throw new CannotStart("Tidings starts in " + settings.dataDir()
                    + " for the first time and has no database yet. Try again when it is ready.");
        }
        if (free.isEmpty()) {
            return new RunningServer(settings.dataDir()).backUpTo(draft);
        }
        if (!there) {
            free.get().close();
            throw noDatabase();
        }
        try (DataFolder held = free.get();
                EmbeddedDatabase database = EmbeddedDatabase.in(held.path())) {
            BackupFile.Draft.create(draft);
            database.backUpTo(draft);
            return database.facts();
        }
    }

    private CannotStart noDatabase() {
        return new CannotStart("There is no database in " + settings.dataDir() + ". Is " + Settings.DATA_DIR
                + " what the server" + " has?");
    }

    private DatabaseFacts postgresql(Path draft) throws IOException, InterruptedException, SQLException {
        try (PostgresDatabase database = PostgresDatabase.at(PostgresAddress.of(settings))) {
            if (!database.isOurs()) {
                throw new CannotStart("There is nothing of Tidings in the database yet.");
            }
            PostgresTools tools = PostgresTools.find(settings, database.major());
            BackupFile.Draft.create(draft);
            database.dumpTo(draft, tools);
            return database.facts();
        }
    }
}
