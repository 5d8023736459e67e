package org.tidings.mail.internal.settings;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tidings.mail.MessageClass;

/**
 * One mail server as configured, without its address and secret.
 *
 * @param name as in {@code tidings.smtp.<name>.url}; {@value #MAIN} for {@code tidings.smtp.url}
 * @param classes what it carries
 * @param domains sender domains that it carries, A-labels in lower case; empty for all
 * @param weight its share beside others that may carry the same mail; 0: only while those are down
 * @param connections at once, on each node
 * @param perSecond mails a second over all nodes, account mail not held up; 0 for no limit
 */
public record ServerPlan(
        String name,
        Set<MessageClass> classes,
        Set<String> domains,
        int weight,
        int connections,
        int mailsPerConnection,
        int perSecond) {

    /** The server of {@code tidings.smtp.url}. */
    public static final String MAIN = "main";

    private static final String PREFIX = "tidings.smtp.";
    private static final Set<String> TAKEN =
            Set.of(MAIN, "url", "servers", "connections", "timeout", "per-second", "mails-per-connection");

    /** The ends of the keys that each further server has. */
    public static final List<String> PARTS =
            List.of("url", "classes", "domains", "weight", "connections", "mails-per-connection", "per-second");

    public ServerPlan {
        classes = Set.copyOf(classes);
        domains = Set.copyOf(domains);
    }

    /** Whether it may carry mail of a class from a sender domain. */
    public boolean carries(MessageClass messageClass, String senderDomain) {
        return classes.contains(messageClass) && (domains.isEmpty() || domains.contains(senderDomain));
    }

    /** The key of one part of a further server. */
    public static String key(String server, String part) {
        return PREFIX + server + "." + part;
    }

    /**
     * Reads the further servers; what one does not say is as the main server has it.
     *
     * @param configuration reads a key
     * @param main settings of the server of {@code tidings.smtp.url}
     * @throws IllegalArgumentException saying which key is wrong
     */
    public static List<ServerPlan> further(Function<String, Optional<String>> configuration, ServerPlan main) {
        String names = configuration.apply(PREFIX + "servers").orElse("").strip();
        return parts(names).map(name -> read(name, configuration, main)).toList();
    }

    /** Whether a further server may be called so. */
    public static boolean isName(String name) {
        return name.matches("[a-z][a-z0-9-]{0,29}") && !TAKEN.contains(name);
    }

    private static ServerPlan read(String name, Function<String, Optional<String>> configuration, ServerPlan main) {
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "tidings.smtp.servers: names are small letters, digits and hyphens, and none of "
                            + new TreeSet<>(TAKEN));
        }
        Function<String, Optional<String>> part =
                end -> configuration.apply(key(name, end)).map(String::strip).filter(value -> !value.isEmpty());
        return new ServerPlan(
                name,
                part.apply("classes").map(value -> classes(name, value)).orElse(main.classes()),
                part.apply("domains")
                        .map(value -> parts(value).collect(Collectors.toUnmodifiableSet()))
                        .orElse(Set.of()),
                number(name, part, "weight", 1, 0, 1_000),
                number(name, part, "connections", main.connections(), 1, 200),
                number(name, part, "mails-per-connection", main.mailsPerConnection(), 1, 100_000),
                number(name, part, "per-second", main.perSecond(), 0, 100_000));
    }

    private static Stream<String> parts(String list) {
        return Stream.of(list.split(",", -1))
                .map(part -> part.strip().toLowerCase(Locale.ROOT))
                .filter(part -> !part.isEmpty())
                .distinct();
    }

    private static Set<MessageClass> classes(String server, String list) {
        Map<String, MessageClass> known = Map.of(
                "account", MessageClass.ACCOUNT,
                "service", MessageClass.SERVICE,
                "newsletter", MessageClass.NEWSLETTER);
        return parts(list)
                .map(word -> Optional.ofNullable(known.get(word))
                        .orElseThrow(() -> new IllegalArgumentException(
                                key(server, "classes") + " must be ACCOUNT, SERVICE, NEWSLETTER or some of them")))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static int number(
            String server, Function<String, Optional<String>> part, String end, int fallback, int min, int max) {
        try {
            int value = part.apply(end).map(Integer::parseInt).orElse(fallback);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException(key(server, end) + " must be a whole number from " + min + " to " + max);
    }
}
