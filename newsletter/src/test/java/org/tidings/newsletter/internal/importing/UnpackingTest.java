package org.tidings.newsletter.internal.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidings.newsletter.ImportRejected;
import org.tidings.newsletter.ImportRejected.Reason;

/** What is sent to harm, or by mistake: memory stays as it is, nothing is left behind, and there is a word for it. */
class UnpackingTest {

    private static final long MOST = 8L * 1024 * 1024;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set before each test
    private Path folder;

    private static byte[] zip(Map<String, InputStream> parts) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(packed)) {
            for (Map.Entry<String, InputStream> part : parts.entrySet()) {
                out.putNextEntry(new ZipEntry(part.getKey()));
                part.getValue().transferTo(out);
            }
        }
        return packed.toByteArray();
    }

    private static InputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** So many times the same, without holding it. */
    private static InputStream endless(String text, int times) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new InputStream() {
            private long position;

            @Override
            public int read() {
                return position == (long) bytes.length * times ? -1 : bytes[(int) (position++ % bytes.length)];
            }

            @Override
            public int read(byte[] buffer, int from, int length) {
                int count = 0;
                while (count < length) {
                    int one = read();
                    if (one < 0) {
                        return count == 0 ? -1 : count;
                    }
                    buffer[from + count] = (byte) one;
                    count++;
                }
                return count;
            }
        };
    }

    private static byte[] workbook(InputStream sheet, InputStream shared) throws IOException {
        Map<String, InputStream> parts = new LinkedHashMap<>();
        parts.put(
                "xl/workbook.xml",
                text("<workbook xmlns:r=\"r\"><sheets><sheet name=\"People\" r:id=\"rId1\"/></sheets></workbook>"));
        parts.put(
                "xl/_rels/workbook.xml.rels",
                text("<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/></Relationships>"));
        parts.put("xl/sharedStrings.xml", shared);
        parts.put("xl/worksheets/sheet1.xml", sheet);
        return zip(parts);
    }

    private List<String> lines(byte[] sent) throws IOException {
        List<String> lines = new ArrayList<>();
        try (ImportSources sources = Unpacking.of(folder, new ByteArrayInputStream(sent), "sent", null, MOST)) {
            for (ImportSource source : sources.lists()) {
                source.read((line, fields) -> lines.add(line + " " + String.join("|", fields)));
            }
        }
        return lines;
    }

    private void assertRejected(InputStream sent, Reason reason) throws IOException {
        assertThatThrownBy(() -> Unpacking.of(folder, sent, "sent", null, MOST))
                .isInstanceOfSatisfying(
                        ImportRejected.class, e -> assertThat(e.reason()).isEqualTo(reason));
        try (var left = Files.list(folder)) {
            assertThat(left).as("nothing is left behind").isEmpty();
        }
    }

    @Test
    void stopsWhereAnArchiveUnpacksToMoreThanMayBe() throws IOException {
        byte[] bomb = zip(Map.of("list.csv", endless("a@example.org\n", 4_000_000)));

        assertThat(bomb.length).isLessThan(400_000);
        assertRejected(new ByteArrayInputStream(bomb), Reason.UNPACKS_TOO_LARGE);
        assertRejected(new ByteArrayInputStream(zip(Map.of("inner.zip", text("PK")))), Reason.ZIP);
        assertRejected(text("PK\u0003\u0004 and no archive"), Reason.BROKEN_ARCHIVE);
    }

    /** A text that is written once and meant two thousand times. */
    @Test
    void stopsWhereAWorkbookRepeatsASharedTextToMoreThanMayBe() throws IOException {
        byte[] bomb = workbook(
                new java.io.SequenceInputStream(java.util.Collections.enumeration(List.of(
                        text("<worksheet><sheetData>"),
                        endless("<row><c t=\"s\"><v>0</v></c></row>", 2_000),
                        text("</sheetData></worksheet>")))),
                text("<sst><si><t>" + "x".repeat(30_000) + "</t></si></sst>"));

        assertRejected(new ByteArrayInputStream(bomb), Reason.UNPACKS_TOO_LARGE);
    }

    @Test
    void leavesNothingOfAnOldWorkbookInAnArchive() throws IOException {
        byte[] old = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1, 0, 0};

        assertRejected(
                new ByteArrayInputStream(zip(Map.of("list.csv", new ByteArrayInputStream(old)))), Reason.SPREADSHEET);
    }

    @Test
    void refusesAFileThatIsTooLargeWhileItComes() throws IOException {
        assertRejected(endless("reader@example.org,Somebody\n", 11_000_000), Reason.TOO_LARGE);
    }

    @Test
    void passesOverAMillionEmptyRowsOfAWorkbook() throws IOException {
        byte[] sheet = workbook(
                new java.io.SequenceInputStream(
                        java.util.Collections.enumeration(
                                List.of(
                                        text(
                                                "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>email</t></is></c></row>"
                                                        + "<row><c t=\"inlineStr\"><is><t>a@example.org</t></is></c></row>"),
                                        endless("<row></row>", 1_000_000),
                                        text(
                                                "<row r=\"1000100\"><c t=\"str\"><f>LOWER(\"B@EXAMPLE.ORG\")</f><v>b@example.org</v></c></row></sheetData></worksheet>")))),
                text("<sst/>"));

        assertThat(lines(sheet)).containsExactly("1 email", "2 a@example.org", "1000100 b@example.org");
    }

    @Test
    void boundsWhatAWorkbookMayHoldInMemory() throws IOException {
        byte[] shared = workbook(
                text("<worksheet/>"),
                new java.io.SequenceInputStream(java.util.Collections.enumeration(
                        List.of(text("<sst>"), endless("<si><t>x</t></si>", 3_100_000), text("</sst>")))));
        byte[] entities = workbook(
                text("<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]><worksheet><sheetData><row>"
                        + "<c t=\"str\"><v>&b;</v></c></row></sheetData></worksheet>"),
                text("<sst/>"));

        assertRejected(new ByteArrayInputStream(shared), Reason.UNPACKS_TOO_LARGE);
        assertRejected(new ByteArrayInputStream(entities), Reason.BROKEN_ARCHIVE);
    }

    @Test
    void readsWhatAFormulaLastCameToAndNotTheFormula() throws IOException {
        byte[] sheet = workbook(
                text(
                        "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><f>1+1</f></c><c r=\"C1\"><f>1+1</f><v>2</v></c>"
                                + "<c r=\"D1\" t=\"e\"><v>#REF!</v></c><c r=\"E1\" t=\"b\"><v>1</v></c></row></sheetData></worksheet>"),
                text("<sst/>"));

        assertThat(lines(sheet)).containsExactly("1 ||2||true");
    }
}
