package org.tidings.launcher;

import java.util.List;

/**
 * The container's configuration, made from the one that Payara Micro ships.
 *
 * <p>Changed are: no database of its own that listens on all addresses, no data grid, no telling of versions in headers, no TRACE, the address to listen on, bounds for
 * threads and requests, and nothing of what is {@link LeftOut}. Each change must find its place: a Payara that ships something else is noticed at once.
 */
final class DomainXml {

    private static final String HTTP =
            "server-header=\"false\" trace-enabled=\"false\" websockets-support-enabled=\"false\""
                    + " http2-enabled=\"false\" request-timeout-seconds=\"120\" header-buffer-length-bytes=\"16384\"";

    private record Change(String from, String to) {}

    private DomainXml() {}

    static String of(String shipped, String address, int port) {
        List<Change> changes = List.of(
                new Change(
                        "<hazelcast-config-specific-configuration enabled=\"true\"",
                        "<hazelcast-config-specific-configuration enabled=\"false\""),
                new Change(
                        "<availability-service availability-enabled=\"true\"",
                        "<availability-service availability-enabled=\"false\""),
                new Change(
                        "<web-container-availability availability-enabled=\"true\"",
                        "<web-container-availability availability-enabled=\"false\""),
                new Change("persistence-type=\"hazelcast\"", "persistence-type=\"memory\""),
                new Change(
                        "<microprofile-metrics-configuration>",
                        // Elsewhere too: switched off it would still answer 403 where ours is.
                        "<microprofile-metrics-configuration endpoint=\"payara-metrics\" enabled=\"false\">"),
                new Change(
                        "<network-listener port=\"8080\"",
                        "<network-listener address=\"" + attribute(address) + "\" port=\"" + port + "\""),
                // Nobody uses it; should somebody, it is in memory and does not listen.
                new Change(
                        "jdbc:h2:${com.sun.aas.instanceRoot}/lib/databases/embedded_default;AUTO_SERVER=TRUE",
                        "jdbc:h2:mem:unused"),
                // Parts that are left out.
                new Change("<phone-home-runtime-configuration></phone-home-runtime-configuration>", ""),
                new Change(
                        "<batch-runtime-configuration table-prefix=\"jbatch\""
                                + " data-source-lookup-name=\"jdbc/__default\"></batch-runtime-configuration>",
                        ""),
                // Descriptors that are ours were looked at when they were written.
                new Change("<das-config></das-config>", "<das-config deploy-xml-validation=\"none\"></das-config>"),
                new Change("comet-support-enabled=\"true\"", HTTP),
                // These read; RequestThreads answer.
                new Change(
                        "name=\"http-thread-pool\" min-thread-pool-size=\"2\" max-thread-pool-size=\"200\"",
                        "name=\"http-thread-pool\" min-thread-pool-size=\"2\" max-thread-pool-size=\"8\""));
        String domain = shipped;
        for (Change change : changes) {
            if (!domain.contains(change.from())) {
                throw new IllegalStateException("Payara's domain.xml has no " + change.from());
            }
            domain = domain.replace(change.from(), change.to());
        }
        return domain;
    }

    private static String attribute(String text) {
        return text.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
    }
}
