package org.tidings.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {

    @TempDir
    Path folder;

    /** A restore could not tell whether erasures and opt-outs since can be recognised. The database is not even asked. */
    @Test
    void refusesABackupThatDoesNotKnowTheSecret() {
        Settings settings = new Settings(
                new Properties(),
                Map.of(
                        "tidings.data.dir",
                        folder.toString(),
                        "tidings.db.url",
                        "jdbc:postgresql://localhost:1/nowhere"));

        assertThatThrownBy(() -> new Backup(settings).to(folder.resolve("a.backup")))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("There is no secret")
                .hasMessageContaining("Set tidings.data.dir");
        assertThat(folder).as("nothing half-made stays").isEmptyDirectory();
    }
}
