package org.tidings.launcher;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What answers on the site's port from the first moment until the application does: live, not ready, and a plain page that says when to
 * come back.
 *
 * <p>The container listens before it has an application, and says 404 to everybody. That is a final answer to whoever brings a bounce, an
 * opt-out by one click or reads a feed, so it listens elsewhere until then.
 */
final class Door implements AutoCloseable {

    private static final String RETRY_AFTER_SECONDS = "30";
    private static final int AT_ONCE = 16;
    private static final String PAGE = new PlainPage(
                    new PlainPage.Words("Back soon", "Bald wieder da", "De retour bientôt"),
                    new PlainPage.Words(
                            "This site cannot answer just now. Please try again in a few minutes.",
                            "Diese Seite kann gerade nicht antworten. Bitte versuchen Sie es in einigen Minuten noch einmal.",
                            "Ce site ne peut pas répondre en ce moment. Veuillez réessayer dans quelques minutes."))
            .html();

    private final HttpServer server;
    private final ExecutorService threads;

    private Door(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    static Door open(Settings settings) throws IOException {
        // Nobody may hold a thread for longer, in seconds; read when the server's classes are loaded.
        System.setProperty("sun.net.httpserver.maxReqTime", "10");
        System.setProperty("sun.net.httpserver.maxRspTime", "10");
        HttpServer server = HttpServer.create(new InetSocketAddress(settings.httpAddress(), settings.httpPort()), 0);
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, work -> {
            Thread thread = new Thread(work, "door");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", Door::answer);
        server.start();
        return new Door(server, threads);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            boolean live = "/health/live".equals(path);
            boolean state = live || "/health/ready".equals(path);
            String body = state ? "{\"status\":\"" + (live ? "UP" : "DOWN") + "\",\"checks\":[]}" : PAGE;
            describe(exchange.getResponseHeaders(), state, live);
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            boolean head = "HEAD".equals(exchange.getRequestMethod());
            exchange.sendResponseHeaders(live ? 200 : 503, head ? -1 : bytes.length);
            if (!head) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    /** As the application's own (SEC-43). */
    private static void describe(Headers headers, boolean state, boolean live) {
        headers.set("Content-Type", state ? "application/json" : "text/html; charset=utf-8");
        AnswerHeaders.ALL.forEach(headers::set);
        // The next request is for the application, which listens anew.
        headers.set("Connection", "close");
        if (!live) {
            headers.set("Retry-After", RETRY_AFTER_SECONDS);
        }
    }

    /** Lets go of the port. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
