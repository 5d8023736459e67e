package org.tidings.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PostgreSQL's own programs {@code pg_dump}, {@code pg_restore} and {@code psql}. Older ones than the server refuse to work with it, so
 * those of its own version are taken, else the next newer ones.
 *
 * @param major their version, 15
 */
record PostgresTools(Path folder, int major) {

    static final String KEY = "tidings.backup.postgres.tools";

    private static final Pattern VERSION = Pattern.compile("\\) (\\d+)");
    /** Where distributions keep several versions. */
    private static final Map<String, String> PLACES = Map.of("/usr/lib/postgresql", "*", "/usr", "pgsql-*");

    /**
     * Finds them in the folder that is set, or else where distributions put them and on the path.
     *
     * @param serverMajor the server's version
     * @throws CannotStart when there are none, or only older ones
     */
    static PostgresTools find(Settings settings, int serverMajor) throws IOException {
        Optional<String> set = settings.find(KEY);
        List<PostgresTools> found = new ArrayList<>();
        for (Path folder : set.map(Path::of).map(List::of).orElseGet(PostgresTools::usualFolders)) {
            in(folder).ifPresent(found::add);
        }
        Optional<PostgresTools> best = found.stream()
                .filter(tools -> tools.major() >= serverMajor)
                .min(Comparator.comparingInt(PostgresTools::major));
        if (best.isPresent()) {
            return best.get();
        }
        String where = set.map(folder -> "in " + folder).orElse("on the PATH or below /usr/lib/postgresql");
        throw new CannotStart(
                found.isEmpty()
                        ? "There is no pg_dump with pg_restore and psql " + where + ". " + advice(serverMajor)
                        : "pg_dump " + where + " is of version "
                                + found.stream()
                                        .mapToInt(PostgresTools::major)
                                        .max()
                                        .orElse(0) + ", too old for this PostgreSQL "
                                + serverMajor + ". " + advice(serverMajor));
    }

    private static String advice(int serverMajor) {
        return "Install PostgreSQL's client programs, version " + serverMajor
                + " or newer (on Debian postgresql-client-" + serverMajor + "), or set " + KEY + " to their folder.";
    }

    private static List<Path> usualFolders() {
        List<Path> folders = new ArrayList<>();
        PLACES.forEach((parent, versions) -> folders.addAll(versionsIn(Path.of(parent), versions)));
        String path = System.getenv("PATH");
        if (path != null) {
            Arrays.stream(path.split(File.pathSeparator, -1))
                    .filter(folder -> !folder.isEmpty())
                    .map(Path::of)
                    .forEach(folders::add);
        }
        return folders;
    }

    private static List<Path> versionsIn(Path parent, String versions) {
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, versions)) {
            found.forEach(version -> folders.add(version.resolve("bin")));
            return folders;
        } catch (IOException e) {
            // Not this distribution.
            return List.of();
        }
    }

    private static Optional<PostgresTools> in(Path folder) throws IOException {
        for (String program : List.of("pg_dump", "pg_restore", "psql")) {
            if (!Files.isExecutable(folder.resolve(program))) {
                return Optional.empty();
            }
        }
        Process process = new ProcessBuilder(folder.resolve("pg_dump").toString(), "--version")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher version = VERSION.matcher(said);
        return version.find()
                ? Optional.of(new PostgresTools(folder, Integer.parseInt(version.group(1))))
                : Optional.empty();
    }

    /**
     * Starts one of them.
     *
     * @param said takes what it complains about
     */
    Process start(PostgresAddress address, Path said, String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(folder.resolve(program).toString());
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectError(said.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("TIDINGS_"));
        environment.putAll(address.environment());
        // The words are for the operator and for tests.
        environment.put("LC_MESSAGES", "C");
        return builder.start();
    }
}
