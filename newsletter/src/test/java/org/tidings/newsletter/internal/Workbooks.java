package org.tidings.newsletter.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Small workbooks as Excel writes them: shared texts, one style for dates, rows that are empty. */
public final class Workbooks {

    private Workbooks() {}

    /**
     * @param rows texts are shared, numbers are dates
     * @param first the number of the first row; those before it are empty
     */
    public static byte[] of(List<List<Object>> rows, int first) {
        List<String> shared = new ArrayList<>();
        StringBuilder sheet = new StringBuilder(
                "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>");
        for (int i = 1; i < first; i++) {
            sheet.append("<row r=\"").append(i).append("\"/>");
        }
        for (int i = 0; i < rows.size(); i++) {
            int number = first + i;
            sheet.append("<row r=\"").append(number).append("\">");
            for (int j = 0; j < rows.get(i).size(); j++) {
                String at = (char) ('A' + j) + Integer.toString(number);
                Object value = rows.get(i).get(j);
                if (value instanceof Number date) {
                    sheet.append("<c r=\"" + at + "\" s=\"1\"><f>NOW()</f><v>" + date + "</v></c>");
                } else {
                    sheet.append("<c r=\"" + at + "\" t=\"s\"><v>" + shared.size() + "</v></c>");
                    shared.add(String.valueOf(value));
                }
            }
            sheet.append("</row>");
        }
        sheet.append("</sheetData></worksheet>");
        return with(sheet.toString(), shared);
    }

    /** A workbook with this sheet. */
    public static byte[] with(String sheet, List<String> shared) {
        StringBuilder texts = new StringBuilder("<sst>");
        shared.forEach(text -> texts.append("<si><t>")
                .append(text.replace("&", "&amp;").replace("<", "&lt;"))
                .append("</t></si>"));
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("[Content_Types].xml", "<Types/>");
        parts.put(
                "xl/workbook.xml",
                "<workbook xmlns:r=\"r\"><sheets><sheet name=\"People\" sheetId=\"1\" r:id=\"rId1\"/>"
                        + "<sheet name=\"Nothing\" sheetId=\"2\" r:id=\"rId2\"/></sheets></workbook>");
        parts.put(
                "xl/_rels/workbook.xml.rels",
                "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/>"
                        + "<Relationship Id=\"rId2\" Target=\"worksheets/sheet2.xml\"/></Relationships>");
        parts.put(
                "xl/styles.xml",
                "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/></numFmts><cellXfs>"
                        + "<xf numFmtId=\"0\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>");
        parts.put("xl/sharedStrings.xml", texts + "</sst>");
        parts.put("xl/worksheets/sheet1.xml", sheet);
        parts.put(
                "xl/worksheets/sheet2.xml",
                "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"/></row></sheetData></worksheet>");
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(packed)) {
            for (Map.Entry<String, String> part : parts.entrySet()) {
                out.putNextEntry(new ZipEntry(part.getKey()));
                out.write(part.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return packed.toByteArray();
    }
}
