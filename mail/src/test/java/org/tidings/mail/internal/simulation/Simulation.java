package org.tidings.mail.internal.simulation;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.AudienceQuery;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.Letter;
import org.tidings.mail.ListHeaders;
import org.tidings.mail.MailBody;
import org.tidings.mail.MailKind;
import org.tidings.mail.MailingContent;
import org.tidings.mail.MailingId;
import org.tidings.mail.MailingLimits;
import org.tidings.mail.MailingOrder;
import org.tidings.mail.PersonState;
import org.tidings.mail.internal.settings.TestSettings;
import org.tidings.mail.internal.simulation.SimulatedPeople.Person;
import org.tidings.site.TransactionProofs;

/**
 * One world from its beginning to its end: nodes send, chance lets happen to them what may happen, then all is mended, everything comes
 * to its end, and the {@link Witness} judges.
 */
final class Simulation {

    private static final long MILLIS = 1_000_000L;
    private static final long SECOND = 1_000 * MILLIS;
    /** Who has reached the limit of a receiver waits for an hour, and by a clock that may have been wrong by ten minutes. */
    private static final long SETTLED_WITHIN = 3 * 3_600 * SECOND;

    private static final long STOPPED_WITHIN = 120 * SECOND;

    private static final MailBody BODY = MailBody.in(Locale.ENGLISH)
            .heading("Hello {{name}}")
            .paragraph("Something happened.")
            .footer("Unsubscribe", "{{unsubscribeUrl}}")
            .build();
    private static final ListHeaders LIST =
            new ListHeaders("News", "news.acme.example.com", "https://acme.example.com/help", Optional.empty());

    /** What may happen in a world. */
    private enum Event {
        KILL,
        POWER,
        SHORT_PAUSE,
        LONG_PAUSE,
        DATABASE,
        CUT_OFF,
        CLOCK,
        DATABASE_CLOCK,
        SERVER,
        DISK,
        STAFF,
        OPT_OUT,
        ERASE,
        LETTER,
        MAILING,
        ORDERLY_STOP
    }

    private final World world;
    private final Chance chance;
    private final SimulatedDatabase database;
    private final SimulatedServer server;
    private final SimulatedPeople people;
    private final Witness witness;
    private final TestSettings values;
    private final SimulatedNode staff;
    private final TransactionProofs proofs;
    private final List<Place> places = new ArrayList<>();
    private final Set<Event> events = EnumSet.noneOf(Event.class);
    private final boolean pipelining;
    private final int mailsPerConnection;
    private final int laziness;
    private final Duration takeoverAfter;
    private long databaseClockOffNanos;
    private int names;
    /** What is begun or will be, and is not done. */
    private int pending;

    /** Where a node runs, and runs again. */
    private static final class Place {
        private final Host host;
        private final SimulatedDisk disk;
        private final String folder;

        @Nullable
        SimulatedNode node;

        Place(Host host, SimulatedDisk disk, String folder) {
            this.host = host;
            this.disk = disk;
            this.folder = folder;
        }

        /** Of a place where one has begun. */
        SimulatedNode node() {
            SimulatedNode last = node;
            if (last == null) {
                throw new IllegalStateException("no node");
            }
            return last;
        }

        boolean isAlive() {
            return node != null && !node.process.isDead();
        }
    }

    /** Runs one. */
    static World.Run run(long seed, Storage storage, Mutation mutation, int keptLines) {
        return World.run(seed, keptLines, world -> new Simulation(world, storage, mutation).play());
    }

