package org.tidings.launcher;

import java.nio.file.Path;
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
    static final String DATA_DIR = "tidings.data.dir";
    static final String JAVA_OPTIONS = "tidings.java.options";

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

    /** The network address to listen on, all of this machine's unless set. */
    String httpAddress() {
        return find(HTTP_ADDRESS).orElse("0.0.0.0");
    }

    /** Everything that Tidings keeps outside its database, and the embedded database itself. */
    Path dataDir() {
        return Path.of(find(DATA_DIR).orElse("./data")).toAbsolutePath().normalize();
    }

    /** Further flags of the server's JVM; they come last and so win. */
    List<String> javaOptions() {
        return find(JAVA_OPTIONS).stream()
                .flatMap(options -> Stream.of(options.trim().split("\\s+")))
                .filter(option -> !option.isEmpty())
                .toList();
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
