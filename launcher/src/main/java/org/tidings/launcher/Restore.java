package org.tidings.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * {@code restore FILE}: puts a backup in the place of the database. Nothing is changed before all of it was read and found whole. The
 * server notices at its next start that the database is an older one, and does what has to be done before any mail goes out.
 */
final class Restore {

    private static final DateTimeFormatter IN_NAMES =
            DateTimeFormatter.ofPattern("uuuu-MM-dd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter FOR_PEOPLE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss zzz", Locale.ENGLISH);
    /** What the server's memory of its database is called, and what it reads as "the database is another one". */
    private static final String MEMORY = "generation";

    private static final String RESTORED = "restored\n";

    private static final String UNFINISHED = ".restoring";

    private final Settings settings;
    private final boolean force;

    /** @param force also with another secret, and under servers that run */
    Restore(Settings settings, boolean force) {
        this.settings = settings;
        this.force = force;
    }

    /**
     * Puts it back.
     *
     * @return what to say to the operator
     * @throws CannotStart with a sentence when it cannot be put back; nothing is changed then
     */
    String from(Path file) throws IOException, InterruptedException {
        FolderOwner.mustBeUs(settings.dataDir());
        Manifest manifest = BackupFile.manifestOf(file);
        boolean embedded = Backup.isEmbedded(settings);
        String product = embedded ? Manifest.EMBEDDED : Manifest.POSTGRESQL;
        if (!manifest.product().equals(product)) {
            throw new CannotStart(file + " is a backup of " + manifest.product() + ", and this site is set up for "
                    + product + ". Look at tidings.db.url.");
        }
        try (DataFolder held = DataFolder.holdIfFree(settings)
                .orElseThrow(() -> new CannotStart("Tidings runs in " + settings.dataDir()
                        + ", so the data folder is in use. Stop it, and then put the backup back."))) {
            refuseAnotherSecret(manifest);
            String kept = embedded ? embedded(file, held.path()) : postgresql(file, held.path());
            return "The backup of " + FOR_PEOPLE.format(manifest.madeAt().atZone(ZoneId.systemDefault()))
                    + " was put back." + kept
                    + "\nStart Tidings now. Opt-outs and erasures since the backup are repeated. No mail of before goes out by itself: look"
                    + " at the mail page (/staff/mail), then let it go on.";
        } catch (SQLException e) {
            throw new CannotStart(LogLine.oneLine(String.valueOf(e.getMessage())), e);
        }
    }

    private void refuseAnotherSecret(Manifest manifest) throws IOException {
        String ours = SecretFingerprint.of(settings);
        if (force || manifest.secret().isEmpty() || ours.equals(manifest.secret())) {
            return;
        }
        String why = ours.isEmpty()
                ? "This data folder has no secret, and tidings.secret is not set."
                : "The site's secret here is another one than when the backup was made.";
        throw new CannotStart(why
                + " Without the right one neither opt-outs nor erasures since the backup can be recognised, and links"
                + " in mails no longer work. Put secret.key into " + settings.dataDir()
                + ", or set tidings.secret. If it is lost, add"
                + " --force.");
    }

    private static String embedded(Path file, Path data) throws IOException, SQLException {
        removeUnfinished(data);
        Path folder = Files.createTempDirectory(data, UNFINISHED);
        Path restored = folder.resolve(EmbeddedDatabase.FILE);
        try {
            BackupFile.Draft.create(restored);
            try (OutputStream out = Files.newOutputStream(restored)) {
                BackupFile.extract(file, BackupFile.H2_ENTRY, out);
            }
            try (EmbeddedDatabase database = EmbeddedDatabase.in(folder)) {
                if (!database.isOurs()) {
                    throw new CannotStart(file + " holds no database of Tidings.");
                }
                if (!database.sayPutBack()) {
                    Files.writeString(data.resolve(MEMORY), RESTORED);
                }
            }
            try (FileChannel channel = FileChannel.open(restored, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            return swap(restored, data.resolve(EmbeddedDatabase.FILE));
        } finally {
            Installation.remove(folder);
        }
    }

    /** Copies of the database that a killed restore left behind; the folder is ours alone now. */
    private static void removeUnfinished(Path data) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(data, UNFINISHED + "*")) {
            for (Path folder : left) {
                Installation.remove(folder);
            }
        }
    }

    /** At no moment is there no database: a start would make an empty one. */
    private static String swap(Path restored, Path live) throws IOException {
        String kept = "";
        if (Files.exists(live)) {
            Path aside = live.resolveSibling(live.getFileName() + ".before-restore-"
                    + IN_NAMES.format(Instant.ofEpochMilli(System.currentTimeMillis())));
            try {
                Files.createLink(aside, live);
            } catch (UnsupportedOperationException e) {
                Files.copy(live, aside);
            }
            kept = " What was here before is kept in " + aside + "; remove it when you no longer need it.";
        }
        Files.move(restored, live, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        BackupFile.forceFolder(live);
        return kept;
    }

    private String postgresql(Path file, Path data) throws IOException, InterruptedException, SQLException {
        try (PostgresDatabase database = PostgresDatabase.at(PostgresAddress.of(settings))) {
            long servers = database.serversHeardOf();
            if (servers > 0 && !force) {
                throw new CannotStart("Servers of this site were heard of within the last minute: " + servers
                        + ". Stop them all and wait for a minute. If you are sure that none runs, add --force.");
            }
            PostgresTools tools = PostgresTools.find(settings, database.major());
            BackupFile.extract(file, BackupFile.POSTGRESQL_ENTRY, OutputStream.nullOutputStream());
            database.restoreFrom(file, tools);
            if (database.facts().generation() == 0) {
                Files.writeString(data.resolve(MEMORY), RESTORED);
            }
        }
        return "";
    }
}
