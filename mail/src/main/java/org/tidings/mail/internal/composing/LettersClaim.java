package org.tidings.mail.internal.composing;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** Letters that were reserved together. */
public final class LettersClaim extends Claim {

    private volatile List<LetterWork> works = List.of();

    public LettersClaim(UUID id, UUID node, OffsetDateTime at) {
        super(id, node, at);
    }

    public void holds(List<LetterWork> all) {
        works = List.copyOf(all);
        unrecorded().set(all.size());
    }

    @Override
    public List<LetterWork> works() {
        return works;
    }
}
