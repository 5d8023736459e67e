package org.tidings.accounts.internal;

import java.text.Normalizer;
import org.tidings.accounts.NameRejected;
import org.tidings.site.OddCharacter;

/** What a person wants to be called: trimmed, NFC, at most 100 code points, no {@link OddCharacter}, may be empty. */
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
        if (OddCharacter.inLine(name).isPresent()) {
            throw new NameRejected(NameRejected.Reason.CONTROL_CHARACTER);
        }
        return new DisplayName(OddCharacter.showsNothing(name) ? "" : name);
    }

    @Override
    public String toString() {
        return "DisplayName[…]";
    }
}
