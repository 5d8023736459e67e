package org.tidings.web.health;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.tidings.web.start.Database;

/**
 * Whether the database answers, told within two seconds: when all connections are busy, or it hangs, whoever asks how the site is does
 * not wait with the others. One question at a time; who asks meanwhile waits for the same answer.
 */
@ApplicationScoped
public class DatabaseProbe {

    private static final Logger LOG = Logger.getLogger(DatabaseProbe.class.getName());
    private static final int QUERY_SECONDS = 3;
    private static final int PATIENCE_SECONDS = 2;

    @Inject
    private DataSource dataSource;

    @Inject
    private Database database;

    private final ExecutorService thread = single("database-probe");
    private final ExecutorService figures = single("database-figures");
    private final Semaphore asking = new Semaphore(1);

    private @Nullable Future<Optional<String>> asked;

    @PreDestroy
    void end() {
        thread.shutdownNow();
        figures.shutdownNow();
    }

    /** @return nothing if it answers, or why not: an SQL state or a word */
    Optional<String> trouble() {
        if (!database.isMigrated()) {
            return Optional.of("not migrated");
        }
        try {
            return ask().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return Optional.of("busy");
        } catch (ExecutionException e) {
            return Optional.of("unknown");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    private static ExecutorService single(String name) {
        return Executors.newSingleThreadExecutor(work -> {
            Thread asking = new Thread(work, name);
            asking.setDaemon(true);
            return asking;
        });
    }

    /**
     * What takes more than the one question, with the same patience: a table that is locked keeps nobody from hearing how the rest is.
     *
     * @return empty when it fails, takes too long, or what was asked before still does
     */
    <T> Optional<T> within(Supplier<T> question) {
        if (!asking.tryAcquire()) {
            return Optional.empty();
        }
        Future<T> answer = figures.submit(() -> {
            try {
                return question.get();
            } finally {
                asking.release();
            }
        });
        try {
            return Optional.ofNullable(answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (TimeoutException | ExecutionException e) {
            LOG.log(Level.FINE, "figures are left out", e);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private synchronized Future<Optional<String>> ask() {
        if (asked == null || asked.isDone()) {
            asked = thread.submit(this::query);
        }
        return asked;
    }

    private Optional<String> query() {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(QUERY_SECONDS);
            statement.execute("select 1");
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of(String.valueOf(e.getSQLState()));
        }
    }
}
