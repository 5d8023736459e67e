package org.tidings.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What tidings.jar is asked to do.
 *
 * @param file of a backup; empty for the others
 * @param force whether to do it although something speaks against it
 */
record Command(What what, Path file, boolean force) {

    static final String USAGE = """
            java -jar tidings.jar                          starts Tidings
            java -jar tidings.jar backup FILE              makes a backup of the database, also while Tidings runs
            java -jar tidings.jar restore FILE [--force]   puts a backup back; Tidings must be stopped
            java -jar tidings.jar prepare                  unpacks it and makes Java's class cache, as the first start does
            java -jar tidings.jar --help                   says this

            It is configured by environment variables, for example TIDINGS_HTTP_PORT=9090; docs/operating.md lists them.""";

    private static final Path NONE = Path.of("");

    enum What {
        START("Tidings cannot start."),
        BACKUP("No backup was made."),
        RESTORE("Nothing was restored."),
        PREPARE("Nothing was prepared."),
        HELP("");

        private final String otherwise;

        What(String otherwise) {
            this.otherwise = otherwise;
        }

        /** Which one it begins like, though the rest be wrong. */
        static What asked(String... arguments) {
            return switch (arguments.length == 0 ? "" : arguments[0]) {
                case "backup" -> BACKUP;
                case "restore" -> RESTORE;
                case "prepare" -> PREPARE;
                default -> START;
            };
        }

        /** What has to be said when it cannot be done. */
        String otherwise() {
            return otherwise;
        }
    }

    /** @throws CannotStart with a sentence, when it is none of those that there are */
    static Command of(String... arguments) {
        if (arguments.length == 0) {
            return new Command(What.START, NONE, false);
        }
        List<String> rest = new ArrayList<>(Arrays.asList(arguments).subList(1, arguments.length));
        return switch (arguments[0]) {
            case "--help", "-h", "help" -> new Command(What.HELP, NONE, false);
            case "prepare" -> {
                if (!rest.isEmpty()) {
                    throw new CannotStart("\"prepare\" wants nothing more. So it is used:\n\n" + USAGE);
                }
                yield new Command(What.PREPARE, NONE, false);
            }
            case "backup" -> new Command(What.BACKUP, file("backup", rest), false);
            case "restore" -> {
                boolean force = rest.remove("--force");
                yield new Command(What.RESTORE, file("restore", rest), force);
            }
            default ->
                throw new CannotStart("There is no command \"" + arguments[0] + "\". These are the ones:\n\n" + USAGE);
        };
    }

    private static Path file(String command, List<String> rest) {
        if (rest.size() != 1 || rest.get(0).isBlank() || rest.get(0).startsWith("-")) {
            throw new CannotStart("\"" + command + "\" wants one file. So it is used:\n\n" + USAGE);
        }
        return Path.of(rest.get(0)).toAbsolutePath().normalize();
    }
}
