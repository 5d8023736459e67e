package org.tidings.launcher;

import java.util.regex.Pattern;

/**
 * Parts of the container that Tidings never uses. Left out, nobody has to watch them for known faults, and they are not searched at each start.
 *
 * <p>Found by leaving them out one after the other and starting. What looks unused and stays is named in the signatures of what is used:
 * Hazelcast (which is not started), OpenTelemetry, Faces, the administration's command line.
 */
final class LeftOut {

    private static final Pattern NAMES = Pattern.compile(String.join(
            "|",
            // Older than ours.
            "h2|jackson-dataformat-(toml|xml)",
            // Signing in by others: OpenID Connect, OAuth 2, PAM, LDAP, JWT.
            "security-connector-.*|security-connectors-api|libpam4j-repackaged|ldapbp-repackaged|realm-stores|microprofile-jwt-auth.*",
            // Batch, JMS, Jakarta Data, agents, MVC, WebSocket, SOAP, RMI over IIOP.
            "payara-jbatch|glassfish-batch-.*|jms-handlers|gf-jms-injection|jakarta\\.jms-api|data-core|jakarta\\.data-api",
            "agentic-ai-core|jakarta\\.agentic-ai-api|krazo-.*|jersey-mvc.*|jakarta\\.mvc-api|tyrus-.*",
            "webservices-.*|jakarta\\.xml\\.ws-api|jakarta\\.jws-api|rmic|bcel",
            // Clients and circuit breakers of MicroProfile.
            "microprofile-fault-tolerance.*|microprofile-rest-client.*|jersey-mp-rest-client|rest-client-ssl|reactor-core|reactive-streams",
            // Management from elsewhere, terminals, telling the maker.
            "amx-.*|jmxremote_optional-repackaged|flashlight-agent|jline-jdk11|phonehome-bootstrap",
            // The data grid's services, databases that are not ours, OSGi.
            "hazelcast-ejb-timer|hazelcast-eclipselink-coordination|ha-hazelcast-store",
            "org\\.eclipse\\.persistence\\.(oracle|dbws)|osgi-.*|.*-packages"));

    private static final Pattern VERSION = Pattern.compile("(?:-\\d[\\d.]*)?\\.jar");

    private LeftOut() {}

    /** Whether this is the file name of such a part, with or without a version. */
    static boolean has(String fileName) {
        return NAMES.matcher(VERSION.matcher(fileName).replaceFirst("")).matches();
    }
}
