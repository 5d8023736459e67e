package org.tidings.mail.internal.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.Addressee;
import org.tidings.mail.Audience;
import org.tidings.mail.AudienceCount;
import org.tidings.mail.AudienceQuery;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.PersonState;
import org.tidings.mail.Standing;
import org.tidings.mail.internal.standing.WhoMayBeWrittenTo;
import org.tidings.mail.internal.tables.Ids;
import org.tidings.mail.internal.tables.Sql;

/** The people of a world, all of them one audience. What changes about them counts as committed at once. */
final class SimulatedPeople {

    private final World world;
    private final Map<UUID, Person> people = new TreeMap<>(Ids::compareUnsigned);

    /** One of them, with all that she ever was. */
    static final class Person {
        final UUID id;
        final EmailAddress address;
        final List<Change> changes = new ArrayList<>();

        Person(UUID id, EmailAddress address) {
            this.id = id;
            this.address = address;
        }

        PersonState state() {
            return changes.get(changes.size() - 1).state();
        }

        boolean wasEver(PersonState state) {
            return changes.stream().anyMatch(change -> change.state() == state);
        }
    }

    record Change(PersonState state, Moment at) {}

    SimulatedPeople(World world) {
        this.world = world;
    }

    Person add(int number, PersonState state) {
        UUID id = new UUID(world.chance().any(), number);
        Person person = new Person(id, EmailAddress.parse("r" + number + "@example.org"));
        person.changes.add(new Change(state, Moment.of(world, List.of())));
        people.put(id, person);
        return person;
    }

    List<Person> all() {
        return List.copyOf(people.values());
    }

    Person person(UUID id) {
        Person known = people.get(id);
        if (known == null) {
            throw new IllegalArgumentException("nobody " + id);
        }
        return known;
    }

    /** {@link PersonState#ERASED}: she is not in the audience any more. */
    void become(Person person, PersonState state, Moment now) {
        world.note("becomes " + state, person.address.original());
        person.changes.add(new Change(state, now));
    }

    /** As one process sees them, by its own connections. */
    Seen by(Sql sql) {
        return new Seen(sql);
    }

    /** Every question is a statement to the database, with all that may happen to one. */
    final class Seen implements Audience, Standing {
        private final Sql sql;

        Seen(Sql sql) {
            this.sql = sql;
        }

        private void ask() {
            sql.update("-- people");
        }

        @Override
        public String name() {
            return "readers";
        }

        @Override
        public String realm() {
            return "reader";
        }

        private Addressee addressee(Person person) {
            return new Addressee(
                    person.id,
                    person.state(),
                    person.address,
                    "Reader",
                    Locale.ENGLISH,
                    Map.of("unsubscribeUrl", "https://acme.example.com/u/" + person.id, "name", "Reader"),
                    Optional.empty());
        }

        @Override
        public List<Addressee> after(AudienceQuery query, @Nullable UUID after, int limit) {
            ask();
            List<Addressee> found = new ArrayList<>();
            for (Person person : people.values()) {
                boolean next = after == null || Ids.compareUnsigned(person.id, after) > 0;
                if (next && person.state() != PersonState.ERASED && found.size() < limit) {
                    found.add(addressee(person));
                }
            }
            return found;
        }

        @Override
        public List<Addressee> lookUp(AudienceQuery query, Collection<UUID> recipients) {
            ask();
            return recipients.stream()
                    .map(SimulatedPeople.this::person)
                    .filter(person -> person.state() != PersonState.ERASED)
                    .map(this::addressee)
                    .toList();
        }

        @Override
        public AudienceCount count(AudienceQuery query) {
            ask();
            long recipients = people.values().stream()
                    .filter(person -> WhoMayBeWrittenTo.whyNot(query.kind(), person.state(), java.util.Set.of())
                            .isEmpty())
                    .count();
            return new AudienceCount(recipients, Map.of());
        }

        @Override
        public Map<UUID, PersonState> statesOf(Collection<UUID> persons) {
            ask();
            Map<UUID, PersonState> states = new HashMap<>();
            for (UUID id : persons) {
                if (person(id).state() != PersonState.ERASED) {
                    states.put(id, person(id).state());
                }
            }
            return states;
        }
    }
}
