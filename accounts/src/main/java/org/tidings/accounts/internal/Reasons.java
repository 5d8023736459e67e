package org.tidings.accounts.internal;

import org.tidings.accounts.ReasonMissing;
import org.tidings.site.OddCharacter;

/** Why a staff member does something: 3 to 200 characters on one line. */
final class Reasons {

    private Reasons() {}

    /** @throws ReasonMissing when no reason is given */
    static String require(String typed) {
        return require(typed, 200);
    }

    /** @throws ReasonMissing when it is shorter than 3 characters or longer than that */
    static String require(String typed, int most) {
        String reason = typed.strip();
        if (reason.length() < 3
                || reason.length() > most
                || OddCharacter.showsNothing(reason)
                || OddCharacter.inLine(reason).isPresent()) {
            throw new ReasonMissing();
        }
        return reason;
    }
}
