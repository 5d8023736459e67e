package org.tidings.newsletter.internal.importing;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.tidings.newsletter.ImportRejected;

/** Tells the encoding of a text by looking at every octet once. */
final class Octets {

    static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    static final Charset MAC_ROMAN = Charset.forName("x-MacRoman");

    /** In Windows-1252 no letters that stand beside others, in Mac Roman those of Western Europe: É Ü á à â ä å ç é è ê ò ö ú ù û ü. */
    private static final int[] MAC_LETTERS = {
        0x83, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8c, 0x8d, 0x8e, 0x8f, 0x90, 0x98, 0x9a, 0x9c, 0x9d, 0x9e, 0x9f
    };

    private final byte[] first = new byte[4_096];
    private int kept;
    private int missing;
    private long manyOctets;
    private boolean wrong;
    private boolean undefined;
    private boolean afterLetter;
    private long macLetters;
    private long windowsLetters;
    private final long[] zeros = new long[2];
    private long count;

    void look(byte[] buffer, int length) {
        if (kept < first.length) {
            int more = Math.min(length, first.length - kept);
            System.arraycopy(buffer, 0, first, kept, more);
            kept += more;
        }
        for (int i = 0; i < length; i++) {
            int octet = buffer[i] & 0xff;
            if (octet >= 0x80 || missing > 0) {
                many(octet);
                single(octet);
            } else if (octet == 0) {
                zeros[(int) ((count + i) & 1)]++;
            }
            afterLetter = (octet | 0x20) >= 'a' && (octet | 0x20) <= 'z';
        }
        count += length;
    }

    /** As a part of UTF-8. */
    private void many(int octet) {
        if (missing > 0 && (octet & 0xc0) == 0x80) {
            missing--;
            manyOctets += missing == 0 ? 1 : 0;
            return;
        }
        wrong |= missing > 0 || octet < 0xc2 || octet > 0xf4;
        missing = octet < 0xc2 || octet > 0xf4 ? 0 : octet < 0xe0 ? 1 : octet < 0xf0 ? 2 : 3;
    }

    /** As a letter of its own. */
    private void single(int octet) {
        undefined |= octet == 0x81 || octet == 0x8d || octet == 0x8f || octet == 0x90 || octet == 0x9d;
        if (afterLetter && octet >= 0xc0) {
            windowsLetters++;
        } else if (afterLetter && IntStream.of(MAC_LETTERS).anyMatch(letter -> letter == octet)) {
            macLetters++;
        }
    }

    boolean begins(int... octets) {
        if (kept < octets.length) {
            return false;
        }
        for (int i = 0; i < octets.length; i++) {
            if ((first[i] & 0xff) != octets[i]) {
                return false;
            }
        }
        return true;
    }

    boolean isArchive() {
        return begins('P', 'K', 3, 4) || begins('P', 'K', 5, 6);
    }

    /** Excel before 2007, or a workbook with a password. */
    boolean isOldOffice() {
        return begins(0xd0, 0xcf, 0x11, 0xe0);
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** @throws ImportRejected if it is none that is known */
    Charset charset() {
        if (begins(0xff, 0xfe) || begins(0xfe, 0xff)) {
            return StandardCharsets.UTF_16;
        }
        if (zeros[0] + zeros[1] > 0) {
            return withoutMark();
        }
        if (!wrong && missing == 0) {
            return StandardCharsets.UTF_8;
        }
        if (manyOctets > 0 || begins(0xef, 0xbb, 0xbf)) {
            throw new ImportRejected(ImportRejected.Reason.NOT_UTF_8);
        }
        return undefined || macLetters > windowsLetters ? MAC_ROMAN : WINDOWS_1252;
    }

    /** UTF-16 without the mark that it begins with: every second octet of plain letters is none. */
    private Charset withoutMark() {
        long characters = count / 2;
        if (zeros[0] == 0 && zeros[1] * 2 > characters) {
            return StandardCharsets.UTF_16LE;
        }
        if (zeros[1] == 0 && zeros[0] * 2 > characters) {
            return StandardCharsets.UTF_16BE;
        }
        throw new ImportRejected(ImportRejected.Reason.NOT_UTF_8);
    }
}
