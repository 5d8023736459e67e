package org.tidings.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupFileTest {

    private static final Manifest MANIFEST = new Manifest(
            Instant.parse("2026-11-29T10:00:00Z"),
            "1.0.0",
            Manifest.POSTGRESQL,
            new DatabaseFacts("15.18 (Debian)", "0c1142ef-145d-487f-b497-772212f98b3d", 3),
            "4f5808ed92b2d255");

    @TempDir
    private Path folder;

    private static void write(Path zip) throws IOException {
        BackupFile.Draft.create(zip);
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry(BackupFile.POSTGRESQL_ENTRY));
            out.write("all of it".getBytes(StandardCharsets.UTF_8));
            out.closeEntry();
        }
    }

    private Path published() throws IOException {
        Path file = folder.resolve("one.tidings");
        try (var draft = new BackupFile.Draft(file)) {
            write(draft.path());
            draft.publish(MANIFEST);
        }
        return file;
    }

    @Test
    void saysOfItselfWhatWasToldWhenItWasMade() throws IOException {
        Path file = published();

        assertThat(BackupFile.manifestOf(file)).isEqualTo(MANIFEST);
        var content = new ByteArrayOutputStream();
        BackupFile.extract(file, BackupFile.POSTGRESQL_ENTRY, content);
        assertThat(content).hasToString("all of it");
        assertThatThrownBy(() -> BackupFile.extract(file, BackupFile.H2_ENTRY, content))
                .isInstanceOf(CannotStart.class);
    }

    @Test
    void aDraftThatIsNotPublishedLeavesNothing() throws IOException {
        try (var draft = new BackupFile.Draft(folder.resolve("one.tidings"))) {
            write(draft.path());
        }

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void aZipOfSomebodyElseIsNoBackup() throws IOException {
        Path file = folder.resolve("other.zip");
        write(file);

        assertThatThrownBy(() -> BackupFile.manifestOf(file))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("is no backup that this Tidings made");
    }

    @Test
    void refusesAPlaceThatIsTaken() throws IOException {
        Path file = published();

        assertThatThrownBy(() -> new BackupFile.Draft(file).close())
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("is there already");
    }
}
