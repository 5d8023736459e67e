package org.tidings.accounts.internal;

import java.text.Normalizer;
import org.tidings.accounts.NameRejected;

/** What a person wants to be called: trimmed, NFC, at most 100 code points, no control characters, may be empty. */
record DisplayName(String value) {

    private static final int MAX_CODE_POINTS = 100;

    static DisplayName of(String typed) {
        if (typed.length() > 4 * MAX_CODE_POINTS) {
            throw new NameRejected(NameRejected.Reason.TOO_LONG);
        }
        String name = Normalizer.normalize(typed.strip(), Normalizer.Form.NFC);
        if (name.codePointCount(0, name.length()) > MAX_CODE_POINTS) {
            throw new NameRejected(NameRejected.Reason.TOO_LONG);
        }
        if (name.codePoints().anyMatch(DisplayName::breaksLines)) {
            throw new NameRejected(NameRejected.Reason.CONTROL_CHARACTER);
        }
        return new DisplayName(name);
    }

    private static boolean breaksLines(int codePoint) {
        int type = Character.getType(codePoint);
        return Character.isISOControl(codePoint)
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE;
    }

    @Override
    public String toString() {
        return "DisplayName[…]";
    }
}
