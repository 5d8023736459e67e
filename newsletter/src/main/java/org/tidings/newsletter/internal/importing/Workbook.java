package org.tidings.newsletter.internal.importing;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.tidings.newsletter.ImportRejected;
import org.tidings.newsletter.ImportRejected.Reason;

/**
 * A workbook of Excel since 2007 (ECMA-376 part 1), of which only what stands in the cells is read, row by row. Of a formula that is what
 * it last came to. Memory holds the shared strings and no more; without a library, since none lets us set these limits.
 */
final class Workbook {

    private static final int LONGEST_CELL = 32_767;
    private static final long MOST_SHARED_CHARACTERS = 60_000_000;
    private static final int MOST_SHARED = 3_000_000;
    private static final LocalDate EPOCH = LocalDate.of(1899, 12, 30);
    private static final LocalDate EPOCH_OF_MAC = LocalDate.of(1904, 1, 1);
    private static final double LAST_DAY = 2_958_466;

    private final ZipFile zip;
    private final Unpacking.Allowance allowance;
    private final List<Sheet> sheets = new ArrayList<>();
    private final List<String> shared = new ArrayList<>();
    private final List<Boolean> isDate = new ArrayList<>();
    private LocalDate epoch = EPOCH;

    private Workbook(ZipFile zip, Unpacking.Allowance allowance) {
        this.zip = zip;
        this.allowance = allowance;
    }

    /** @param part where it is in the archive */
    record Sheet(String name, String part) {}

    static boolean is(ZipFile zip) {
        return zip.getEntry("xl/workbook.xml") != null;
    }

    static Workbook open(ZipFile zip, Unpacking.Allowance allowance) throws IOException {
        Workbook workbook = new Workbook(zip, allowance);
        Map<String, String> parts = new HashMap<>();
        workbook.each("xl/_rels/workbook.xml.rels", xml -> {
            if (xml.getLocalName().equals("Relationship")) {
                parts.put(attribute(xml, "Id"), attribute(xml, "Target"));
            }
        });
        workbook.each("xl/workbook.xml", xml -> workbook.look(xml, parts));
        workbook.readStyles();
        workbook.readShared();
        return workbook;
    }

    List<Sheet> sheets() {
        return sheets;
    }

    private void look(XMLStreamReader xml, Map<String, String> parts) {
        if (xml.getLocalName().equals("workbookPr") && isTrue(attribute(xml, "date1904"))) {
            epoch = EPOCH_OF_MAC;
        } else if (xml.getLocalName().equals("sheet")
                && !attribute(xml, "state").contains("idden")) {
            String target = parts.getOrDefault(attribute(xml, "id"), "");
            sheets.add(
                    new Sheet(attribute(xml, "name"), target.startsWith("/") ? target.substring(1) : "xl/" + target));
        }
    }

    private void readStyles() throws IOException {
        Set<String> ofDates = new HashSet<>();
        boolean[] inCells = new boolean[1];
        each("xl/styles.xml", xml -> {
            switch (xml.getLocalName()) {
                case "numFmt" -> {
                    if (isDateFormat(attribute(xml, "formatCode"))) {
                        ofDates.add(attribute(xml, "numFmtId"));
                    }
                }
                case "cellXfs" -> inCells[0] = true;
                case "cellStyles" -> inCells[0] = false;
                case "xf" -> {
                    if (inCells[0]) {
                        String format = attribute(xml, "numFmtId");
                        isDate.add(ofDates.contains(format) || isBuiltInDate(format));
                    }
                }
                default -> {}
            }
        });
    }

    private static boolean isBuiltInDate(String format) {
        return format.matches("1[4-9]|2[0-2]|2[7-9]|3[0-6]|4[5-7]|5[0-8]");
    }

    private static boolean isDateFormat(String code) {
        String plain = code.replaceAll("\"[^\"]*\"|\\[[^\\]]*\\]|\\\\.", "").toLowerCase(Locale.ROOT);
        return plain.matches(".*[ydh].*");
    }

