package org.tidings.mail.internal.standing;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.tidings.mail.Audience;
import org.tidings.mail.PersonState;
import org.tidings.mail.Standing;

/** The modules that own the people. */
public final class People {

    private final Map<String, Audience> audiences = new HashMap<>();
    private final Map<String, Standing> standings = new HashMap<>();

    public People(Iterable<Audience> audiences, Iterable<Standing> standings) {
        audiences.forEach(a -> this.audiences.put(a.name(), a));
        standings.forEach(s -> this.standings.put(s.realm(), s));
    }

    /** @throws IllegalArgumentException when no module has it */
    public Audience audience(String name) {
        Audience audience = audiences.get(name);
        if (audience == null) {
            throw new IllegalArgumentException("no audience " + name);
        }
        return audience;
    }

    /** States in a realm; nobody is known in an unknown realm. */
    public Map<UUID, PersonState> states(String realm, Collection<UUID> persons) {
        Standing standing = standings.get(realm);
        return standing == null ? Map.of() : standing.statesOf(persons);
    }
}