    private Simulation(World world, Storage storage, Mutation mutation) {
        this.world = world;
        this.chance = world.chance().split();
        boolean postgres = chance.percent(85);
        database = new SimulatedDatabase(
                world,
                storage,
                postgres,
                () -> SimulatedMachine.BEGINNING
                        .plusNanos(world.now() + databaseClockOffNanos)
                        .atOffset(ZoneOffset.UTC));
        people = new SimulatedPeople(world);
        witness = new Witness(world, people);
        takeoverAfter = Duration.ofSeconds(chance.between(30, 40));
        long patience = chance.oneOf(List.of(2L, 10L, 25L)) * SECOND;
        server = new SimulatedServer(world, witness, world.process("server", new Host("mail")), patience);
        pipelining = chance.percent(60);
        mailsPerConnection = chance.oneOf(List.of(1, 3, 100));
        laziness = chance.oneOf(List.of(1, 1, 2, 4));
        values = settings();
        proofs = storage.proofs();
        staff = new SimulatedNode(
                world, world.process("staff", new Host("office")), database, people, values, storage.proofs(), 1);
        List<Host> hosts = List.of(new Host("alpha"), new Host("beta"));
        List<SimulatedDisk> disks = List.of(new SimulatedDisk(world), new SimulatedDisk(world));
        disks.forEach(disk -> mutation.into(database, disk));
        int nodes = postgres ? chance.between(1, 3) : 1;
        for (int i = 0; i < nodes; i++) {
            int on = chance.between(0, 1);
            places.add(new Place(hosts.get(on), disks.get(on), "/data-" + i));
        }
        for (Event event : Event.values()) {
            if (chance.percent(35)) {
                events.add(event);
            }
        }
    }

    private TestSettings settings() {
        return TestSettings.acme()
                .with("tidings.site.zone", "UTC")
                .with("tidings.smtp.url", "smtp://mail.example.org:25")
                .with("tidings.smtp.connections", String.valueOf(chance.between(1, 3)))
                .with("tidings.smtp.per-second", chance.oneOf(List.of("0", "0", "0", "20")))
                .with("tidings.mail.batch", String.valueOf(chance.oneOf(List.of(1, 3, 5, 9, 50))))
                .with("tidings.mail.retries", chance.oneOf(List.of("PT1S", "PT2S,PT5S", "PT0S,PT3S")))
                .with("tidings.mail.takeover.after", takeoverAfter.toString())
                .with(
                        "tidings.mail.receiving.limits",
                        chance.oneOf(List.of("off", "off", "example.org=1/2/20", "example.org=3/50/200")));
    }

    private OffsetDateTime now() {
        return staff.clock().instant().atOffset(ZoneOffset.UTC);
    }

    private Moment moment() {
        return Moment.of(world, world.processes());
    }

    // Beginning

    private void play() {
        int count = chance.oneOf(List.of(1, 5, 12, 20, 30, 40));
        for (int i = 0; i < count; i++) {
            people.add(
                    i,
                    chance.oneOf(List.of(
                            PersonState.SUBSCRIBED,
                            PersonState.SUBSCRIBED,
                            PersonState.SUBSCRIBED,
                            PersonState.SUBSCRIBED,
                            PersonState.SUBSCRIBED,
                            PersonState.UNSUBSCRIBED)));
        }
        if (chance.percent(50)) {
            bad();
        }
        places.forEach(this::begin);
        mailing();
        if (chance.percent(40)) {
            letter();
        }
        long until = world.now() + chance.nanos(1_000, 30_000);
        while (world.now() < until && !world.isWrong()) {
            world.sleep(chance.nanos(5, 2_500));
            if (!events.isEmpty()) {
                happen(chance.oneOf(List.copyOf(new java.util.TreeSet<>(events))));
            }
        }
        if (world.isWrong()) {
            return;
        }
        heal();
        settle();
        end();
    }

    /** Small troubles all the time. */
    private void bad() {
        database.statementsFail = chance.oneOf(List.of(0, 0, 2, 10));
        database.commitsFail = chance.oneOf(List.of(0, 0, 10, 40));
        database.statementsTakeLong = chance.oneOf(List.of(0, 10, 50, 200));
        database.longestMillis = chance.oneOf(List.of(10, 300, 2_000));
        server.connectionsFail = chance.oneOf(List.of(0, 50, 200));
        server.recipientsRefused = chance.oneOf(List.of(0, 30, 200));
        server.contentsFail = chance.oneOf(List.of(0, 30, 200));
        server.slowestMillis = chance.oneOf(List.of(5, 50, 500, 3_000));
        places.forEach(place -> place.disk.torn = chance.oneOf(List.of(0, 0, 1, 5)));
    }

