package org.tidings.accounts.internal;

import org.tidings.accounts.ReasonMissing;

/** Why a staff member does something: 3 to 200 characters on one line. */
final class Reasons {

    private Reasons() {}

    /** @throws ReasonMissing when no reason is given */
    static String require(String typed) {
        String reason = typed.strip();
        if (reason.length() < 3 || reason.length() > 200 || reason.codePoints().anyMatch(Character::isISOControl)) {
            throw new ReasonMissing();
        }
        return reason;
    }
}
