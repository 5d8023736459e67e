package org.tidings.launcher;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Java for the server's JVM. The launcher itself runs on 17, because that is what {@code java} is on many machines; the container needs
 * {@value #NEEDED}.
 *
 * @param path with {@code bin/java} in it
 * @param version the feature release, such as 25
 */
record JavaHome(Path path, int version) {

    static final int NEEDED = 21;

    /** The newest release with long-term support first: 21, 25 and so on, two years apart. */
    private static final Comparator<JavaHome> BEST = Comparator.comparing(JavaHome::isLongTerm)
            .thenComparingInt(JavaHome::version)
            .thenComparing(JavaHome::path)
            .reversed();

    private static final int LONG_TERM_EVERY = 4;

    private boolean isLongTerm() {
        return (version - NEEDED) % LONG_TERM_EVERY == 0;
    }

    Path java() {
        return executable(path);
    }

    private static Path executable(Path home) {
        Path java = home.resolve("bin").resolve("java");
        return Files.exists(java) ? java : home.resolve("bin").resolve("java.exe");
    }

    /**
     * The one that is configured; else that which this runs on, if it will do; else {@code JAVA_HOME}; else the best of those in the
     * usual folders.
     *
     * @throws CannotStart with what was found and what is needed
     */
    static JavaHome find(Settings settings) {
        return find(
                settings.find(Settings.JAVA_HOME),
                Path.of(System.getProperty("java.home")),
                Optional.ofNullable(System.getenv("JAVA_HOME")),
                usualFolders(Path.of(System.getProperty("user.home"))));
    }

    static JavaHome find(Optional<String> configured, Path own, Optional<String> javaHome, List<Path> parents) {
        if (configured.isPresent()) {
            return configured(configured.get());
        }
        List<JavaHome> found = new ArrayList<>();
        at(own).ifPresent(found::add);
        javaHome.filter(path -> !path.isBlank())
                .flatMap(path -> at(Path.of(path)))
                .ifPresent(found::add);
        Optional<JavaHome> near =
                found.stream().filter(home -> home.version() >= NEEDED).findFirst();
        if (near.isPresent()) {
            return near.get();
        }
        parents.stream().flatMap(JavaHome::below).forEach(found::add);
        return found.stream()
                .filter(home -> home.version() >= NEEDED)
                .min(BEST)
                .orElseThrow(() -> new CannotStart("It needs Java " + NEEDED + " or newer, and found " + names(found)
                        + ". Install one (25 is the newest with long-term support), or say with " + Settings.JAVA_HOME
                        + " where it is."));
    }

    private static JavaHome configured(String path) {
        JavaHome home = at(Path.of(path))
                .orElseThrow(() -> new CannotStart(Settings.JAVA_HOME + " is \"" + path
                        + "\", and there is no Java. Give the folder that has bin/java in it."));
        if (home.version() < NEEDED) {
            throw new CannotStart(Settings.JAVA_HOME + " is \"" + path + "\", which is Java " + home.version()
                    + ". Java " + NEEDED + " or newer is needed.");
        }
        return home;
    }

    private static String names(List<JavaHome> found) {
        return found.stream()
                .distinct()
                .map(home -> "Java " + home.version() + " in " + home.path())
                .reduce((a, b) -> a + ", " + b)
                .orElse("none");
    }

    private static Stream<JavaHome> below(Path parent) {
        try (Stream<Path> homes = Files.list(parent)) {
            return homes
                    .flatMap(home -> Stream.of(home, home.resolve("Contents/Home")))
                    .flatMap(home -> at(home).stream())
                    .toList()
                    .stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    /** As its file {@code release} says, which every JDK has. */
    private static Optional<JavaHome> at(Path home) {
        Path release = home.resolve("release");
        if (!Files.exists(executable(home)) || !Files.isReadable(release)) {
            return Optional.empty();
        }
        var properties = new Properties();
        try (Reader in = Files.newBufferedReader(release)) {
            properties.load(in);
            return Optional.of(new JavaHome(home.toRealPath(), featureRelease(properties.getProperty("JAVA_VERSION"))));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Of {@code "25.0.1"} or {@code "1.8.0_402"}. */
    private static int featureRelease(@Nullable String quoted) {
        String version = String.valueOf(quoted).replace("\"", "");
        String feature = version.startsWith("1.") ? version.substring(2) : version;
        return Integer.parseInt(feature.split("[^0-9]", 2)[0]);
    }

    private static List<Path> usualFolders(Path user) {
        return Stream.of(
                        "/usr/lib/jvm",
                        "/usr/lib64/jvm",
                        "/usr/java",
                        "/opt/java",
                        "/opt",
                        "/Library/Java/JavaVirtualMachines",
                        "C:/Program Files/Java",
                        "C:/Program Files/Eclipse Adoptium",
                        user + "/.sdkman/candidates/java",
                        user + "/.jdks")
                .map(Path::of)
                .toList();
    }
}
