package org.tidings.mail.internal.simulation;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.MailKind;
import org.tidings.mail.PersonState;
import org.tidings.mail.SkipReason;
import org.tidings.mail.internal.outcomes.Codes;
import org.tidings.mail.internal.outcomes.Reply;
import org.tidings.mail.internal.simulation.SimulatedPeople.Person;
import org.tidings.mail.internal.smtp.Relay;
import org.tidings.mail.internal.standing.WhoMayBeWrittenTo;

/**
 * Sees all that goes on in a world and knows what was promised: who was told what and when, what the server was given, what the tables
 * say in the end. Whatever must not be is {@linkplain World#wrong wrong} from then on.
 */
final class Witness {

    /** Within a second. */
    private static final long PROMISED_NANOS = 1_000_000_000L;

    private final World world;
    private final SimulatedPeople people;
    /** By the envelope's id. */
    private final Map<String, Mail> mails = new HashMap<>();

    final List<Mailing> mailings = new ArrayList<>();
    final List<Post> letters = new ArrayList<>();
    /** Set while the kill switch is certainly thrown. */
    @Nullable
    Moment allStoppedSince;

    boolean switchInHand;

    /** Whether something happened after which nobody can know what was begun: a host that is out of sight, a journal that is lost. */
    boolean unknowable;

    /** A mailing, as staff know it. */
    static final class Mailing {
        final UUID id;
        final int number;
        final MailKind kind;
        final OffsetDateTime expiresAt;
        final List<Person> audience;
        /** Set while it certainly stands still. */
        @Nullable
        Moment stoppedSince;

        /** Staff are about to decide. */
        boolean inHand;

        boolean cancelAsked;
        boolean cancelled;

        Mailing(UUID id, int number, MailKind kind, OffsetDateTime expiresAt, List<Person> audience) {
            this.id = id;
            this.number = number;
            this.kind = kind;
            this.expiresAt = expiresAt;
            this.audience = audience;
        }
    }

    /** A letter that was posted. */
    static final class Post {
        final UUID id;
        final MailKind kind;
        final Person to;
        final OffsetDateTime expiresAt;

        @Nullable
        Moment withdrawn;

        boolean withdrawAsked;

        Post(UUID id, MailKind kind, Person to, OffsetDateTime expiresAt) {
            this.id = id;
            this.kind = kind;
            this.to = to;
            this.expiresAt = expiresAt;
        }
    }

    /** One mail to one person, whatever becomes of it. */
    private static final class Mail {
        private final @Nullable Mailing mailing;
        private final @Nullable Post letter;
        private final Person to;
        private final Set<String> messageIds = new HashSet<>();
        private int copies;
        private int begun;
        private int answered;
        private final Set<String> refusals = new HashSet<>();

        Mail(@Nullable Mailing mailing, @Nullable Post letter, Person to) {
            this.mailing = mailing;
            this.letter = letter;
            this.to = to;
        }

        String what() {
            return (mailing != null ? "mailing " + mailing.number : "letter " + (letter == null ? "" : letter.id))
                    + " to " + to.address.original();
        }
    }

    Witness(World world, SimulatedPeople people) {
        this.world = world;
        this.people = people;
    }

    void started(Mailing mailing) {
        mailings.add(mailing);
        for (Person person : mailing.audience) {
            String messageId = SimulatedNode.HASHES.messageId(mailing.id, person.id, "acme.example.com");
            mails.put(messageId.substring(0, messageId.indexOf('@')), new Mail(mailing, null, person));
        }
    }

    void neverStarted(Mailing mailing) {
        mailings.remove(mailing);
    }

    void neverPosted(Post letter) {
        letters.remove(letter);
    }

    void posted(Post letter) {
        letters.add(letter);
        mails.put(letter.id.toString(), new Mail(null, letter, letter.to));
    }

    private void wrong(String what) {
        world.wrong(new AssertionError(what));
    }

    private @Nullable Mail mail(Relay.Handover handover) {
        Mail known = mails.get(handover.envelope().envelopeId());
        if (known == null) {
            wrong("a mail that nobody knows: " + handover.envelope());
        }
        return known;
    }

