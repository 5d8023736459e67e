package org.tidings.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The server's JVM: Payara Micro with the one application, from the unpacked {@link Installation}, in the folder {@code run} below the data
 * folder.
 */
public final class Server {

    /** Where the application says why it cannot start. */
    private static final String WHY = "org.tidings.cannot-start";

    private Server() {}

    public static void main(String[] args) throws Exception {
        var settings = new Settings(System.getProperties(), System.getenv());
        var stop = new Stop(new Ending(settings)::inOrder, Ending::atOnce);
        Signals.handle(stop::signalled);
        listenToGuardian(stop);
        Path data = settings.dataDir();
        Path run = data.resolve("run");
        Door door = door(settings);
        Files.deleteIfExists(ServerJvm.notBegun(data));
        Files.createDirectories(run.resolve("payara"));
        Files.createDirectories(data.resolve("log"));
        Path domain = run.resolve("domain.xml");
        Files.writeString(domain, DomainXml.of(shipped("domain.xml"), Listener.BEHIND_THE_DOOR, Listener.freePort()));
        Path logging = run.resolve("logging.properties");
        Files.writeString(logging, LogSettings.of(data.resolve("log")));
        System.setProperty("java.util.logging.config.file", logging.toString());
        Console.takeOver();
        WaitingForDatabase.untilItAnswers(settings);
        try {
            boot(List.of(
                    "--rootdir",
                    run.resolve("payara").toString(),
                    "--domainconfig",
                    domain.toString(),
                    "--logproperties",
                    logging.toString(),
                    "--nohazelcast",
                    "--contextroot",
                    "/",
                    "--deploy",
                    bootJar().resolveSibling("app").toString()));
            // Payara goes on without an application that failed, and may even name it among those that are deployed.
            if (!Ending.applicationIsThere()) {
                stopBecause(System.getProperty(
                        WHY,
                        "the application was refused by the container. The log in " + data.resolve("log")
                                + " says more."));
            }
            door.close();
            Listener.moveTo(settings.httpAddress(), settings.httpPort(), new Clients(settings));
            Console.showAll();
            IdleMemory.watch();
        } catch (ReflectiveOperationException | IOException e) {
            // Also when somebody took the port between the door and the container: it must not go on listening nowhere.
            Logger.getLogger(Server.class.getName()).log(Level.WARNING, "Payara Micro did not start", e);
            stopBecause(rootOf(e) + ". The log in " + data.resolve("log") + " says more.");
        }
    }

    /** By name, because the container's classes are found only beside the unpacked {@code boot.jar}. */
    private static void boot(List<String> arguments) throws ReflectiveOperationException, URISyntaxException {
        System.setProperty("fish.payara.micro.BootJar", bootJar().toUri().toString());
        System.setProperty(
                "fish.payara.micro.UnpackDir", bootJar().resolveSibling("").toString());
        Class.forName("fish.payara.micro.impl.PayaraMicroImpl")
                .getMethod("main", String[].class)
                .invoke(null, (Object) arguments.toArray(String[]::new));
    }

    private static Door door(Settings settings) {
        try {
            return Door.open(settings);
        } catch (IOException e) {
            stopBecause("cannot listen on " + settings.httpAddress() + " port " + settings.httpPort() + ": "
                    + e.getMessage());
            throw new IllegalStateException(e);
        }
    }

    private static void stopBecause(String why) {
        Console.error("Tidings cannot start: " + why);
        Runtime.getRuntime().halt(1);
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static Path bootJar() throws URISyntaxException {
        return Path.of(
                Server.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static String shipped(String name) throws IOException {
        try (InputStream in = Server.class.getResourceAsStream("/MICRO-INF/domain/" + name)) {
            if (in == null) {
                throw new IOException("Payara Micro came without " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /**
     * Standard input is a pipe from the guardian, which writes the number of each signal that asks for the end. The pipe's own end means
     * that the guardian was killed, and so is the server.
     */
    private static void listenToGuardian(Stop stop) {
        Thread ear = new Thread(
                () -> {
                    try {
                        for (int signal = System.in.read(); signal >= 0; signal = System.in.read()) {
                            endsBecauseOf(signal, stop);
                        }
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    } finally {
                        Runtime.getRuntime().halt(128 + 9);
                    }
                },
                "guardian");
        ear.setDaemon(true);
        ear.start();
    }

    /** In a thread of its own: the guardian may be killed meanwhile. */
    private static void endsBecauseOf(int signal, Stop stop) {
        new Thread(() -> stop.passedOn(signal), "end").start();
    }
}
