package org.tidings.newsletter.internal.importing;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tidings.newsletter.ImportRejected;

/** One list that is to be imported, kept aside so that it can be read several times; knows its encoding and its separator. */
public final class ImportSource implements AutoCloseable {

    static final int MOST_COLUMNS = 2_000;

    private static final int LONGEST_FIELD = 1_000_000;
    private static final int LONGEST_FIRST_LINE = 60_000;
    private static final String SEPARATORS = ",;\t|";
    private static final Pattern SEP = Pattern.compile("\"?sep=(.)\"?", Pattern.CASE_INSENSITIVE);
    /** Before a line whose quotation marks do not end; no character that a file can have. */
    private static final String BROKEN = "\uFFFF";

    private final Path file;
    private final String name;
    private final Charset charset;
    private boolean byLines;
    private char separator = ',';

    /**
     * @param file deleted in the end
     * @param name of the list
     */
    ImportSource(Path file, String name, Charset charset) {
        this.file = file;
        this.name = name;
        this.charset = charset;
    }

    /** Takes a row that holds anything, with the line on which it begins. */
    @FunctionalInterface
    interface Rows {
        void take(long line, List<String> fields);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }

    String name() {
        return name;
    }

    public String encoding() {
        return charset.name();
    }

    /** As it was when the file was last read. */
    char separator() {
        return separator;
    }

    /** What stands behind a closing quotation mark belongs to the field: {@code "Archer, Ann" <ann@…>} is no reason to refuse a file. */
    @SuppressWarnings("removal") // FastCSV has nothing else for it
    private static CsvReader.CsvReaderBuilder lenient() {
        return CsvReader.builder().allowExtraCharsAfterClosingQuote(true);
    }

    /** Reads it from the beginning; the row that names the columns is the first. Rows without anything in them are passed over. */
    void read(Rows rows) throws IOException {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(
                        Files.newInputStream(file),
                        charset.newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .onUnmappableCharacter(CodingErrorAction.REPORT)),
                65_536)) {
            Beginning beginning = beginning(reader);
            separator = beginning.separator();
            if (byLines) {
                readLines(reader, beginning, rows);
                return;
            }
            try (CsvReader<CsvRecord> records = parser(beginning).build(handler(), reader)) {
                for (CsvRecord entry : records) {
                    give(entry.getStartingLineNumber() + beginning.lines(), entry.getFields(), rows);
                }
            }
        } catch (CsvParseException e) {
            throw new ImportRejected(
                    causedBy(e, CharacterCodingException.class)
                            ? ImportRejected.Reason.NOT_UTF_8
                            : ImportRejected.Reason.NOT_CSV);
        } catch (CharacterCodingException e) {
            throw new ImportRejected(ImportRejected.Reason.NOT_UTF_8);
        } catch (UncheckedIOException e) {
            if (causedBy(e, CharacterCodingException.class)) {
                throw new ImportRejected(ImportRejected.Reason.NOT_UTF_8);
            }
            throw e;
        }
    }

    private static CsvReader.CsvReaderBuilder parser(Beginning beginning) {
        return lenient()
                .fieldSeparator(beginning.separator())
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false);
    }

    private static CsvRecordHandler handler() {
        return CsvRecordHandler.of(c -> c.maxFields(MOST_COLUMNS).maxFieldSize(LONGEST_FIELD));
    }

    private static void give(long line, List<String> fields, Rows rows) {
        if (!fields.stream().allMatch(ImportedText::isBlank)) {
            rows.take(line, fields);
        }
    }

    /** From now on each line is a row: where a quotation mark has no end, the lines behind it are not lost with it. */
    void byLines() {
        byLines = true;
    }

    private static void readLines(BufferedReader reader, Beginning beginning, Rows rows) throws IOException {
        CsvReader.CsvReaderBuilder parser = parser(beginning);
        long line = beginning.lines();
        String text = reader.readLine();
        while (text != null) {
            line++;
            List<String> fields;
            try {
                fields = text.isEmpty()
                        ? List.of()
                        : parser.ofSingleCsvRecord(handler(), text).getFields();
            } catch (CsvParseException e) {
                fields = List.of(BROKEN + text);
            }
            give(line, fields, rows);
            text = reader.readLine();
        }
    }

    static boolean isBroken(List<String> fields) {
        return fields.get(0).startsWith(BROKEN);
    }

    /** What stands in the file. */
    static List<String> asWritten(List<String> fields) {
        return isBroken(fields) ? List.of(fields.get(0).substring(BROKEN.length())) : fields;
    }

    private static boolean causedBy(Throwable thrown, Class<?> type) {
        return Stream.iterate(thrown, t -> t != null, Throwable::getCause).anyMatch(type::isInstance);
    }

    /** @param lines that were passed over */
    private record Beginning(char separator, int lines) {}

    /** Passes over a byte order mark and over Excel's {@code sep=;}; counts separators outside of quotes. */
    private static Beginning beginning(BufferedReader reader) throws IOException {
        reader.mark(LONGEST_FIRST_LINE + 10);
        if (reader.read() != '\uFEFF') {
            reader.reset();
        }
        reader.mark(LONGEST_FIRST_LINE + 10);
        String line = firstLine(reader);
        Matcher sep = SEP.matcher(line.strip());
        if (sep.matches()) {
            reader.mark(2);
            if (reader.read() != '\n') {
                reader.reset();
            }
            return new Beginning(sep.group(1).charAt(0), lines(line) + 1);
        }
        reader.reset();
        int[] counts = new int[SEPARATORS.length()];
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            quoted ^= c == '"';
            if (!quoted && SEPARATORS.indexOf(c) >= 0) {
                counts[SEPARATORS.indexOf(c)]++;
            }
        }
        int most = Arrays.stream(counts).max().orElse(0);
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] == most) {
                return new Beginning(SEPARATORS.charAt(i), 0);
            }
        }
        return new Beginning(',', 0);
    }

    private static int lines(String text) {
        return (int) text.chars().filter(c -> c == '\n').count();
    }

    /** Up to the first line break outside of quotes after anything that is not blank; the break's first character is read, too. */
    private static String firstLine(BufferedReader reader) throws IOException {
        StringBuilder line = new StringBuilder();
        boolean quoted = false;
        int c = reader.read();
        while (c >= 0 && line.length() < LONGEST_FIRST_LINE) {
            if ((c == '\n' || c == '\r') && !quoted && !line.toString().isBlank()) {
                break;
            }
            quoted ^= c == '"';
            line.append((char) c);
            c = reader.read();
        }
        return line.toString();
    }
}