    /** A content goes out. */
    void begins(SimulatedProcess client, Relay.Handover handover) {
        Mail mail = mail(handover);
        if (mail == null) {
            return;
        }
        mail.begun++;
        world.note("begins", mail.what());
        if (!handover.envelope().recipient().equals(mail.to.address.original())) {
            wrong(mail.what() + " goes to " + handover.envelope().recipient());
        }
        MailKind kind = kind(mail);
        // The last change that forbids it, since when nothing allowed it.
        Moment forbidden = null;
        for (SimulatedPeople.Change change : mail.to.changes) {
            boolean forbids =
                    WhoMayBeWrittenTo.whyNot(kind, change.state(), Set.of()).isPresent();
            forbidden = !forbids ? null : forbidden == null ? change.at() : forbidden;
        }
        late(client, mail, forbidden, "after she became " + mail.to.state());
        Mailing mailing = mail.mailing;
        if (mailing != null) {
            late(client, mail, mailing.stoppedSince, "after the mailing was stopped");
            late(client, mail, allStoppedSince, "after all was stopped");
            expired(client, mail, mailing.expiresAt);
        }
        Post letter = mail.letter;
        if (letter != null) {
            late(client, mail, letter.withdrawn, "after it was withdrawn");
            expired(client, mail, letter.expiresAt);
        }
    }

    private static MailKind kind(Mail mail) {
        Mailing mailing = mail.mailing;
        Post letter = mail.letter;
        if (mailing != null) {
            return mailing.kind;
        }
        if (letter != null) {
            return letter.kind;
        }
        throw new IllegalStateException("no mail");
    }

    private void late(SimulatedProcess client, Mail mail, @Nullable Moment since, String why) {
        if (since != null && since.ago(world.now(), client) > PROMISED_NANOS) {
            wrong(mail.what() + " begun " + since.ago(world.now(), client) / 1_000_000 + " ms " + why);
        }
    }

    private void expired(SimulatedProcess client, Mail mail, OffsetDateTime expiresAt) {
        Instant now = SimulatedMachine.clock(world, client).instant();
        long slack = PROMISED_NANOS + client.stoppedNanos();
        if (now.minusNanos(slack).isAfter(expiresAt.toInstant())) {
            wrong(mail.what() + " begun after its time was over");
        }
    }

    /** The server has it. */
    void taken(SimulatedProcess client, Relay.Handover handover) {
        Mail mail = mail(handover);
        if (mail == null) {
            return;
        }
        mail.copies++;
        world.note("TAKEN, copy " + mail.copies, mail.what());
        String text = new String(handover.content(), StandardCharsets.ISO_8859_1);
        int at = text.indexOf("Message-ID: <");
        mail.messageIds.add(at < 0 ? "none" : text.substring(at, text.indexOf('>', at)));
        if (mail.messageIds.size() > 1 || at < 0) {
            wrong(mail.what() + " has several Message-IDs: " + mail.messageIds);
        }
    }

    /** The client was told. */
    void noted(Relay.Handover handover, Reply reply) {
        Mail mail = mail(handover);
        if (mail != null && reply.kind() != Reply.Kind.DOUBTFUL) {
            mail.answered++;
        }
    }

    void refused(Relay.Handover handover, String words) {
        Mail mail = mail(handover);
        if (mail != null) {
            mail.refusals.add(words);
        }
    }

    // At the end

    private record Row(int outcome, int attempts) {
        boolean everDoubtful() {
            return outcome >= Codes.WAS_DOUBTFUL;
        }

        int kind() {
            return outcome % Codes.WAS_DOUBTFUL;
        }
    }

    /** Whether nothing is left to be done. */
    static boolean isQuiet(Connection database) throws SQLException {
        return number(database, "select count(*) from mail.mailings where active") == 0
                && number(database, "select count(*) from mail.letters where next_try is not null or node is not null")
                        == 0
                && number(database, "select count(*) from mail.claims") == 0
                && number(database, "select count(*) from mail.retries") == 0;
    }

    static long number(Connection database, String sql) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** At any time: a mailing that is over leaves nobody behind. */
    void judgeEnds(Connection database) throws SQLException {
        if (number(
                        database,
                        "select count(*) from mail.retries r join mail.mailings m on m.number = r.mailing where not m.active")
                > 0) {
            wrong("a mailing is over, and somebody waits for another try: " + left(database));
        }
    }

