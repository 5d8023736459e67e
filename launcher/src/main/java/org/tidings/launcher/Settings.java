package org.tidings.launcher;

import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The few settings that are needed before there is a server, found by the same rules as MicroProfile Config finds the rest:
 * a system property, then the environment by the key itself, with other characters made {@code _}, and in upper case.
 */
final class Settings {

    static final String HTTP_PORT = "tidings.http.port";
    static final String HTTP_ADDRESS = "tidings.http.address";
    static final String PUBLIC_URL = "tidings.public.url";
    static final String DATA_DIR = "tidings.data.dir";
    static final String JAVA_HOME = "tidings.java.home";
    static final String JAVA_OPTIONS = "tidings.java.options";
    static final String JAVA_CACHE = "tidings.java.cache";
    static final String RUNTIME_DIR = "tidings.runtime.dir";
    static final String STOP_PATIENCE = "tidings.stop.patience";
    static final String STOP_DELAY = "tidings.stop.delay";
    private static final Duration LONGEST = Duration.ofHours(1);
    /** What is neither mails in flight nor the delay: giving back, recording, closing the database. Each has bounds of its own below it. */
    private static final Duration REST_OF_THE_STOP = Duration.ofSeconds(45);

    /** What H2's addresses, class paths, the container's URLs and patterns, or the configuration's expressions read otherwise. */
    private static final Pattern NO_NAME = Pattern.compile("[;!:?*\\[\\]{}\\\\\\p{Cntrl}]");

    private static final Pattern NOT_ALPHANUMERIC = Pattern.compile("[^A-Za-z0-9]");

    private final Properties properties;
    private final Map<String, String> environment;

    Settings(Properties properties, Map<String, String> environment) {
        this.properties = properties;
        this.environment = environment;
    }

    /** Where to listen: 1 to 65535, 8080 unless set. */
    int httpPort() {
        String text = find(HTTP_PORT).orElse("8080");
        try {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new CannotStart(HTTP_PORT + " is \"" + text + "\", which is no port. Give a number from 1 to 65535.");
    }

    /** The network address to listen on: unless set, all of this machine's, and only its own while the site is called by those names alone. */
    String httpAddress() {
        return find(HTTP_ADDRESS).orElseGet(() -> isForThisMachine() ? "127.0.0.1" : "0.0.0.0");
    }

    private boolean isForThisMachine() {
        return find(PUBLIC_URL)
                .map(url -> url.strip().matches("(?i)http://(?:localhost|127\\.[0-9.]+|\\[::1\\])(?::[0-9]+)?/?"))
                .orElse(true);
    }

    /** Everything that Tidings keeps outside its database, and the embedded database itself. */
    Path dataDir() {
        return folder(DATA_DIR, Path.of(find(DATA_DIR).orElse("./data")));
    }

    private static Path folder(String key, Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        for (Path name : absolute) {
            if (NO_NAME.matcher(name.toString()).find()) {
                throw new CannotStart(
                        key + " is " + absolute + ", and \"" + name + "\" has one of these in it: ; ! : ? * [ ] { } \\"
                                + " or a control character. Database and container cannot do with them. Give a folder without.");
            }
        }
        return absolute;
    }

    /** Where this build and its container are unpacked: unless set, in the data folder. */
    Path runtimeDir() {
        return find(RUNTIME_DIR)
                .map(path -> folder(RUNTIME_DIR, Path.of(path)))
                .orElseGet(() -> dataDir().resolve("runtime"));
    }

    /** Whether that is a folder of its own, in which there may be other builds and servers that run from them. */
    boolean hasOwnRuntimeDir() {
        return find(RUNTIME_DIR).isPresent();
    }

    /** Whether starts use Java's class cache, and the first one makes it. */
    boolean keepsClasses() {
        String text = find(JAVA_CACHE).orElse("on");
        if (!text.equals("on") && !text.equals("off")) {
            throw new CannotStart(JAVA_CACHE + " is \"" + text + "\". Give on or off.");
        }
        return text.equals("on");
    }

    /** Further flags of the server's JVM; they come last and so win. */
    List<String> javaOptions() {
        return find(JAVA_OPTIONS).stream()
                .flatMap(options -> Stream.of(options.trim().split("\\s+")))
                .filter(option -> !option.isEmpty())
                .toList();
    }

    /** So long mails in flight, running requests and jobs are waited for when the server stops; 30 seconds unless set. */
    Duration stopPatience() {
        return duration(STOP_PATIENCE, "PT30S");
    }

    /** So long the server goes on answering requests after it has said that it is not ready any more; not at all unless set. */
    Duration stopDelay() {
        return duration(STOP_DELAY, "PT0S");
    }

    /** A stop that takes longer is broken off. */
    Duration longestStop() {
        return stopPatience().plus(stopDelay()).plus(REST_OF_THE_STOP);
    }

    private Duration duration(String key, String fallback) {
        String text = find(key).orElse(fallback);
        try {
            Duration duration = Duration.parse(text.strip());
            if (!duration.isNegative() && duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            // Said below.
        }
        throw new CannotStart(
                key + " is \"" + text + "\". Give an ISO 8601 duration from PT0S to PT1H, such as PT30S.");
    }

    /** @throws CannotStart when one of those that are read here cannot be */
    void check() {
        httpPort();
        runtimeDir();
        keepsClasses();
        stopPatience();
        stopDelay();
    }

    boolean usesEmbeddedDatabase() {
        return find("tidings.db.url").isEmpty();
    }

    Optional<String> find(String key) {
        String underscored = environmentName(key);
        return Stream.of(
                        Optional.ofNullable(properties.getProperty(key)),
                        Optional.ofNullable(environment.get(key)),
                        Optional.ofNullable(environment.get(underscored)),
                        Optional.ofNullable(environment.get(underscored.toUpperCase(Locale.ROOT))))
                .flatMap(Optional::stream)
                .filter(value -> !value.isBlank())
                .findFirst();
    }

    static String environmentName(String key) {
        return NOT_ALPHANUMERIC.matcher(key).replaceAll("_");
    }
}
