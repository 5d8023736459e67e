package org.tidings.accounts.internal;

import java.text.Normalizer;
import org.tidings.accounts.NameRejected;
import org.tidings.mail.PersonNames;
import org.tidings.site.OddCharacter;

/**
 * What a person wants to be called: trimmed, NFC, at most 100 code points, no {@link OddCharacter}, nothing that mail programs make a
 * link of and nothing that turns the direction of writing ({@link PersonNames}), may be empty.
 */
record DisplayName(String value) {

    private static final int MAX_CODE_POINTS = 100;
    private static final String BLANK = " \t\n\u000B\f\r\u180E";

    static DisplayName of(String typed) {
        if (typed.length() > 4 * MAX_CODE_POINTS) {
            throw new NameRejected(NameRejected.Reason.TOO_LONG);
        }
        String name = Normalizer.normalize(withoutBlanksAround(typed), Normalizer.Form.NFC);
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

    /** Blanks, and the marks of direction that programs put around what is copied. */
    private static String withoutBlanksAround(String typed) {
        int from = 0;
        int to = typed.length();
        while (from < to && isAround(typed.charAt(from))) {
            from++;
        }
        while (to > from && isAround(typed.charAt(to - 1))) {
            to--;
        }
        return typed.substring(from, to);
    }

    private static boolean isAround(char c) {
        return BLANK.indexOf(c) >= 0
                || Character.getType(c) == Character.SPACE_SEPARATOR
                || OddCharacter.turnsDirection(c);
    }

    @Override
    public String toString() {
        return "DisplayName[…]";
    }
}