    private void later(String name, long nanos, Runnable work) {
        pending++;
        Thread thread = world.thread(staff.process, () -> {
            world.sleep(nanos);
            work.run();
            pending--;
        });
        thread.setName(name);
        thread.start();
    }

    private void begin(Place place) {
        if (place.isAlive()) {
            return;
        }
        SimulatedProcess process = world.process("node" + ++names, place.host);
        SimulatedNode made = new SimulatedNode(
                world, process, database, people, values.with("tidings.data.dir", place.folder), proofs, laziness);
        place.node = made;
        Thread thread = world.thread(process, () -> {
            while (!made.isStarted()) {
                try {
                    made.start(server.seenFrom(process, mailsPerConnection, pipelining), place.disk);
                } catch (RuntimeException e) {
                    Mishap.check(world, e);
                    world.sleep(SECOND);
                }
            }
        });
        thread.setName("main");
        thread.start();
    }

    private void beginLater(Place place, long nanos) {
        later("begin", nanos, () -> begin(place));
    }

    // What happens

    private void happen(Event event) {
        world.note("EVENT", event);
        switch (event) {
            case KILL -> aNode(node -> true).ifPresent(this::kill);
            case POWER -> power();
            case SHORT_PAUSE -> aNode(node -> true).ifPresent(place -> pause(place, chance.nanos(1, 4_000)));
            case LONG_PAUSE ->
                aNode(node -> true).ifPresent(place -> {
                    witness.unknowable = true;
                    pause(place, chance.nanos(4_000, 2 * takeoverAfter.toMillis()));
                });
            case DATABASE -> {
                if (!database.isDown()) {
                    database.goDown();
                    later("up", chance.nanos(10, chance.percent(10) ? 60_000 : 4_000), database::comeUp);
                }
            }
            case CUT_OFF ->
                aNode(node -> true).ifPresent(place -> {
                    SimulatedProcess process = place.node().process;
                    witness.unknowable = true;
                    database.cutOff(process);
                    later(
                            "reach",
                            chance.nanos(10, chance.percent(10) ? 80_000 : 8_000),
                            () -> database.reach(process));
                });
            case CLOCK -> {
                Host host = chance.oneOf(places).host;
                host.clockOff(chance.oneOf(List.of(-600L, -30L, -2L, 0L, 2L, 30L, 600L)) * SECOND);
                world.note("clock of " + host.name() + " is off by", host.clockOffNanos());
            }
            case DATABASE_CLOCK -> {
                witness.unknowable = true;
                databaseClockOffNanos = chance.oneOf(List.of(-300L, -5L, 0L, 5L, 300L)) * SECOND;
                world.note("clock of the database is off by", databaseClockOffNanos);
            }
            case SERVER -> serverTrouble();
            case DISK -> {
                Place place = chance.oneOf(places);
                if (!place.disk.isFull()) {
                    witness.unknowable = true;
                    place.disk.full(true);
                    later("room", chance.nanos(10, 5_000), () -> place.disk.full(false));
                }
            }
            case STAFF -> decide();
            case OPT_OUT -> optOut();
            case ERASE ->
                aPerson(p -> p.state() != PersonState.ERASED)
                        .ifPresent(p -> people.become(p, PersonState.ERASED, moment()));
            case LETTER -> {
                if (chance.percent(70)) {
                    letter();
                } else {
                    withdraw();
                }
            }
            case MAILING -> {
                if (witness.mailings.size() < 3) {
                    mailing();
                }
            }
            case ORDERLY_STOP -> aNode(SimulatedNode::isStarted).ifPresent(this::stopInOrder);
        }
    }

    private Optional<Place> aNode(Predicate<SimulatedNode> which) {
        List<Place> running = places.stream()
                .filter(place -> place.isAlive() && which.test(place.node()))
                .toList();
        return running.isEmpty() ? Optional.empty() : Optional.of(chance.oneOf(running));
    }

    private Optional<Person> aPerson(Predicate<Person> which) {
        List<Person> some = people.all().stream().filter(which).toList();
        return some.isEmpty() ? Optional.empty() : Optional.of(chance.oneOf(some));
    }

