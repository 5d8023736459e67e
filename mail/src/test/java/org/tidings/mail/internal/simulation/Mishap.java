package org.tidings.mail.internal.simulation;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.tidings.mail.internal.ledger.Books;
import org.tidings.mail.internal.ledger.Claims;

/** Tells failures that the world let happen from those that are the engine's own. */
final class Mishap {

    /** Says something only where somebody was lost or miscounted, and mends it, so that the tables show nothing any more. */
    private static final String BOOKS = Books.class.getName();

    private Mishap() {}

    static void check(World world, Throwable e) {
        if (!isMeant(e)) {
            world.wrong(new AssertionError("nobody let this happen: " + e, e));
        }
    }

    private static boolean isMeant(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SimulatedDatabase.Failed
                    || cause instanceof SimulatedDisk.Failed
                    || cause instanceof Killed
                    || cause instanceof Claims.TakenOver) {
                return true;
            }
        }
        return false;
    }

    /** Listens to the engine's log, which goes nowhere else meanwhile. */
    static AutoCloseable listening() {
        Logger log = Logger.getLogger("org.tidings");
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                World world = World.ofThisThread();
                Throwable thrown = record.getThrown();
                if (world != null) {
                    world.note("log: " + record.getMessage(), thrown == null ? "" : String.valueOf(thrown));
                    if (thrown != null) {
                        check(world, thrown);
                    }
                    if (BOOKS.equals(record.getLoggerName())) {
                        world.wrong(new AssertionError("the books had to be mended: " + record.getMessage()));
                    }
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        boolean before = log.getUseParentHandlers();
        Level level = log.getLevel();
        log.setUseParentHandlers(false);
        log.setLevel(Level.INFO);
        log.addHandler(handler);
        return () -> {
            log.removeHandler(handler);
            log.setUseParentHandlers(before);
            log.setLevel(level);
        };
    }
}
