package org.tidings.launcher;

import java.io.IOException;
import java.nio.file.Path;

/** Lets tests add to the application before its first start. */
public final class Unpacked {

    private Unpacked() {}

    /** The application's folder, unpacked as {@code tidings.jar} does it at its first start with this folder for what it unpacks. */
    public static Path application(Path tidingsJar, Path runtimeDir) {
        return Installation.of(tidingsJar, runtimeDir, false).application();
    }

    public static void remove(Path folder) throws IOException {
        Installation.remove(folder);
    }
}
