package org.tidings.mail.testing;

import java.time.OffsetDateTime;
import java.util.Optional;
import org.tidings.mail.RestoredDatabase;

/** A database that is put back when a test says so. */
public final class FakeRestoredDatabase implements RestoredDatabase {

    private Optional<Noticed> noticed = Optional.empty();
    private int generation = 1;

    public void putBack(OffsetDateTime at) {
        generation++;
        noticed = Optional.of(new Noticed(Cause.OLDER, at, Optional.empty(), Optional.empty(), 0));
    }

    @Override
    public Optional<Noticed> noticed() {
        return noticed;
    }

    @Override
    public int generation() {
        return generation;
    }

    @Override
    public int goOn() {
        noticed = Optional.empty();
        return 0;
    }
}
