package org.tidings.it;

import org.junit.jupiter.api.Tag;

/** One node on the embedded database, killed and stopped in the middle of a mailing. */
@Tag("own-process")
class OneNodeIT extends EndingProofs {

    OneNodeIT() {
        super(Fleet.onH2("one-node"));
    }
}