    /** What is left to be done, for a report. */
    static String left(Connection database) throws SQLException {
        StringBuilder left = new StringBuilder();
        for (String table : List.of("mailings", "letters", "claims", "retries", "nodes", "switches")) {
            try (Statement statement = database.createStatement();
                    ResultSet rows = statement.executeQuery("select * from mail." + table)) {
                while (rows.next()) {
                    left.append('\n').append(table).append(':');
                    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                        String value = String.valueOf(rows.getObject(i));
                        left.append(' ')
                                .append(rows.getMetaData().getColumnName(i))
                                .append('=')
                                .append(value.length() > 40 ? value.substring(0, 40) + "…" : value);
                    }
                }
            }
        }
        return left.toString();
    }

    /** Everything has come to its end: the books must balance. */
    void judge(Connection database) throws SQLException {
        for (Mailing mailing : mailings) {
            judge(mailing, database);
        }
        for (Post letter : letters) {
            judge(letter, database);
        }
        if (number(database, "select count(*) from mail.deliveries")
                != mailings.stream().mapToLong(m -> m.audience.size()).sum()) {
            judgeStrangers(database);
        }
    }

    private void judge(Mailing mailing, Connection database) throws SQLException {
        String what = "mailing " + mailing.number + ": ";
        Map<UUID, Row> rows = new HashMap<>();
        Map<Integer, Long> counted = new TreeMap<>();
        try (Statement statement = database.createStatement()) {
            try (ResultSet row = statement.executeQuery(
                    "select recipient, outcome, attempts from mail.deliveries where mailing = " + mailing.number)) {
                while (row.next()) {
                    Row one = new Row(row.getInt("outcome"), row.getInt("attempts"));
                    rows.put(row.getObject("recipient", UUID.class), one);
                    counted.merge(one.kind(), 1L, Long::sum);
                    if (one.everDoubtful()) {
                        counted.merge(Codes.WAS_DOUBTFUL, 1L, Long::sum);
                    }
                }
            }
            try (ResultSet row = statement.executeQuery(
                    "select what, n from mail.mailing_counts where mailing = " + mailing.number)) {
                while (row.next()) {
                    long there = counted.getOrDefault(row.getInt("what"), 0L);
                    if (there != row.getLong("n")) {
                        wrong(what + "outcomes of kind " + row.getInt("what") + ": " + there + " rows, counted "
                                + row.getLong("n"));
                    }
                }
            }
            try (ResultSet row = statement.executeQuery(
                    "select state, active, finished_at from mail.mailings where number = " + mailing.number)) {
                row.next();
                boolean over = mailing.cancelled
                        ? row.getString("state").equals("CANCELLED")
                        : row.getString("state").equals("FINISHED")
                                || (mailing.cancelAsked
                                        && row.getString("state").equals("CANCELLED"));
                if (!over || row.getBoolean("active") || row.getObject("finished_at") == null) {
                    wrong(what + "is " + row.getString("state") + " and not over");
                }
            }
        }
        for (Person person : mailing.audience) {
            judge(mailing, person, rows.get(person.id));
        }
    }

    private Mail mailTo(Mailing mailing, Person person) {
        String messageId = SimulatedNode.HASHES.messageId(mailing.id, person.id, "acme.example.com");
        Mail mail = mails.get(messageId.substring(0, messageId.indexOf('@')));
        if (mail == null) {
            throw new IllegalStateException("no mail");
        }
        return mail;
    }

    private void judge(Mailing mailing, Person person, @Nullable Row row) {
        Mail mail = mailTo(mailing, person);
        if (row == null) {
            if (!person.wasEver(PersonState.ERASED)) {
                wrong(mail.what() + " has no outcome: lost");
            }
            return;
        }
        judgeCopies(mail, row.everDoubtful(), row.attempts(), row.kind() == Codes.HANDED_OVER);
        Optional<SkipReason> skipped = Codes.skipReason(row.outcome());
        boolean credible = skipped.isEmpty() || isCredible(skipped.get(), mail);
        boolean refused = row.kind() != Codes.FAILED
                || mail.refusals.stream().anyMatch(words -> words.startsWith("5"))
                || expiresSoon(mailing.expiresAt);
        if (!credible || !refused) {
            wrong(mail.what() + ": outcome " + row.outcome() + " though nothing asked for it");
        }
    }

    /** Expiry makes the last words of a server final. */
    private static boolean expiresSoon(OffsetDateTime expiresAt) {
        return expiresAt.toInstant().isBefore(SimulatedMachine.BEGINNING.plusSeconds(36_000));
    }

    private boolean isCredible(SkipReason reason, Mail mail) {
        return switch (reason) {
            case NOT_CONFIRMED -> mail.to.wasEver(PersonState.REGISTRATION) || mail.to.wasEver(PersonState.ACTIVE);
            case UNSUBSCRIBED -> mail.to.wasEver(PersonState.UNSUBSCRIBED);
            case PAUSED -> mail.to.wasEver(PersonState.PAUSED);
            case DEACTIVATED -> mail.to.wasEver(PersonState.DEACTIVATED);
            case ERASED -> mail.to.wasEver(PersonState.ERASED);
            case HARD_BOUNCED ->
                mails.values().stream()
                        .anyMatch(other -> other.to == mail.to
                                && other.refusals.stream().anyMatch(words -> words.startsWith("550 5.1.1")));
            case CANCELLED ->
                (mail.mailing != null && mail.mailing.cancelAsked)
                        || (mail.letter != null && mail.letter.withdrawAsked);
            case EXPIRED ->
                expiresSoon(
                        mail.mailing != null
                                ? mail.mailing.expiresAt
                                : mail.letter != null ? mail.letter.expiresAt : OffsetDateTime.MAX);
            case COMPLAINED, ADDRESS_NOT_REACHABLE -> false;
        };
    }

    private void judgeCopies(Mail mail, boolean everDoubtful, int attempts, boolean handedOver) {
        if (mail.copies > 1 && !everDoubtful) {
            wrong(mail.what() + " went out " + mail.copies + " times, and nobody was in doubt");
        }
        if (mail.copies > attempts) {
            wrong(mail.what() + " went out " + mail.copies + " times in " + attempts + " tries");
        }
        if (handedOver && mail.copies == 0) {
            wrong(mail.what() + " is said to be handed over and never was");
        }
        if (everDoubtful && !unknowable && mail.begun == mail.answered) {
            wrong(mail.what() + " is said to have been doubtful, and every try of it was answered");
        }
    }

    private void judge(Post letter, Connection database) throws SQLException {
        Mail mail = mails.get(letter.id.toString());
        if (mail == null) {
            throw new IllegalStateException("no mail");
        }
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(
                        "select state, attempts, ever_doubtful, skipped from mail.letters where id = '" + letter.id
                                + "'")) {
            if (!row.next()) {
                if (!letter.withdrawAsked) {
                    wrong(mail.what() + " is gone");
                }
                if (mail.copies > 1 && mail.begun == mail.answered && !unknowable) {
                    wrong(mail.what() + " went out " + mail.copies + " times before it was withdrawn");
                }
                return;
            }
            int state = row.getInt("state");
            judgeCopies(mail, row.getBoolean("ever_doubtful"), row.getInt("attempts"), state == Codes.HANDED_OVER);
            int skipped = row.getInt("skipped");
            Optional<SkipReason> reason = row.wasNull() ? Optional.empty() : Codes.skipReason(Codes.SKIPPED + skipped);
            if (reason.isPresent() && !isCredible(reason.get(), mail)) {
                wrong(mail.what() + " is skipped as " + reason.get() + " though nothing asked for it");
            }
        }
    }

    private void judgeStrangers(Connection database) throws SQLException {
        for (Mailing mailing : mailings) {
            Set<UUID> known = new HashSet<>();
            mailing.audience.forEach(person -> known.add(person.id));
            try (Statement statement = database.createStatement();
                    ResultSet row = statement.executeQuery(
                            "select recipient from mail.deliveries where mailing = " + mailing.number)) {
                while (row.next()) {
                    if (!known.contains(row.getObject("recipient", UUID.class))) {
                        wrong("mailing " + mailing.number + " has an outcome for a stranger");
                    }
                }
            }
        }
        if (people.all().isEmpty()) {
            wrong("an outcome without people");
        }
    }
}