    private void kill(Place place) {
        place.node().process.kill();
        if (elsewhere(place)) {
            witness.unknowable = true;
        }
        beginLater(place, chance.nanos(1, chance.percent(20) ? 60_000 : 5_000));
    }

    /** Whether somebody may take over who cannot see its files. */
    private boolean elsewhere(Place place) {
        return places.stream().anyMatch(other -> other.host != place.host);
    }

    private void power() {
        Host host = chance.oneOf(places).host;
        witness.unknowable = true;
        for (Place place : places) {
            if (place.host == host) {
                if (place.isAlive()) {
                    place.node().process.kill();
                }
                beginLater(place, chance.nanos(500, 20_000));
            }
        }
        places.stream().filter(place -> place.host == host).findFirst().ifPresent(place -> place.disk.powerFails());
    }

    private void pause(Place place, long nanos) {
        SimulatedProcess process = place.node().process;
        process.stop();
        later("cont", nanos, process::goOn);
    }

    private void serverTrouble() {
        if (chance.percent(40)) {
            server.away = true;
            later("answers", chance.nanos(10, 5_000), () -> server.away = false);
        } else {
            server.connectionsFail = chance.oneOf(List.of(0, 0, 300));
            server.recipientsRefused = chance.oneOf(List.of(0, 50, 500));
            server.contentsFail = chance.oneOf(List.of(0, 50, 500));
            server.slowestMillis = chance.oneOf(List.of(1, 20, 200, 2_000));
        }
    }

    private void stopInOrder(Place place) {
        SimulatedNode node = place.node();
        Thread stopping = world.thread(node.process, () -> node.stop(Duration.ofSeconds(chance.between(0, 20))));
        stopping.setName("stop");
        stopping.start();
        later("stopped", 0, () -> {
            if (world.awaitEnd(stopping, 90 * SECOND)) {
                world.sleep(chance.nanos(0, 2_000));
                node.process.kill();
                if (elsewhere(place)) {
                    witness.unknowable = true;
                }
            }
            begin(place);
        });
    }

    // Staff and people

    /** What staff want they ask for until they are told that it is done. */
    private void insist(Runnable work) {
        while (true) {
            try {
                staff.transactions.run(work::run);
                return;
            } catch (RuntimeException e) {
                Mishap.check(world, e);
                world.sleep(300 * MILLIS);
            }
        }
    }

    private void decide() {
        if (chance.percent(25)) {
            later("switch", 0, this::killSwitch);
            return;
        }
        List<Witness.Mailing> going = witness.mailings.stream()
                .filter(mailing -> !mailing.cancelAsked && !mailing.inHand)
                .toList();
        if (going.isEmpty()) {
            return;
        }
        Witness.Mailing mailing = chance.oneOf(going);
        MailingId id = new MailingId(mailing.id);
        mailing.inHand = true;
        boolean cancels = chance.percent(25);
        later("decision", 0, () -> {
            if (cancels) {
                mailing.cancelAsked = true;
                insist(() -> staff.mailings.cancel(id));
                mailing.cancelled = isCancelled(mailing);
                mailing.stoppedSince = mailing.stoppedSince == null ? moment() : mailing.stoppedSince;
            } else {
                insist(() -> staff.mailings.pause(id));
                mailing.stoppedSince = moment();
                world.note("paused is mailing", mailing.number);
                world.sleep(chance.nanos(10, 6_000));
                mailing.stoppedSince = null;
                insist(() -> staff.mailings.resume(id));
                world.note("resumed is mailing", mailing.number);
            }
            mailing.inHand = false;
        });
    }

    private boolean isCancelled(Witness.Mailing mailing) {
        return database.look(tables -> Witness.number(
                        tables,
                        "select count(*) from mail.mailings where state = 'CANCELLED' and number = " + mailing.number)
                > 0);
    }

    private void killSwitch() {
        if (witness.switchInHand) {
            return;
        }
        witness.switchInHand = true;
        insist(staff.mailings::stopAll);
        witness.allStoppedSince = moment();
        world.note("all is stopped", "");
        world.sleep(chance.nanos(10, 6_000));
        witness.allStoppedSince = null;
        insist(staff.mailings::allowAll);
        world.note("all is allowed", "");
        witness.switchInHand = false;
    }

