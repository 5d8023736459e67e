package org.tidings.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;

/** Whose the data folder is: what another user puts there, typically root, the server can neither read nor write. */
final class FolderOwner {

    private FolderOwner() {}

    /** @throws CannotStart with a sentence when what there is belongs to somebody else than this process's user */
    static void mustBeUs(Path data) throws IOException {
        for (Path one : List.of(data.resolve(EmbeddedDatabase.FILE), data.resolve("secret.key"), data)) {
            if (Files.exists(one)) {
                UserPrincipal owner = Files.getOwner(one);
                UserPrincipal us = ownerOfWhatWeMake();
                if (!owner.equals(us)) {
                    throw new CannotStart(one + " belongs to " + owner.getName() + ", and this is " + us.getName()
                            + ". Run it as the server does, for example: sudo -u " + owner.getName()
                            + " java -jar tidings.jar …");
                }
                return;
            }
        }
    }

    private static UserPrincipal ownerOfWhatWeMake() throws IOException {
        Path made = Files.createTempFile("tidings-", ".owner");
        try {
            return Files.getOwner(made);
        } finally {
            Files.delete(made);
        }
    }
}
