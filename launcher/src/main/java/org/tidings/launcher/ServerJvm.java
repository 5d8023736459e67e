package org.tidings.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The JVM of a {@link Server}: which Java, from which files, with which flags.
 *
 * @param options the operator's own; they come last and so win
 */
record ServerJvm(JavaHome java, Installation installation, List<String> options) {

    private static final List<String> FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-Xms64m",
            "-Xmx640m",
            "-XX:MinHeapFreeRatio=20",
            "-XX:MaxHeapFreeRatio=40",
            // What a full collection frees goes back at once, not at the fourth one.
            "-XX:-ShrinkHeapInSteps",
            // The second compiler waits ten times as long before it takes a method up: on two cores it took half of
            // them for minutes after a start.
            "-XX:Tier4InvocationThreshold=50000",
            "-XX:Tier4MinInvocationThreshold=6000",
            "-XX:Tier4CompileThreshold=150000",
            "-XX:Tier4BackEdgeThreshold=400000",
            "-XX:MetaspaceSize=160m",
            "-XX:ReservedCodeCacheSize=160m",
            // Gives back what the compilers took while starting, 35 MB.
            "-XX:TrimNativeHeapInterval=10000",
            // Corretto's library signs.
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xlog:disable",
            "-Xlog:all=error:stderr",
            // Octets above 0x7F in a header are other people's: cookies of neighbouring sites, a CDN's city names
            // (RFC 9110 section 5.5).
            "-Dorg.glassfish.grizzly.http.STRICT_HEADER_VALUE_VALIDATION_RFC_9110=false",
            "-Dfile.encoding=UTF-8",
            "-Djava.awt.headless=true");

    private static final Pattern OF_ONE_SERVER =
            Pattern.compile("-Dtidings\\.|-Dcom\\.sun\\.management|-agent(?:lib|path):|-javaagent:|-Xrun"
                    + "|-XX:StartFlightRecording|-XX:FlightRecorderOptions|-Xlog:");

    /**
     * The command that runs a server with its data in this folder.
     *
     * @param more flags for this run alone
     */
    List<String> command(Path data, List<String> more) {
        List<String> command = new ArrayList<>();
        command.add(java.java().toString());
        command.addAll(FLAGS);
        command.add("-Djava.io.tmpdir=" + temporary(data));
        command.addAll(more);
        command.addAll(options);
        command.add("-jar");
        command.add(installation.bootJar().toString());
        return command;
    }

    /** The same without what the operator's options tell this one server alone: configuration, agents, ports and recordings. */
    ServerJvm withoutTheSites() {
        return new ServerJvm(
                java,
                installation,
                options.stream()
                        .filter(option -> !OF_ONE_SERVER.matcher(option).lookingAt())
                        .toList());
    }

    /** All that decides whether what one JVM has kept of its classes is of use to another. */
    String identity() throws IOException {
        return String.join("\n", FLAGS)
                + "\n" + String.join("\n", options)
                + "\n" + java.path()
                + "\n" + Files.readString(java.path().resolve("release"));
    }

    /**
     * Makes the folder {@code run} anew, which such a server works in. With one that stays, the container remembers what earlier starts
     * deployed.
     */
    static void prepare(Path data) throws IOException {
        Installation.remove(data.resolve("run"));
        Files.createDirectories(temporary(data));
        Files.writeString(notBegun(data), "");
    }

    /** There until the server's first step. */
    static Path notBegun(Path data) {
        return data.resolve("run").resolve("not-begun");
    }

    private static Path temporary(Path data) {
        return data.resolve("run").resolve("tmp");
    }

    /** System properties of ours go on as environment, not as arguments, which everybody on the machine can read. */
    static Map<String, String> asEnvironment(Properties properties) {
        var environment = new TreeMap<String, String>();
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith("tidings.")) {
                environment.put(environmentName(name), properties.getProperty(name));
            }
        }
        return environment;
    }

    /** In the form that is looked for last and never ambiguous: {@code TIDINGS_HTTP_PORT}. */
    static String environmentName(String key) {
        return Settings.environmentName(key).toUpperCase(Locale.ROOT);
    }
}
