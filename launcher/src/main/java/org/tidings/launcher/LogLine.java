package org.tidings.launcher;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.temporal.ChronoUnit;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/**
 * One record of the log file: time in UTC, level, thread, logger, message; a stack trace on indented lines after it.
 *
 * <p>A message stays on one line whatever is in it, so that no input can forge a record.
 */
public final class LogLine extends Formatter {

    @Override
    public String format(LogRecord record) {
        var line = new StringBuilder(160)
                .append(record.getInstant().truncatedTo(ChronoUnit.MILLIS))
                .append(' ')
                .append(record.getLevel().getName())
                .append(" [")
                .append(record.getLongThreadID())
                .append("] ")
                .append(record.getLoggerName())
                .append(": ")
                .append(oneLine(String.valueOf(formatMessage(record))))
                .append('\n');
        if (record.getThrown() != null) {
            var trace = new StringWriter();
            record.getThrown().printStackTrace(new PrintWriter(trace));
            trace.toString()
                    .lines()
                    .forEach(part -> line.append("    ").append(part).append('\n'));
        }
        return line.toString();
    }

    static String oneLine(String text) {
        return text.strip()
                .replace("\\", "\\\\")
                .replace("\r", "\\r")
                .replace("\n", "\\n")
                .replace("\u0085", "\\u0085")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }
}
