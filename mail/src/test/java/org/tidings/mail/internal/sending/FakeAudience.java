package org.tidings.mail.internal.sending;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.Addressee;
import org.tidings.mail.Audience;
import org.tidings.mail.AudienceCount;
import org.tidings.mail.AudienceQuery;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.PersonState;
import org.tidings.mail.SkipReason;
import org.tidings.mail.Standing;
import org.tidings.mail.internal.standing.WhoMayBeWrittenTo;
import org.tidings.mail.internal.tables.Ids;

/** People in memory: a change counts as committed when the call returns. */
public final class FakeAudience implements Audience, Standing {

    private record Person(EmailAddress address, PersonState state, Locale language, Optional<ZoneId> zone) {}

    private final ConcurrentSkipListMap<UUID, Person> people = new ConcurrentSkipListMap<>(Ids::compareUnsigned);
    private final Set<UUID> spoilt = ConcurrentHashMap.newKeySet();
    private final AtomicInteger number = new AtomicInteger();

    UUID add(PersonState state) {
        return add("r" + number.incrementAndGet() + "@example.org", state);
    }

    public UUID add(String address, PersonState state) {
        return add(address, state, Optional.empty());
    }

    UUID add(String address, PersonState state, Optional<ZoneId> zone) {
        UUID id = UUID.randomUUID();
        people.put(id, new Person(EmailAddress.parse(address), state, Locale.ENGLISH, zone));
        return id;
    }

    public FakeAudience addMany(int count) {
        for (int i = 0; i < count; i++) {
            add(PersonState.SUBSCRIBED);
        }
        return this;
    }

    void become(UUID person, PersonState state) {
        people.computeIfPresent(person, (id, p) -> new Person(p.address(), state, p.language(), p.zone()));
    }

    void remove(UUID person) {
        people.remove(person);
    }

    /** What is personal in her mail cannot be read, as nobody expected. */
    void spoil(UUID person) {
        spoilt.add(person);
    }

    private static final Map<String, String> UNREADABLE = new HashMap<>() {
        @Override
        public String get(Object key) {
            throw new IllegalStateException("as nobody expected");
        }

        @Override
        public String getOrDefault(Object key, String other) {
            throw new IllegalStateException("as nobody expected");
        }
    };

    public List<UUID> ids() {
        return List.copyOf(people.keySet());
    }

    public String addressOf(UUID person) {
        Person known = people.get(person);
        if (known == null) {
            throw new AssertionError("nobody");
        }
        return known.address().original();
    }

    @Override
    public String name() {
        return "readers";
    }

    @Override
    public List<Addressee> after(AudienceQuery query, @Nullable UUID after, int limit) {
        return (after == null ? people : people.tailMap(after, false))
                .entrySet().stream()
                        .limit(limit)
                        .map(e -> addressee(e.getKey(), e.getValue()))
                        .toList();
    }

    @Override
    public List<Addressee> lookUp(AudienceQuery query, Collection<UUID> recipients) {
        List<Addressee> found = new ArrayList<>();
        for (UUID id : recipients) {
            Person person = people.get(id);
            if (person != null) {
                found.add(addressee(id, person));
            }
        }
        return found;
    }

    private Addressee addressee(UUID id, Person person) {
        return new Addressee(
                id,
                person.state(),
                person.address(),
                "Reader",
                person.language(),
                spoilt.contains(id)
                        ? UNREADABLE
                        : Map.of("unsubscribeUrl", "https://acme.example.com/u/" + id, "name", "Reader"),
                person.zone());
    }

    @Override
    public Set<ZoneId> zones() {
        return people.values().stream()
                .flatMap(person -> person.zone().stream())
                .collect(Collectors.toSet());
    }

    @Override
    public AudienceCount count(AudienceQuery query) {
        Map<SkipReason, Long> leftOut = new EnumMap<>(SkipReason.class);
        long recipients = 0;
        for (Person person : people.values()) {
            var whyNot = WhoMayBeWrittenTo.whyNot(query.kind(), person.state(), java.util.Set.of());
            if (whyNot.isEmpty()) {
                recipients++;
            } else {
                leftOut.merge(whyNot.get(), 1L, Long::sum);
            }
        }
        return new AudienceCount(recipients, leftOut);
    }

    @Override
    public String realm() {
        return "reader";
    }

    @Override
    public Map<UUID, PersonState> statesOf(Collection<UUID> persons) {
        Map<UUID, PersonState> states = new HashMap<>();
        for (UUID id : persons) {
            Person person = people.get(id);
            if (person != null) {
                states.put(id, person.state());
            }
        }
        return states;
    }
}
