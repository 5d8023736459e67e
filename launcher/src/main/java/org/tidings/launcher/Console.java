package org.tidings.launcher;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Filter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * What reaches the operator's terminal: as they are, the words that Tidings logs to {@value #LOGGER}; and one line for
 * each error of whatever part. The rest is in the log file.
 *
 * <p>The words may hold a one-time link, so they never get into the file. They wait until the server listens; errors do not.
 */
public final class Console extends Handler {

    static final String LOGGER = "org.tidings.console";

    private static final List<String> WAITING = new ArrayList<>();
    private static boolean open;

    @Override
    public void publish(LogRecord record) {
        if (LOGGER.equals(record.getLoggerName())) {
            say(record.getMessage());
        } else if (record.getLevel().intValue() >= Level.SEVERE.intValue()) {
            printError(record);
        }
    }

    /** The server listens: says what waited, and from now on says everything at once. */
    static synchronized void showAll() {
        open = true;
        WAITING.forEach(System.out::println);
        WAITING.clear();
        System.out.flush();
    }

    private static synchronized void say(String words) {
        if (open) {
            System.out.println(words);
        } else {
            WAITING.add(words);
        }
    }

    private static void printError(LogRecord record) {
        PrintStream err = System.err;
        String words = LogLine.oneLine(String.valueOf(record.getMessage()));
        err.println(record.getLevel().getName() + " " + record.getLoggerName() + ": "
                + words.substring(0, Math.min(words.length(), 500)));
    }

    @Override
    public void flush() {
        System.out.flush();
    }

    @Override
    public void close() {}

    /** Keeps the operator's words out of the log file. */
    public static final class NotForTheFile implements Filter {
        @Override
        public boolean isLoggable(LogRecord record) {
            return !LOGGER.equals(record.getLoggerName());
        }
    }
}
