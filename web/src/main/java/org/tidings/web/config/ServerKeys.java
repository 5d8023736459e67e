package org.tidings.web.config;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import java.time.Duration;
import java.util.List;
import org.tidings.site.ConfigurationKey;
import org.tidings.site.Expected;
import org.tidings.web.access.Proxies;

/** The keys that concern the server as a whole. */
@Dependent
class ServerKeys {

    static final String PUBLIC_URL = "tidings.public.url";
    static final String DATA_DIR = "tidings.data.dir";

    private static final Expected STOP = Expected.duration(Duration.ZERO, Duration.ofHours(1));

    static final List<ConfigurationKey> ALL = List.of(
            key(
                    "tidings.http.port",
                    "8080",
                    "Port that the server listens on for HTTP, 1 to 65535; a proxy in front of it brings TLS.",
                    Expected.wholeNumber(1, 65_535)),
            key(
                    "tidings.http.address",
                    "",
                    "Network address that the server listens on; unset, 127.0.0.1 while tidings.public.url is this machine's (http://localhost),"
                            + " else 0.0.0.0, all of them.",
                    Expected.host()),
            key(
                    "tidings.http.trusted-proxies",
                    "",
                    "Proxies in front of Tidings whose X-Forwarded-For and X-Forwarded-Proto are believed: addresses and"
                            + " networks divided by commas, 127.0.0.1, 10.0.0.0/8; nobody's if unset.",
                    Expected.listOf(Expected.matching(
                            "an address or a network, such as 127.0.0.1 or 10.0.0.0/8", Proxies::isNetwork))),
            key(
                    PUBLIC_URL,
                    "http://localhost:<tidings.http.port>",
                    "Address under which people reach the site, the origin of every link in mails.",
                    Expected.parsedBy(PublicUrl.EXPECTED, PublicUrl::parse)),
            key(
                    DATA_DIR,
                    "./data",
                    "Folder of the embedded database, the site's secret, logs and what is unpacked; one server each.",
                    Expected.path()),
            key(
                    "tidings.db.url",
                    "",
                    "JDBC address of a PostgreSQL 13 or newer, jdbc:postgresql://host:5432/tidings; unset, an embedded"
                            + " database in the data folder.",
                    Expected.matching(
                            "an address such as jdbc:postgresql://host:5432/tidings",
                            value -> value.matches("jdbc:(postgresql|h2):.+"))),
            key(
                    "tidings.db.user",
                    "tidings",
                    "User of that database; it needs the right to create schemas at first start.",
                    Expected.line(63)),
            secret("tidings.db.password", "Password of that user.", Expected.line(1_000)),
            key(
                    "tidings.mailbox",
                    "",
                    "on: the local mailbox can be read at this machine although the site has another public address, by who has the address with"
                            + " the key that is printed at the start.",
                    Expected.oneOf("on", "off")),
            key(
                    "tidings.state.access",
                    "local",
                    "Who may read /health, /metrics and /openapi: local (this machine, not through a proxy) or public.",
                    Expected.oneOf("local", "public")),
            secret(
                    "tidings.state.token",
                    "Lets whoever sends it as a bearer token read them from elsewhere; 16 characters or more.",
                    Expected.secretOfAtLeast(16)),
            key(
                    "tidings.security.contact",
                    "",
                    "Where security researchers write to, in /.well-known/security.txt (RFC 9116): a mailto: or https: address;"
                            + " unset, there is no such file.",
                    Expected.matching(
                            "a mail address, or an address that begins with mailto: or https:", ServerKeys::isContact)),
            key(
                    "tidings.stop.patience",
                    "PT30S",
                    "When the server is stopped, so long it waits for mails in flight, requests and jobs, ISO 8601, PT0S to PT1H; what is in"
                            + " flight after that is doubtful. Read by tidings.jar alone.",
                    STOP),
            key(
                    "tidings.stop.delay",
                    "PT0S",
                    "When the server is stopped, so long it goes on answering requests after it has said that it is not ready, ISO 8601,"
                            + " PT0S to PT1H: as long as a proxy needs to notice. Read by tidings.jar alone.",
                    STOP),
            key(
                    "tidings.backup.postgres.tools",
                    "",
                    "Folder of pg_dump, pg_restore and psql for the commands backup and restore; unset, those of the server's version"
                            + " below /usr/lib/postgresql, or those on the PATH.",
                    Expected.path()),
            key(
                    "tidings.java.home",
                    "",
                    "Folder of the Java for the server's JVM, 21 or newer; unset, the one that tidings.jar was started with if it will do, else"
                            + " JAVA_HOME, else the newest with long-term support in the usual folders. Read by tidings.jar alone.",
                    Expected.path()),
            key(
                    "tidings.java.cache",
                    "on",
                    "on or off: Java keeps what it has read of the classes (Java 25 and newer, 150 MB), which makes starts faster; it is made after the"
                            + " first start, with 2 GB of memory or more, or by the command prepare. Read by tidings.jar alone.",
                    Expected.oneOf("on", "off")),
            key(
                    "tidings.runtime.dir",
                    "",
                    "Folder that tidings.jar unpacks itself in, and that nothing is removed from; unset, runtime in the data folder. Read by"
                            + " tidings.jar alone.",
                    Expected.path()),
            key(
                    "tidings.java.options",
                    "",
                    "Further flags for the server's JVM, separated by blanks, such as -Xmx2g; read by tidings.jar alone.",
                    Expected.line(4_000)));

    @Produces
    @Dependent
    static ConfigurationKey.Keys keys() {
        return new ConfigurationKey.Keys(ALL);
    }

    private static boolean isContact(String value) {
        return value.matches("(?:mailto:)?[^@ ]+@[^@ ]+|https://[^ /]+(?:/[^ ]*)?");
    }

    private static ConfigurationKey key(String name, String fallback, String meaning, Expected expected) {
        return new ConfigurationKey(name, fallback, meaning, false, expected);
    }

    private static ConfigurationKey secret(String name, String meaning, Expected expected) {
        return new ConfigurationKey(name, "", meaning, true, expected);
    }
}
