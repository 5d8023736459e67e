package org.tidings.launcher;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * What Tidings is before its database answers: live, not ready, and a plain page that says so.
 *
 * <p>The container refuses an application whose persistence units find no database, so it is not started before. A database
 * that goes away later is another matter: then the application itself answers.
 */
final class WaitingForDatabase {

    private static final int RETRY_MILLIS = 5000;
    private static final String CONNECT_SECONDS = "5";
    private static final String PAGE =
            "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>Back soon</title>"
                    + "<h1>Back soon</h1><p>This site cannot answer just now. Please try again in a few minutes.</p>"
                    + "<p lang=\"de\">Diese Seite kann gerade nicht antworten. Bitte versuchen Sie es in einigen Minuten noch einmal.</p>";

    private WaitingForDatabase() {}

    /** Returns at once with the embedded database, otherwise when the database lets us in. */
    static void untilItAnswers(Settings settings, Path application) throws Exception {
        String url = settings.find("tidings.db.url").orElse("");
        if (!url.startsWith("jdbc:postgresql:")) {
            return;
        }
        try (URLClassLoader drivers = driversOf(application)) {
            Driver driver = (Driver) drivers.loadClass("org.postgresql.Driver")
                    .getDeclaredConstructor()
                    .newInstance();
            String trouble = tryToConnect(driver, url, settings);
            if (trouble.isEmpty()) {
                return;
            }
            HttpServer server = answering(settings);
            try {
                Console.print("\n  NOT READY      The database cannot be reached: " + trouble
                        + "\n                 Trying again every few seconds.");
                for (String next = trouble; !next.isEmpty(); next = tryToConnect(driver, url, settings)) {
                    Thread.sleep(RETRY_MILLIS);
                }
                Console.print("\n  The database answers now. Starting.");
            } finally {
                server.stop(0);
            }
        }
    }

    /** Why not, empty if it does. */
    private static String tryToConnect(Driver driver, String url, Settings settings) {
        var properties = new Properties();
        properties.setProperty("user", settings.find("tidings.db.user").orElse("tidings"));
        properties.setProperty("password", settings.find("tidings.db.password").orElse(""));
        properties.setProperty("connectTimeout", CONNECT_SECONDS);
        properties.setProperty("loginTimeout", CONNECT_SECONDS);
        try (Connection connection = driver.connect(url, properties)) {
            return connection == null ? "not an address of PostgreSQL" : "";
        } catch (SQLException e) {
            return LogLine.oneLine(String.valueOf(e.getMessage()));
        }
    }

    private static URLClassLoader driversOf(Path application) throws IOException {
        try (Stream<Path> libraries = Files.list(application.resolve("WEB-INF/lib"))) {
            Path driver = libraries
                    .filter(file -> String.valueOf(file.getFileName()).startsWith("postgresql-"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("the application came without a driver for PostgreSQL"));
            return new URLClassLoader(new URL[] {driver.toUri().toURL()});
        }
    }

    private static HttpServer answering(Settings settings) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(settings.httpAddress(), settings.httpPort()), 0);
        server.createContext("/", WaitingForDatabase::answer);
        server.start();
        return server;
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            boolean state = "/health/live".equals(path) || "/health/ready".equals(path);
            boolean live = "/health/live".equals(path);
            String body = state ? "{\"status\":\"" + (live ? "UP" : "DOWN") + "\",\"checks\":[]}" : PAGE;
            var headers = exchange.getResponseHeaders();
            headers.set("Content-Type", state ? "application/json" : "text/html; charset=utf-8");
            headers.set("Cache-Control", "no-store");
            headers.set("Content-Security-Policy", "default-src 'none'; base-uri 'none'; frame-ancestors 'none'");
            headers.set("X-Content-Type-Options", "nosniff");
            headers.set("Strict-Transport-Security", "max-age=63072000; includeSubDomains");
            if (!live) {
                headers.set("Retry-After", "30");
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            boolean head = "HEAD".equals(exchange.getRequestMethod());
            exchange.sendResponseHeaders(live ? 200 : 503, head ? -1 : bytes.length);
            if (!head) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }
}
