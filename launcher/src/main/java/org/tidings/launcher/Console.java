package org.tidings.launcher;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Filter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * What reaches the operator's terminal: as they are, the words that Tidings logs to {@value #LOGGER}; and one line for
 * each error of whatever part. The rest is in the log file.
 *
 * <p>The words may hold a one-time link, so they never get into the file. They wait until the server listens; errors do not.
 */
public final class Console extends Handler {

    static final String LOGGER = "org.tidings.console";

    private static final PrintStream OUT = System.out;
    private static final PrintStream ERR = System.err;
    private static final LogLine MESSAGES = new LogLine();
    private static final List<String> WAITING = new ArrayList<>();
    private static boolean open;

    @Override
    public void publish(LogRecord record) {
        if (LOGGER.equals(record.getLoggerName())) {
            say(record.getMessage());
        } else if (record.getLevel().intValue() >= Level.SEVERE.intValue() && !isAboutDeploying(record)) {
            printError(record);
        }
    }

    /** That the container could not deploy is known when the server says why. */
    private static synchronized boolean isAboutDeploying(LogRecord record) {
        return !open && String.valueOf(record.getLoggerName()).matches("(javax|jakarta)\\.enterprise\\..*");
    }

    /** What others print goes to the log file from here on, line by line; the terminal is for the operator. */
    static void takeOver() {
        System.setOut(printing("stdout"));
        System.setErr(printing("stderr"));
    }

    /** Before the server is there. */
    static synchronized void print(String words) {
        OUT.println(words);
    }

    static void error(String words) {
        ERR.println(words);
    }

    private static PrintStream printing(String logger) {
        return new PrintStream(new LoggedLines(Logger.getLogger(logger)), true, StandardCharsets.UTF_8);
    }

    /** The server listens: says what waited, and from now on says everything at once. */
    static synchronized void showAll() {
        open = true;
        WAITING.forEach(OUT::println);
        WAITING.clear();
        OUT.flush();
    }

    private static synchronized void say(String words) {
        if (open) {
            OUT.println(words);
        } else {
            WAITING.add(words);
        }
    }

    private static void printError(LogRecord record) {
        String words = LogLine.oneLine(String.valueOf(MESSAGES.formatMessage(record)));
        ERR.println(record.getLevel().getName() + " " + record.getLoggerName() + ": "
                + words.substring(0, Math.min(words.length(), 500)));
    }

    @Override
    public void flush() {
        OUT.flush();
    }

    @Override
    public void close() {}

    private static final class LoggedLines extends OutputStream {

        private static final int LONGEST_LINE_BYTES = 8192;

        private final Logger logger;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        LoggedLines(Logger logger) {
            this.logger = logger;
        }

        @Override
        public synchronized void write(int b) {
            if (b != '\n') {
                line.write(b);
            }
            if (b == '\n' || line.size() >= LONGEST_LINE_BYTES) {
                String text = line.toString(StandardCharsets.UTF_8);
                line.reset();
                if (!text.isBlank()) {
                    logger.info(text);
                }
            }
        }
    }

    /** Keeps the operator's words out of the log file. */
    public static final class NotForTheFile implements Filter {
        @Override
        public boolean isLoggable(LogRecord record) {
            return !LOGGER.equals(record.getLoggerName());
        }
    }
}