    private void readShared() throws IOException {
        if (zip.getEntry("xl/sharedStrings.xml") == null) {
            return;
        }
        long[] characters = new long[1];
        read("xl/sharedStrings.xml", xml -> {
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT
                        && xml.getLocalName().equals("si")) {
                    String text = text(xml, "si");
                    characters[0] += text.length() + 24L;
                    if (characters[0] > MOST_SHARED_CHARACTERS || shared.size() >= MOST_SHARED) {
                        throw new ImportRejected(Reason.UNPACKS_TOO_LARGE);
                    }
                    shared.add(text);
                }
            }
        });
    }

    /** Writes a sheet as CSV, each row on the line of its number. @return whether there was anything in it */
    boolean write(Sheet sheet, Writer csv) throws IOException {
        Rows rows = new Rows(csv);
        if (zip.getEntry(sheet.part()) != null) {
            read(sheet.part(), rows::readAll);
        }
        return rows.filled;
    }

    /** The rows of one sheet. */
    private final class Rows {
        private final Writer csv;
        private final List<String> cells = new ArrayList<>();
        private int line;
        private boolean filled;

        Rows(Writer csv) {
            this.csv = csv;
        }

        void readAll(XMLStreamReader xml) throws XMLStreamException, IOException {
            int row = 0;
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.START_ELEMENT
                        && xml.getLocalName().equals("row")) {
                    String number = attribute(xml, "r");
                    row = number.matches("\\d{1,7}") ? Integer.parseInt(number) : row + 1;
                    cells.clear();
                } else if (event == XMLStreamConstants.START_ELEMENT
                        && xml.getLocalName().equals("c")) {
                    cell(xml);
                } else if (event == XMLStreamConstants.END_ELEMENT
                        && xml.getLocalName().equals("row")) {
                    end(row);
                }
            }
        }

        private void cell(XMLStreamReader xml) throws XMLStreamException {
            int at = column(attribute(xml, "r"), cells.size());
            String type = attribute(xml, "t");
            String style = attribute(xml, "s");
            String value = value(xml, type, style);
            if (at < ImportSource.MOST_COLUMNS && !value.isEmpty()) {
                while (cells.size() <= at) {
                    cells.add("");
                }
                cells.set(at, value);
            }
        }

        /** Rows without anything in them are lines without anything, so that the numbers stay; there may be a million of them. */
        private void end(int row) throws IOException {
            if (cells.isEmpty() || row <= line) {
                return;
            }
            // A sheet may repeat a shared text, and skip rows, at next to no cost.
            allowance.take(row - line);
            for (String cell : cells) {
                allowance.take(cell.length() + 3);
            }
            for (; line < row - 1; line++) {
                csv.write('\n');
            }
            String divider = "";
            for (String cell : cells) {
                csv.write(divider);
                csv.write('"');
                csv.write(cell.replace("\"", "\"\""));
                csv.write('"');
                divider = ",";
            }
            csv.write('\n');
            line = row;
            filled = true;
        }
    }

    /** {@code BC12} is the 54th. */
    private static int column(String reference, int otherwise) {
        int column = 0;
        int i = 0;
        while (i < reference.length() && i < 4 && Character.isLetter(reference.charAt(i))) {
            column = column * 26 + Character.toUpperCase(reference.charAt(i)) - 'A' + 1;
            i++;
        }
        return column == 0 ? otherwise : column - 1;
    }

    private String value(XMLStreamReader xml, String type, String style) throws XMLStreamException {
        String raw = "";
        String inline = "";
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "v" -> raw = text(xml, "v");
                    case "is" -> inline = text(xml, "is");
                    default -> {}
                }
            } else if (event == XMLStreamConstants.END_ELEMENT
                    && xml.getLocalName().equals("c")) {
                break;
            }
        }
        return oneLine(
                switch (type) {
                    case "s" ->
                        raw.matches("\\d{1,9}") && Integer.parseInt(raw) < shared.size()
                                ? shared.get(Integer.parseInt(raw))
                                : "";
                    case "inlineStr" -> inline;
                    case "b" -> raw.equals("1") ? "true" : "false";
                    case "e" -> "";
                    case "str", "d" -> raw;
                    default -> number(raw, style);
                });
    }

    private String number(String raw, String style) {
        boolean date = style.matches("\\d{1,6}")
                && Integer.parseInt(style) < isDate.size()
                && isDate.get(Integer.parseInt(style));
        if (!date) {
            return raw.endsWith(".0") ? raw.substring(0, raw.length() - 2) : raw;
        }
        try {
            double days = Double.parseDouble(raw);
            if (!(days >= 0 && days < LAST_DAY)) {
                return raw;
            }
            LocalDateTime at = epoch.atStartOfDay().plus(Math.round(days * 86_400), ChronoUnit.SECONDS);
            return at.toLocalTime().toSecondOfDay() == 0
                    ? at.toLocalDate().toString()
                    : at.toString().replace('T', ' ');
        } catch (NumberFormatException e) {
            return raw;
        }
    }

    private static String oneLine(String text) {
        return text.indexOf('\n') < 0 && text.indexOf('\r') < 0 ? text : text.replaceAll("\\s*[\\r\\n]+\\s*", " ");
    }

    /** Everything that is written below the element, without what is only said about its sound. */
    private static String text(XMLStreamReader xml, String element) throws XMLStreamException {
        StringBuilder text = new StringBuilder();
        int phonetic = 0;
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals(element)) {
                break;
            }
            if (event == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("rPh")) {
                phonetic++;
            } else if (event == XMLStreamConstants.END_ELEMENT
                    && xml.getLocalName().equals("rPh")) {
                phonetic--;
            } else if ((event == XMLStreamConstants.CHARACTERS
                            || event == XMLStreamConstants.SPACE
                            || event == XMLStreamConstants.CDATA)
                    && phonetic == 0) {
                int more = Math.min(xml.getTextLength(), LONGEST_CELL - text.length());
                text.append(xml.getTextCharacters(), xml.getTextStart(), Math.max(more, 0));
            }
        }
        return text.toString();
    }

    // The parts of the archive

    /** Reads one part from the beginning. */
    @FunctionalInterface
    private interface Reading {
        void read(XMLStreamReader xml) throws XMLStreamException, IOException;
    }

    /** Sees one element. */
    @FunctionalInterface
    private interface Element {
        void see(XMLStreamReader xml);
    }

    private void each(String part, Element element) throws IOException {
        if (zip.getEntry(part) != null) {
            read(part, xml -> {
                while (xml.hasNext()) {
                    if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                        element.see(xml);
                    }
                }
            });
        }
    }

    private void read(String part, Reading reading) throws IOException {
        ZipEntry entry = zip.getEntry(part);
        try (InputStream content = new Counted(zip.getInputStream(entry), allowance)) {
            XMLStreamReader xml = factory().createXMLStreamReader(content);
            reading.read(xml);
            xml.close();
        } catch (XMLStreamException e) {
            throw causeOf(e);
        }
    }

    private static RuntimeException causeOf(XMLStreamException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ImportRejected rejected) {
                return rejected;
            }
        }
        return new ImportRejected(Reason.BROKEN_ARCHIVE);
    }

    /** The platform's own, whatever others are about; it follows no reference to anything. */
    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    private static String attribute(XMLStreamReader xml, String name) {
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            if (xml.getAttributeLocalName(i).equals(name)) {
                return xml.getAttributeValue(i);
            }
        }
        return "";
    }

    private static boolean isTrue(String value) {
        return value.equals("1") || value.equals("true");
    }

    /** Counts what comes out. */
    private static final class Counted extends java.io.FilterInputStream {
        private final Unpacking.Allowance allowance;

        Counted(@Nullable InputStream in, Unpacking.Allowance allowance) {
            super(in == null ? InputStream.nullInputStream() : in);
            this.allowance = allowance;
        }

        @Override
        public int read() throws IOException {
            int octet = super.read();
            if (octet >= 0) {
                allowance.take(1);
            }
            return octet;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            int read = super.read(buffer, from, length);
            allowance.take(Math.max(read, 0));
            return read;
        }
    }
}