    private void optOut() {
        Optional<Person> one = aPerson(p -> p.state() != PersonState.ERASED);
        if (one.isPresent()) {
            PersonState next = one.get().state() == PersonState.SUBSCRIBED
                    ? chance.oneOf(List.of(PersonState.UNSUBSCRIBED, PersonState.DEACTIVATED))
                    : PersonState.SUBSCRIBED;
            people.become(one.get(), next, moment());
        }
    }

    private void mailing() {
        MailKind kind = chance.oneOf(List.of(MailKind.NEWSLETTER_ISSUE, MailKind.SERVICE_NOTICE));
        OffsetDateTime now = now();
        OffsetDateTime notBefore = chance.percent(25) ? now.plusNanos(chance.nanos(100, 8_000)) : now;
        OffsetDateTime expires = chance.percent(10) ? now.plusNanos(chance.nanos(2_000, 40_000)) : now.plusDays(30);
        MailingLimits limits = chance.percent(15)
                ? new MailingLimits(Duration.ZERO, chance.between(2, 30), Optional.empty())
                : chance.percent(10)
                        ? new MailingLimits(Duration.ofSeconds(chance.between(1, 20)), 0, Optional.empty())
                        : MailingLimits.NONE;
        UUID subject = new UUID(world.seed(), witness.mailings.size());
        later("mailing", 0, () -> {
            List<Person> audience = new ArrayList<>();
            Witness.Mailing[] made = {null};
            insist(() -> {
                audience.clear();
                if (made[0] != null) {
                    if (isThere("mailings", made[0].id)) {
                        return; // it was committed, and only the answer was lost
                    }
                    witness.neverStarted(made[0]);
                }
                long expected = staff.mailings
                        .count("readers", new AudienceQuery(kind, subject, now))
                        .recipients();
                MailingId id = staff.mailings.start(new MailingOrder(
                        kind,
                        "readers",
                        subject,
                        "An issue",
                        List.of(new MailingContent("Hello {{name}}", BODY, List.of())),
                        expected,
                        notBefore,
                        expires,
                        kind == MailKind.NEWSLETTER_ISSUE ? Optional.of(LIST) : Optional.empty(),
                        Optional.empty(),
                        limits));
                int number = (int) staff.sql.number("select number from mail.mailings where id = ?", id.value());
                people.all().stream()
                        .filter(person -> person.state() != PersonState.ERASED)
                        .forEach(audience::add);
                made[0] = new Witness.Mailing(id.value(), number, kind, expires, List.copyOf(audience));
                witness.started(made[0]);
            });
        });
    }

    private boolean isThere(String table, UUID id) {
        return database.look(tables ->
                Witness.number(tables, "select count(*) from mail." + table + " where id = '" + id + "'") > 0);
    }

    private void letter() {
        Optional<Person> one = aPerson(p -> p.state() == PersonState.SUBSCRIBED);
        if (one.isEmpty()) {
            return;
        }
        MailKind kind =
                chance.oneOf(List.of(MailKind.ACCOUNT_NOTICE, MailKind.MAILBOX_PROOF, MailKind.ACCOUNT_RECEIPT));
        OffsetDateTime expires = chance.percent(15) ? now().plusNanos(chance.nanos(1_000, 30_000)) : now().plusDays(20);
        later("letter", 0, () -> {
            Witness.Post[] made = {null};
            insist(() -> {
                if (made[0] != null) {
                    if (isThere("letters", made[0].id)) {
                        return;
                    }
                    witness.neverPosted(made[0]);
                }
                UUID id = staff.letters.post(new Letter(
                        kind,
                        "a-test",
                        "reader",
                        one.get().id,
                        EmailAddress.parse(one.get().address.original()),
                        "Reader",
                        "A letter",
                        BODY,
                        Map.of("name", "Reader", "unsubscribeUrl", "https://acme.example.com/"),
                        expires,
                        Optional.empty()));
                made[0] = new Witness.Post(id, kind, one.get(), expires);
                witness.posted(made[0]);
            });
        });
    }

