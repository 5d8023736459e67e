package org.tidings.web.newsletter;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A file that came with a form. A small one goes along in the answer and back with the next form, so that nobody has to choose it once more
 * after a question; nothing is kept on the server.
 *
 * @param content to be read once
 * @param kept for the next form, empty if it is too large
 */
record UploadedList(InputStream content, String name, String kept) {

    private static final int LARGEST_KEPT = 2 * 1024 * 1024;
    static final int LONGEST_KEPT = 4 * 1024 * 1024;

    static UploadedList none() {
        return new UploadedList(InputStream.nullInputStream(), "", "");
    }

    static UploadedList of(InputStream file, String name) throws IOException {
        byte[] beginning = file.readNBytes(LARGEST_KEPT + 1);
        if (beginning.length > LARGEST_KEPT) {
            return new UploadedList(new SequenceInputStream(new ByteArrayInputStream(beginning), file), name, "");
        }
        return of(beginning, name);
    }

    /** @throws IOException if it is not what was handed out */
    static UploadedList keptAs(String kept, String name) throws IOException {
        try (InputStream packed =
                new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(kept)))) {
            return of(packed.readNBytes(LARGEST_KEPT), name);
        } catch (IllegalArgumentException e) {
            throw new IOException(e);
        }
    }

    private static UploadedList of(byte[] content, String name) throws IOException {
        if (content.length == 0) {
            return none();
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(content);
        }
        String kept = Base64.getEncoder().encodeToString(packed.toByteArray());
        return new UploadedList(new ByteArrayInputStream(content), name, kept.length() <= LONGEST_KEPT ? kept : "");
    }
}
