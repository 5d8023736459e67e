package org.tidings.launcher;

import java.nio.file.Path;

/** What is logged and where: everything to files that rotate, what an operator must see also to the console. */
final class LogSettings {

    private static final int FILE_BYTES = 10_000_000;
    private static final int FILES = 5;

    private LogSettings() {}

    /** The settings in {@code java.util.logging}'s format. */
    static String of(Path folder) {
        String pattern = folder.toString().replace("\\", "/").replace("%", "%%") + "/tidings.%g.log";
        return """
                handlers=java.util.logging.FileHandler, org.tidings.launcher.Console
                .level=INFO
                java.util.logging.FileHandler.pattern=%s
                java.util.logging.FileHandler.limit=%d
                java.util.logging.FileHandler.count=%d
                java.util.logging.FileHandler.append=true
                java.util.logging.FileHandler.encoding=UTF-8
                java.util.logging.FileHandler.formatter=org.tidings.launcher.LogLine
                java.util.logging.FileHandler.filter=org.tidings.launcher.Console$NotForTheFile
                org.tidings.launcher.Console.level=INFO
                com.sun.jersey.level=WARNING
                jakarta.enterprise.system.core.security.level=WARNING
                javax.enterprise.system.security.ssl.level=SEVERE
                jakarta.enterprise.system.security.ssl.level=SEVERE
                """.formatted(pattern, FILE_BYTES, FILES);
    }
}
