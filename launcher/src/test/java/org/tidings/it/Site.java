package org.tidings.it;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.testing.RecordingSmtpServer;

/**
 * The one running site that all tests of a run in one JVM share: started by the first, stopped when the run ends.
 *
 * <p>Tests make what they need under names of their own ({@link #fresh}) and look for nothing that others made. What must stop the
 * server, or have it empty, starts a {@link TidingsProcess} of its own.
 *
 * <p>{@code -Dit.database=postgresql} runs it on an embedded PostgreSQL, otherwise it is H2.
 */
public final class Site {

    static final String BOUNCE_DOMAIN = "bounce.tidings.example";
    static final String WEBHOOK_SECRET = "what the providers of tests know";

    /** What {@link LogsIT} looks for. */
    static final String SEARCHED_FOR = "Zwiebelkuchen";
    /** And this. */
    static final String WRONG_PASSWORD = "wrong wrong wrong Rhabarber";

    private static @Nullable Site running;
    private static int names;

    private final TidingsProcess process;
    private final RecordingSmtpServer smtp;
    private final int returnedMailPort;
    private Optional<String> postgres = Optional.empty();

    private Site(TidingsProcess process, RecordingSmtpServer smtp, int returnedMailPort) {
        this.process = process;
        this.smtp = smtp;
        this.returnedMailPort = returnedMailPort;
    }

    /** The site, ready. */
    public static synchronized Site site() {
        if (running == null) {
            String database = System.getProperty("it.database", "h2");
            RecordingSmtpServer smtp = RecordingSmtpServer.started();
            TidingsProcess process =
                    TidingsProcess.in(Path.of("target", "it-" + database + System.getProperty("it.fork", "-1"))
                            .toAbsolutePath());
            int returned = freePort();
            process.with("tidings.smtp.url", smtp.url())
                    .with("tidings.newsletter.undo.seconds", "1")
                    .with("tidings.forms.origins", "https://named.example")
                    // Every browser sends its forms from a network of its own, by X-Forwarded-For: their limits are not
                    // shared.
                    .with("tidings.http.trusted-proxies", "127.0.0.1")
                    .with("tidings.mail.bounce.domain", BOUNCE_DOMAIN)
                    .with("tidings.bounce.smtp.address", "127.0.0.1")
                    .with("tidings.bounce.smtp.port", String.valueOf(returned))
                    .with("tidings.webhooks.generic.secret", WEBHOOK_SECRET);
            Optional<String> postgres = Optional.empty();
            if (database.equals("postgresql")) {
                postgres = Optional.of(usePostgres(process));
            }
            Runtime.getRuntime().addShutdownHook(new Thread(process::close));
            process.start();
            running = new Site(process, smtp, returned);
            running.postgres = postgres;
            running.hearWhatNoLogMayRepeat();
        }
        return running;
    }

    private void hearWhatNoLogMayRepeat() {
        String address = fresh("canary");
        HttpBrowser browser = browser();
        browser.get("/register").form().fill("address", address).submit();
        browser.get("/reset").form().fill("address", address).submit();
        browser.get("/reset/" + "A".repeat(43));
        browser.get("/no-such-page?q=" + SEARCHED_FOR);
        Crew.signIn(browser(), address, WRONG_PASSWORD);
    }

    /** Points the process at a database of its own on the run's embedded PostgreSQL. */
    public static String usePostgres(TidingsProcess process) {
        String url = Postgres.newDatabase();
        usePostgres(process, url);
        return url;
    }

    /** Points the process at a database that another one uses already. */
    static void usePostgres(TidingsProcess process, String url) {
        process.with("tidings.db.url", url).with("tidings.db.user", "postgres").with("tidings.db.password", "postgres");
    }

    /** JDBC address of the database, user {@code postgres}; empty on H2, which the server has to itself. */
    public Optional<String> postgres() {
        return postgres;
    }

    public TidingsProcess process() {
        return process;
    }

    public String url() {
        return process.url();
    }

    /** A browser that nobody has used. */
    public HttpBrowser browser() {
        return new HttpBrowser(url()).sendsFrom(Crew.anotherNetwork());
    }

    public MailProbe mails() {
        return new MailProbe(smtp);
    }

    public RecordingSmtpServer smtp() {
        return smtp;
    }

    /** Where the site listens for returned mail. */
    public int returnedMailPort() {
        return returnedMailPort;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A mail address that no other test uses. */
    public static synchronized String fresh(String name) {
        names++;
        return name + "-" + names + "-" + ProcessHandle.current().pid() + "@example.net";
    }

    /** Runs with the server's clock moved on, and moves it back. Others see the move: keep it short. */
    public void later(Duration by, Runnable work) {
        long before = process.clock().shiftMillis();
        process.clock().shiftBy(before + by.toMillis());
        try {
            work.run();
        } finally {
            process.clock().shiftBy(before);
        }
    }

    /** An embedded PostgreSQL, started when first asked for. */
    private static final class Postgres {

        private static @Nullable EmbeddedPostgres server;
        private static int databases;

        static synchronized String newDatabase() {
            try {
                if (server == null) {
                    EmbeddedPostgres started = EmbeddedPostgres.builder()
                            .setServerConfig("max_connections", "200")
                            .start();
                    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(started)));
                    server = started;
                }
                String name = "tidings" + ++databases;
                try (var connection = server.getPostgresDatabase().getConnection();
                        var statement = connection.createStatement()) {
                    statement.execute("CREATE DATABASE " + name);
                }
                return "jdbc:postgresql://localhost:" + server.getPort() + "/" + name;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (java.sql.SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private static void stop(EmbeddedPostgres server) {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
