package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.it.Site.site;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateIT {

    @Test
    void tellsThisMachineThatItIsLiveAndReady() {
        var browser = site().browser();

        assertThat(browser.get("/health/live").status()).isEqualTo(200);
        var ready = browser.get("/health/ready");

        assertThat(ready.status()).isEqualTo(200);
        assertThat(ready.body()).contains("\"database\"", "\"data-folder\"", "\"mail-queue\"");
    }

    @Test
    void keepsItsStateFromWhoeverComesThroughAProxy() {
        var proxied = site().browser().header("X-Forwarded-For", "192.0.2.7");

        for (String path : new String[] {"/health/live", "/health/ready", "/metrics", "/openapi"}) {
            assertThat(proxied.get(path).status()).as(path).isEqualTo(404);
        }
    }

    @Test
    void countsRequestsByRouteAndNeverByPath() {
        var browser = site().browser();
        browser.get("/confirm/not-a-token-that-anybody-was-given");

        String metrics = browser.get("/metrics").body();

        assertThat(metrics).contains("# TYPE http_request_seconds histogram", "jvm_heap_used_bytes");
        assertThat(metrics).doesNotContain("not-a-token");
    }

    @Test
    void describesTheApiOfTheTour() {
        String description = site().browser().get("/openapi").body();

        // what programs and operators rely on, and what the tour does besides
        for (String operation : new String[] {
            "importSubscribers",
            "createIssue",
            "sendIssue",
            "getMailing",
            "createAnnouncement",
            "publishAnnouncement",
            "searchAccounts",
            "createNewsletter",
            "sendTestIssue",
            "pauseIssue",
            "resumeIssue",
            "cancelIssue",
            "listDeliveries",
            "updateAnnouncement",
            "submitAnnouncement",
            "exportAccount",
            "searchSubscribers",
            "discardAnnouncement",
            "getAnnouncementMailing",
            "listAnnouncementDeliveries",
            "eraseAccount"
        }) {
            assertThat(description).containsOnlyOnce("operationId: " + operation + "\n");
        }
        assertThat(description).doesNotContain("\n  /staff", "\n  /sign-in");
    }

    /** By those who make clients from it (NLT-D3): no pattern in a path, every body a named record, and nothing of staff's pages. */
    @Test
    void describesTheApiSoThatOthersCanReadIt_NLTD3() {
        String description = site().browser().get("/openapi").body();

        SwaggerParseResult parsed = new OpenAPIV3Parser().readContents(description);

        assertThat(parsed.getMessages()).isEmpty();
        OpenAPI api = parsed.getOpenAPI();
        assertThat(api.getPaths().keySet()).allMatch(path -> path.matches("/api/v1(/[a-z-]+|/\\{[a-z]+})+"));
        assertThat(description).doesNotContain("/staff", "endpoints:");
        assertThat(api.getComponents().getSchemas())
                .containsKeys("SubscriberSlice", "IssueSlice", "NewsletterJson", "ImportReport", "Problem");
        for (PathItem path : api.getPaths().values()) {
            for (Operation operation : path.readOperations()) {
                assertThat(operation.getResponses())
                        .as(operation.getOperationId())
                        .containsKey("default");
            }
        }
    }

    @Test
    void tellsNobodyWhatItRunsOn() {
        for (String path : new String[] {"/", "/no-such-page", "/health/live", "/%00", "/..%2f"}) {
            var response = site().browser().request("GET", path, "", Map.of());
            assertThat(response.headers().firstValue("Server")).as(path).isEmpty();
            assertThat(response.headers().firstValue("X-Powered-By")).as(path).isEmpty();
            assertThat(response.body())
                    .as(path)
                    .doesNotContainIgnoringCase("payara")
                    .doesNotContain("Exception");
        }
    }

    @Test
    void refusesTrace() {
        assertThat(site().browser().request("TRACE", "/", "", Map.of()).statusCode())
                .isIn(400, 403, 405, 501);
    }

    /**
     * What is no request at all is answered by the container before the application sees it, so without our headers: then there must be
     * nothing in it that they would have to protect.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /..%2f HTTP/1.1",
                "GET /%c0%ae HTTP/1.1",
                "GET /../../etc/passwd HTTP/1.1",
                "GET /a b HTTP/1.1",
                "GET / HTTP/9.9",
                "FOO BAR",
                "TRACE / HTTP/1.1"
            })
    void theContainersOwnAnswersAreEmpty(String requestLine) throws IOException {
        String answer = raw(requestLine);

        assertThat(answer).startsWith("HTTP/1.1 ");
        assertThat(answer.substring(9, 12)).isIn("400", "404", "405", "505");
        assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4)).as("body").isEmpty();
        assertThat(answer).doesNotContainIgnoringCase("payara", "glassfish", "grizzly", "java");
        assertThat(answer).contains("X-Frame-Options");
    }

    private static String raw(String requestLine) throws IOException {
        URI at = URI.create(site().url());
        try (Socket socket = new Socket(at.getHost(), at.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write((requestLine + "\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
