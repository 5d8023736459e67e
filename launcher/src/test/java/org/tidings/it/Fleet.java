package org.tidings.it;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Nodes that share one database and the site's secret, each with a data folder of its own and its own gate to one {@link MailSink}:
 * {@code node-1}, {@code node-2}, … On PostgreSQL, or one alone on H2.
 *
 * <p>Sent as by a site that is in a hurry: no limits of receivers, no undo, short retries.
 */
final class Fleet implements AutoCloseable {

    /** The shortest that is allowed. */
    static final Duration TAKEOVER = Duration.ofSeconds(30);

    private static final String SECRET =
            Base64.getEncoder().encodeToString("a secret of tests, 32 bytes long".getBytes(StandardCharsets.UTF_8));
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private final MailSink sink = MailSink.open();
    private final List<TidingsProcess> nodes = new ArrayList<>();
    private String database = "";

    private Fleet() {}

    /** Not started yet, on an empty database of the run's PostgreSQL. */
    static Fleet onPostgres(String name, int size) {
        Fleet fleet = new Fleet();
        for (int i = 1; i <= size; i++) {
            TidingsProcess node = fleet.add(name, i);
            if (i == 1) {
                fleet.database = Site.usePostgres(node);
            } else {
                Site.usePostgres(node, fleet.database);
            }
        }
        return fleet;
    }

    /** One node with an H2 of its own, not started yet. */
    static Fleet onH2(String name) {
        Fleet fleet = new Fleet();
        fleet.add(name, 1);
        return fleet;
    }

    private TidingsProcess add(String name, int number) {
        String node = "node-" + number;
        TidingsProcess process = TidingsProcess.in(
                        Path.of("target", "it-" + name, node).toAbsolutePath())
                .with("tidings.smtp.url", sink.gate(node))
                .with("tidings.secret", SECRET)
                .with("tidings.http.trusted-proxies", "127.0.0.1")
                .with("tidings.mail.receiving.limits", "off")
                .with("tidings.mail.retries", "PT2S,PT4S")
                .with("tidings.mail.takeover.after", TAKEOVER.toString())
                .with("tidings.newsletter.undo.seconds", "0");
        nodes.add(process);
        return process;
    }

    /** Starts those that are down, together, and waits until all are ready. */
    Fleet up() {
        List<TidingsProcess> down =
                nodes.stream().filter(node -> !node.isAlive()).toList();
        down.forEach(TidingsProcess::launch);
        nodes.forEach(node -> node.awaitStatus("/health/ready", 200));
        return this;
    }

    /** The node of this number, from 1. */
    TidingsProcess node(int number) {
        return nodes.get(number - 1);
    }

    List<TidingsProcess> nodes() {
        return nodes;
    }

    /** Of the sink that this node sends through. */
    static String gateOf(int number) {
        return "node-" + number;
    }

    MailSink sink() {
        return sink;
    }

    // The database, looked at past the product; H2 only while its node is down

    private Connection connect() throws SQLException {
        return database.isEmpty()
                ? DriverManager.getConnection(
                        "jdbc:h2:file:" + node(1).data().resolve("tidings")
                                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH",
                        "tidings",
                        "")
                : DriverManager.getConnection(database, "postgres", "postgres");
    }

    /** Who the node is to the others now. */
    String idOf(int number) throws SQLException {
        try (Connection connection = connect();
                var prepared = connection.prepareStatement(
                        "select id from mail.nodes where folder like ? order by seen_at desc")) {
            prepared.setString(1, node(number).data() + "/%");
            try (ResultSet rows = prepared.executeQuery()) {
                if (!rows.next()) {
                    throw new AssertionError("node " + number + " is on no list");
                }
                return rows.getString(1);
            }
        }
    }

    /** Of the run's PostgreSQL, for its own tools. */
    String databaseUrl() {
        return database;
    }

    /** One statement or, on PostgreSQL, several. */
    void execute(String statement) throws SQLException {
        try (Connection connection = connect();
                var prepared = connection.createStatement()) {
            prepared.execute(statement);
        }
    }

    /** The number that the query answers. */
    long number(String query, Object... parameters) throws SQLException {
        try (Connection connection = connect();
                var prepared = connection.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                prepared.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = prepared.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    /** The first column of what the query answers. */
    List<String> texts(String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = connect();
                var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    /** Waits until the query answers this number. */
    void awaitNumber(long wanted, String query, Object... parameters) throws SQLException {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        long found = number(query, parameters);
        while (found != wanted) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        "waited " + LONGEST_WAIT + " for " + wanted + ", it is " + found + ": " + query);
            }
            TidingsProcess.pause(20);
            found = number(query, parameters);
        }
    }

    /** Ends all of them by SIGKILL: a proof that needs an orderly end asks for it. */
    @Override
    public void close() {
        sink.release();
        nodes.stream().filter(TidingsProcess::isAlive).forEach(TidingsProcess::killAll);
        sink.close();
    }
}
