package org.tidings.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * What an earlier build left behind when it was killed in the middle of a mailing: its data folder, on PostgreSQL the database as SQL
 * too, and who had which mail. {@link EarlierSiteMaker} makes it, {@code UpgradeIT} opens it with the build under test.
 *
 * <p>Three issues: {@link #MISSING} and {@link #MISCOUNTED} are finished and their books are as kills without transactions left them,
 * {@link #IN_THE_MIDDLE} was on its way.
 */
final class EarlierSite {

    static final String MISSING = "Finished with people missing";
    static final String MISCOUNTED = "Finished and counted too low";
    static final String IN_THE_MIDDLE = "Killed in the middle";
    static final int READERS = 300;
    /** Who has no line in the ledger and is not counted: one whole claim, as it was lost. */
    static final int NEVER_WRITTEN_TO = 20;
    /** Whose lines are there and were not counted. */
    static final int NOT_COUNTED = 7;

    static final String DATA = "data/";
    static final String DUMP = "dump.sql";
    static final String RECEIVED = "received.txt";
    static final String MADE_AT = "made-at.txt";

    private final Path folder;

    private EarlierSite(Path folder) {
        this.folder = folder;
    }

    /** Where the one of this database is kept, below the test resources. */
    static String resource(String database) {
        return "earlier-site/" + database + ".zip";
    }

    /** Unpacks it. */
    static EarlierSite unpacked(String database, Path into) {
        try (InputStream resource = EarlierSite.class.getResourceAsStream("/" + resource(database))) {
            if (resource == null) {
                throw new AssertionError("no " + resource(database));
            }
            ZipInputStream zip = new ZipInputStream(resource);
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = into.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.write(file, zip.readAllBytes());
            }
            return new EarlierSite(into);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives the data folder to a node that has not started yet, and sets its clock to a moment after the kill. */
    void moveTo(TidingsProcess node) {
        Path from = folder.resolve(DATA);
        try (var files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = node.data().resolve(from.relativize(file).toString());
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Instant opened = Instant.parse(text(MADE_AT).strip()).plusSeconds(60);
        node.clock().shiftBy(Duration.between(Instant.now(), opened).toMillis());
    }

    /** The database as statements; empty where it is in the data folder. */
    Optional<String> dump() {
        return Files.exists(folder.resolve(DUMP)) ? Optional.of(text(DUMP)) : Optional.empty();
    }

    /** Who had the issue before the kill. */
    Collection<String> received(String subject) {
        List<String> all = text(RECEIVED).lines().toList();
        String prefix = subject + "\t";
        return all.stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .toList();
    }

    private String text(String name) {
        try {
            return Files.readString(folder.resolve(name), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
