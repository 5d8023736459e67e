package org.tidings.accounts.internal;

import java.text.Normalizer;
import java.util.regex.Pattern;
import org.tidings.accounts.NameRejected;
import org.tidings.mail.PersonNames;
import org.tidings.site.OddCharacter;

/**
 * What a person wants to be called: trimmed, NFC, at most 100 code points, no {@link OddCharacter}, nothing that mail programs make a
 * link of and nothing that turns the direction of writing ({@link PersonNames}), may be empty.
 */
record DisplayName(String value) {

    private static final int MAX_CODE_POINTS = 100;
    /** Blanks, and the marks of direction that programs put around what is copied. */
    private static final Pattern AROUND = Pattern.compile(
            "^[\\s\\h%1$s]+|[\\s\\h%1$s]+$".replace("%1$s", "\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069"));

    static DisplayName of(String typed) {
        if (typed.length() > 4 * MAX_CODE_POINTS) {
            throw new NameRejected(NameRejected.Reason.TOO_LONG);
        }
        String name = Normalizer.normalize(AROUND.matcher(typed).replaceAll(""), Normalizer.Form.NFC);
        if (name.codePointCount(0, name.length()) > MAX_CODE_POINTS) {
            throw new NameRejected(NameRejected.Reason.TOO_LONG);
        }
        if (OddCharacter.inLine(name).isPresent()) {
            throw new NameRejected(NameRejected.Reason.CONTROL_CHARACTER);
        }
        PersonNames.flaw(name).ifPresent(flaw -> {
            throw new NameRejected(
                    switch (flaw) {
                        case LINK -> NameRejected.Reason.LINK;
                        case DIRECTION -> NameRejected.Reason.DIRECTION;
                    });
        });
        return new DisplayName(OddCharacter.showsNothing(name) ? "" : name);
    }

    @Override
    public String toString() {
        return "DisplayName[…]";
    }
}
