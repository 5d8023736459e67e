package org.tidings.web.newsletter;

import org.tidings.web.pages.Form;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/** The version of what was on the page, so that nobody overwrites what another saved meanwhile. */
final class Versions {

    private Versions() {}

    /** @throws Problem if the hidden field was tampered with */
    static long read(Form form) {
        try {
            return Long.parseLong(form.value("version"));
        } catch (NumberFormatException e) {
            throw new Problem(ProblemType.BAD_REQUEST);
        }
    }
}
