package org.tidings.launcher;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Ends the server's JVM in order: the application finishes what it has begun and closes its database; then the JVM is halted. The
 * container is not stopped. It has nothing to lose, its folder is made anew at every start, and while it stops it would answer 404
 * where the application has said until its last moment that it comes back.
 */
final class Ending {

    /** Where the application can be told, from before it touches its database. */
    static final String APPLICATION = "org.tidings:type=Ending";

    private static final Logger LOG = Logger.getLogger(Ending.class.getName());

    private final Settings settings;

    Ending(Settings settings) {
        this.settings = settings;
    }

    /** Whether there is an application that can be told to end. */
    static boolean applicationIsThere() {
        try {
            return ManagementFactory.getPlatformMBeanServer().isRegistered(new ObjectName(APPLICATION));
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Does not return. */
    void inOrder(int signal) {
        int exit = 128 + signal;
        haltAfter(settings.longestStop(), exit);
        try {
            tellTheApplication();
        } finally {
            Runtime.getRuntime().halt(exit);
        }
    }

    /** Does not return. */
    static void atOnce(int signal) {
        Runtime.getRuntime().halt(128 + signal);
    }

    private void tellTheApplication() {
        try {
            MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
            beans.invoke(
                    new ObjectName(APPLICATION),
                    "end",
                    new Object[] {
                        settings.stopPatience().toMillis(), settings.stopDelay().toMillis()
                    },
                    new String[] {long.class.getName(), long.class.getName()});
        } catch (InstanceNotFoundException e) {
            LOG.info("asked to end before the application was there");
        } catch (JMException | RuntimeException e) {
            LOG.log(Level.SEVERE, "the application did not end in order", e);
        }
    }

    private static void haltAfter(Duration longest, int exit) {
        Thread watch = new Thread(
                () -> {
                    try {
                        Thread.sleep(longest.toMillis());
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    Console.error("Ending took longer than " + longest.toSeconds() + " s and is broken off.");
                    Runtime.getRuntime().halt(exit);
                },
                "ending");
        watch.setDaemon(true);
        watch.start();
    }
}
