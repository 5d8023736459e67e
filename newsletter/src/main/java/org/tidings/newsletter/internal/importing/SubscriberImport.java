package org.tidings.newsletter.internal.importing;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tidings.newsletter.ImportOrder;
import org.tidings.newsletter.ImportRejected;
import org.tidings.newsletter.ImportReport;
import org.tidings.newsletter.ImportReport.RowError;
import org.tidings.site.OddCharacter;

/**
 * A list in one go, in the caller's transaction: looked at, read, and, if there is nothing to ask, entered (ADR 22). Every row ends in exactly
 * one figure of the report.
 */
public final class SubscriberImport {

    private static final int SHORTEST_BASIS = 20;
    private static final int LONGEST_BASIS = 1_000;

    private final ImportBook into;
    private final PeopleHere here;
    private final ImportLimits limits;
    private final ImportOrder order;

    public SubscriberImport(ImportBook into, PeopleHere here, ImportLimits limits, ImportOrder order) {
        this.into = into;
        this.here = here;
        this.limits = limits;
        this.order = order;
    }

    /** @throws ImportRejected if it says nothing, or too much */
    public static String basis(String typed) {
        String basis = typed.strip();
        if (basis.length() < SHORTEST_BASIS
                || basis.length() > LONGEST_BASIS
                || OddCharacter.inText(basis).isPresent()) {
            throw new ImportRejected(ImportRejected.Reason.BASIS_MISSING);
        }
        return basis;
    }

    public ImportReport run() throws IOException {
        String basis = basis(order.basis());
        Path kept = Files.createTempFile(limits.folder(), "rows", ".tmp");
        try (ImportSources sources = Unpacking.of(limits.folder(), order.csv(), "", null, limits.mostOctets())) {
            List<Reading.Understood> lists = Lists.understood(sources, limits.mostRows());
            Reading reading;
            try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(kept)))) {
                Keeping keeping = new Keeping(out);
                reading = new Reading(order.answers(), here, keeping);
                reading.all(lists);
                keeping.packer.end();
            }
            Reading.Found found = reading.found();
            if (found.questions().isEmpty()) {
                enter(kept, reading, basis);
            }
            return into.figures()
                    .report(
                            found,
                            lists.get(0).source().encoding(),
                            !order.dryRun() && found.questions().isEmpty());
        } finally {
            Files.deleteIfExists(kept);
        }
    }

    /** Keeps rows in a file of parts, each behind its length. */
    private final class Keeping implements Reading.Taker {
        private final RowParts.Packer packer;

        Keeping(DataOutputStream out) {
            packer = new RowParts.Packer(part -> {
                out.writeInt(part.length);
                out.write(part);
            });
        }

        @Override
        public void take(ImportedRow row) throws IOException {
            packer.add(row);
        }

        @Override
        public void wrong(List<String> header, List<String> fields, RowError error) {
            order.wrongRows().add(header, fields, error);
        }
    }

    private void enter(Path kept, Reading reading, String basis) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(kept)))) {
            int first = 0;
            while (in.available() > 0) {
                byte[] part = in.readNBytes(in.readInt());
                into.handle(RowParts.rows(part, first, reading.duplicates()), basis, order.dryRun());
                first += RowParts.SIZE;
            }
        }
    }
}
