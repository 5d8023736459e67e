package org.tidings.launcher;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Parts of the container that Tidings never uses. Left out, nobody has to watch them for known faults, and they are not searched at each start.
 *
 * <p>Found by leaving them out one after the other and starting. What looks unused and stays is named in the signatures of what is used:
 * Hazelcast (which is not started), OpenTelemetry, Faces, the administration's command line.
 */
final class LeftOut {

    private static final List<Pattern> NAMES = List.of(
            // Older than ours.
            named("h2"),
            named("jackson-dataformat-(toml|xml)"),
            // Signing in by others: OpenID Connect, OAuth 2, PAM, LDAP, JWT.
            named("security-connector-.*"),
            named("security-connectors-api"),
            named("libpam4j-repackaged"),
            named("ldapbp-repackaged"),
            named("realm-stores"),
            named("microprofile-jwt-auth.*"),
            // Batch, JMS, Jakarta Data, agents, MVC, WebSocket, SOAP, RMI over IIOP.
            named("payara-jbatch"),
            named("glassfish-batch-.*"),
            named("jms-handlers"),
            named("gf-jms-injection"),
            named("jakarta\\.jms-api"),
            named("data-core"),
            named("jakarta\\.data-api"),
            named("agentic-ai-core"),
            named("jakarta\\.agentic-ai-api"),
            named("krazo-.*"),
            named("jersey-mvc.*"),
            named("jakarta\\.mvc-api"),
            named("tyrus-.*"),
            named("webservices-.*"),
            named("jakarta\\.xml\\.ws-api"),
            named("jakarta\\.jws-api"),
            named("rmic"),
            named("bcel"),
            // Clients and circuit breakers of MicroProfile.
            named("microprofile-fault-tolerance.*"),
            named("microprofile-rest-client.*"),
            named("jersey-mp-rest-client"),
            named("rest-client-ssl"),
            named("reactor-core"),
            named("reactive-streams"),
            // Management from elsewhere, terminals, telling the maker.
            named("amx-.*"),
            named("jmxremote_optional-repackaged"),
            named("flashlight-agent"),
            named("jline-jdk11"),
            named("phonehome-bootstrap"),
            // The data grid's services, databases that are not ours, OSGi.
            named("hazelcast-ejb-timer"),
            named("hazelcast-eclipselink-coordination"),
            named("ha-hazelcast-store"),
            named("org\\.eclipse\\.persistence\\.(oracle|dbws)"),
            named("osgi-.*"),
            named(".*-packages"));

    private LeftOut() {}

    private static Pattern named(String name) {
        return Pattern.compile("(?:" + name + ")(?:-\\d[\\d.]*)?\\.jar");
    }

    /** Whether this is the file name of such a part, with or without a version. */
    static boolean has(String fileName) {
        return NAMES.stream().anyMatch(name -> name.matcher(fileName).matches());
    }

    /** @throws IllegalStateException when the container has no such part any more: one that was renamed would come along unnoticed */
    static void mustBeAmong(Collection<String> fileNames) {
        for (Pattern name : NAMES) {
            if (fileNames.stream().noneMatch(file -> name.matcher(file).matches())) {
                throw new IllegalStateException("Payara Micro came without a part " + name);
            }
        }
    }
}
