package org.tidings.launcher;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As anybody, root's folders are somebody else's; as root, one that is given away. */
class FolderOwnerTest {

    private static final int SOMEBODY_ELSE = 65_534;

    @TempDir
    Path folder;

    @Test
    void doesNothingAboutOurOwn() {
        assertThatCode(() -> FolderOwner.mustBeUs(folder)).doesNotThrowAnyException();
    }

    @Test
    void asksToBeRunAsWhoeverOwnsTheFolder() throws IOException {
        Path others = ofSomebodyElse();

        assertThatThrownBy(() -> FolderOwner.mustBeUs(others))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(others + " belongs to ")
                .hasMessageContaining("sudo -u ");
    }

    private Path ofSomebodyElse() throws IOException {
        Path root = Path.of("/");
        if (!Files.getOwner(root).equals(Files.getOwner(folder))) {
            return root;
        }
        Path given = Files.createDirectory(folder.resolve("given"));
        Files.setAttribute(given, "unix:uid", SOMEBODY_ELSE);
        return given;
    }
}
