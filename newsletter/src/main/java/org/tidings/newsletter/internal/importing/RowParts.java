package org.tidings.newsletter.internal.importing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** Rows in parts, packed, as they wait to be imported. */
final class RowParts {

    /** Rows of a part, which is imported in one transaction. */
    static final int SIZE = 5_000;

    private RowParts() {}

    /** Takes a full part. */
    @FunctionalInterface
    interface Full {
        void take(byte[] part) throws IOException;
    }

    /** Packs rows; in the end it gives the last part. */
    static final class Packer {
        private final Full full;
        private ByteArrayOutputStream packed = new ByteArrayOutputStream(256 * 1024);
        private Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        private DataOutputStream out = begin();
        private int count;

        Packer(Full full) {
            this.full = full;
        }

        private DataOutputStream begin() {
            return new DataOutputStream(new DeflaterOutputStream(packed, deflater, 16 * 1024));
        }

        void add(ImportedRow row) throws IOException {
            row.write(out);
            count++;
            if (count == SIZE) {
                end();
            }
        }

        void end() throws IOException {
            if (count == 0) {
                return;
            }
            out.close();
            deflater.end();
            byte[] part = packed.toByteArray();
            packed = new ByteArrayOutputStream(part.length + 1024);
            deflater = new Deflater(Deflater.BEST_SPEED);
            out = begin();
            count = 0;
            full.take(part);
        }
    }

    /**
     * The rows of a part that count.
     *
     * @param first the place of its first row among all
     */
    static List<ImportedRow> rows(byte[] part, int first, BitSet duplicates) throws IOException {
        List<ImportedRow> rows = new ArrayList<>(SIZE);
        try (DataInputStream in = new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(part)))) {
            for (int i = 0; i < SIZE; i++) {
                ImportedRow row = ImportedRow.read(in);
                if (!duplicates.get(first + i)) {
                    rows.add(row);
                }
            }
        } catch (EOFException e) {
            // The last part is shorter.
        }
        return rows;
    }
}
