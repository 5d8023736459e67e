package org.tidings.newsletter.internal.importing;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.tidings.newsletter.ImportRejected;
import org.tidings.newsletter.ImportRejected.Reason;

/**
 * What was sent, as lists that can be read: a text is one, a workbook one for each sheet, an archive those of all the files in it. What
 * comes out is counted while it comes, whatever the archive says of itself.
 */
public final class Unpacking {

    private static final int MOST_FILES = 50;
    private static final int BUFFER = 65_536;

    private final Path folder;
    private final @Nullable Charset as;
    private final List<ImportSource> found = new ArrayList<>();
    private final Allowance allowance;
    private final Allowance ofSheets;

    private Unpacking(Path folder, @Nullable Charset as, long mostOctets) {
        this.folder = folder;
        this.as = as;
        this.allowance = new Allowance(mostOctets);
        // A sheet's markup is several times what stands in its cells.
        this.ofSheets = new Allowance(mostOctets * 4);
    }

    /** So much may come out in all. */
    static final class Allowance {
        private long left;

        Allowance(long octets) {
            left = octets;
        }

        void take(int octets) {
            left -= octets;
            if (left < 0) {
                throw new ImportRejected(Reason.UNPACKS_TOO_LARGE);
            }
        }
    }

    /**
     * @param folder for what is kept aside, closed to others; what is in it is deleted with the lists
     * @param as the encoding that somebody chose, or null to look
     * @param mostOctets of what was sent, and of what is in it
     * @throws ImportRejected if it is nothing that can be read
     */
    public static ImportSources of(Path folder, InputStream sent, String name, @Nullable Charset as, long mostOctets)
            throws IOException {
        Unpacking unpacking = new Unpacking(folder, as, mostOctets);
        try {
            unpacking.open(sent, name);
            return new ImportSources(unpacking.found);
        } catch (IOException | RuntimeException e) {
            new ImportSources(unpacking.found).close();
            throw e;
        }
    }

    private void open(InputStream sent, String name) throws IOException {
        Octets octets = new Octets();
        Path file = spool(sent, octets, Reason.TOO_LARGE);
        boolean kept = false;
        try {
            if (octets.isEmpty()) {
                throw new ImportRejected(Reason.EMPTY);
            }
            if (octets.isArchive()) {
                archive(file);
            } else {
                kept = text(file, octets, name);
            }
        } finally {
            if (!kept) {
                Files.deleteIfExists(file);
            }
        }
    }

    private Path spool(InputStream from, Octets octets, Reason tooMuch) throws IOException {
        Path file = Files.createTempFile(folder, "list", ".tmp");
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                allowance.take(read);
                octets.look(buffer, read);
                out.write(buffer, 0, read);
            }
            return file;
        } catch (ImportRejected e) {
            Files.deleteIfExists(file);
            throw new ImportRejected(tooMuch);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private boolean text(Path file, Octets octets, String name) {
        if (octets.isOldOffice()) {
            throw new ImportRejected(Reason.SPREADSHEET);
        }
        found.add(new ImportSource(file, name, as == null ? octets.charset() : as));
        return true;
    }

    private void archive(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8)) {
            if (Workbook.is(zip)) {
                workbook(zip);
            } else if (zip.getEntry("content.xml") != null || zip.getEntry("Index/Document.iwa") != null) {
                throw new ImportRejected(Reason.SPREADSHEET);
            } else {
                lists(zip);
            }
        } catch (ZipException | IllegalArgumentException e) {
            throw new ImportRejected(Reason.BROKEN_ARCHIVE);
        }
    }

    private void lists(ZipFile zip) throws IOException {
        List<? extends ZipEntry> lists = zip.stream().filter(Unpacking::isList).toList();
        if (lists.isEmpty() || lists.size() > MOST_FILES) {
            throw new ImportRejected(lists.isEmpty() ? Reason.ZIP : Reason.UNPACKS_TOO_LARGE);
        }
        for (ZipEntry entry : lists) {
            Octets octets = new Octets();
            Path file;
            try (InputStream content = zip.getInputStream(entry)) {
                file = spool(content, octets, Reason.UNPACKS_TOO_LARGE);
            }
            boolean kept = false;
            try {
                if (octets.isArchive()) {
                    inner(file);
                } else if (!octets.isEmpty()) {
                    kept = text(file, octets, baseName(entry));
                }
            } finally {
                if (!kept) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** A workbook among the files of an archive; an archive in an archive is none of ours. */
    private void inner(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8)) {
            if (Workbook.is(zip)) {
                workbook(zip);
            }
        }
    }

    private static boolean isList(ZipEntry entry) {
        String name = baseName(entry).toLowerCase(Locale.ROOT);
        return !entry.isDirectory()
                && !entry.getName().startsWith("__MACOSX/")
                && !name.startsWith(".")
                && (name.endsWith(".csv")
                        || name.endsWith(".tsv")
                        || name.endsWith(".txt")
                        || name.endsWith(".tab")
                        || name.endsWith(".xlsx"));
    }

    private static String baseName(ZipEntry entry) {
        String path = entry.getName().replace('\\', '/');
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private void workbook(ZipFile zip) throws IOException {
        Workbook workbook = Workbook.open(zip, ofSheets);
        for (Workbook.Sheet sheet : workbook.sheets()) {
            Path file = Files.createTempFile(folder, "sheet", ".tmp");
            boolean filled = false;
            try (BufferedWriter csv = Files.newBufferedWriter(file)) {
                filled = workbook.write(sheet, csv);
            } finally {
                if (!filled) {
                    Files.deleteIfExists(file);
                }
            }
            if (filled) {
                found.add(new ImportSource(file, sheet.name(), StandardCharsets.UTF_8));
            }
        }
        if (found.isEmpty()) {
            throw new ImportRejected(Reason.EMPTY);
        }
    }
}