    private void withdraw() {
        List<Witness.Post> there =
                witness.letters.stream().filter(letter -> !letter.withdrawAsked).toList();
        if (there.isEmpty()) {
            return;
        }
        Person person = chance.oneOf(there).to;
        later("withdraw", 0, () -> {
            List<Witness.Post> asked = thatMayBeWithdrawn(person);
            asked.forEach(letter -> letter.withdrawAsked = true);
            insist(() -> staff.letters.withdraw("reader", person.id));
            Moment done = moment();
            asked.forEach(letter -> letter.withdrawn = done);
            // What was posted meanwhile may be gone, and may go out.
            thatMayBeWithdrawn(person).forEach(letter -> letter.withdrawAsked = true);
        });
    }

    private List<Witness.Post> thatMayBeWithdrawn(Person person) {
        return witness.letters.stream()
                .filter(letter -> letter.to == person && letter.kind != MailKind.ACCOUNT_RECEIPT)
                .toList();
    }

    // The end

    private void heal() {
        world.note("EVENT", "all is mended");
        database.statementsFail = 0;
        database.commitsFail = 0;
        database.statementsTakeLong = 0;
        database.comeUp();
        server.recover();
        databaseClockOffNanos = 0;
        for (Place place : places) {
            place.disk.full(false);
            place.disk.torn = 0;
            place.host.clockOff(0);
            SimulatedNode node = place.node;
            if (node != null) {
                database.reach(node.process);
                node.process.goOn();
            }
        }
        places.forEach(this::begin);
    }

    private void settle() {
        long until = world.now() + SETTLED_WITHIN;
        while (!database.look(this::isSettled)) {
            if (world.now() > until) {
                world.wrong(new AssertionError("nothing moves: " + database.look(Witness::left)));
            }
            database.look(tables -> {
                witness.judgeEnds(tables);
                return true;
            });
            if (world.isWrong()) {
                return;
            }
            world.sleep(500 * MILLIS);
            resumeWhatStoppedByItself();
        }
    }

    private boolean isSettled(java.sql.Connection tables) throws java.sql.SQLException {
        long living = places.stream()
                .filter(place -> place.isAlive() && place.node().isStarted())
                .count();
        return pending == 0
                && Witness.isQuiet(tables)
                && Witness.number(tables, "select count(*) from mail.nodes") == living
                && living == places.size();
    }

    private void resumeWhatStoppedByItself() {
        for (Witness.Mailing mailing : witness.mailings) {
            boolean stopped = !mailing.inHand
                    && database.look(tables -> Witness.number(
                                    tables,
                                    "select count(*) from mail.mailings where state = 'PAUSED' and number = "
                                            + mailing.number)
                            > 0);
            if (stopped) {
                insist(() -> staff.mailings.resume(new MailingId(mailing.id)));
            }
        }
    }

    private void end() {
        if (world.isWrong()) {
            return;
        }
        for (Place place : places) {
            SimulatedNode node = place.node();
            Thread stopping = world.thread(node.process, () -> node.stop(Duration.ofSeconds(30)));
            stopping.setName("stop");
            stopping.start();
            if (!world.awaitEnd(stopping, STOPPED_WITHIN)) {
                world.wrong(new AssertionError(node.process.name() + " does not stop"));
                return;
            }
            world.sleep(4 * SECOND);
            if (!node.process.isOver()) {
                world.wrong(new AssertionError("threads are left of " + node.process.name()));
            }
            node.process.ended();
        }
        database.look(tables -> {
            if (Witness.number(tables, "select count(*) from mail.nodes") > 0
                    || Witness.number(tables, "select count(*) from mail.recordings") > 0) {
                world.wrong(new AssertionError("nodes are left: " + Witness.left(tables)));
            }
            witness.judge(tables);
            return true;
        });
        for (Place place : places) {
            if (!place.disk.names().isEmpty()) {
                world.wrong(new AssertionError("journals are left: " + place.disk.names()));
            }
        }
    }
}
