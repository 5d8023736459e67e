package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Starting, stopping, being killed, and what is said when starting is not possible. */
@Tag("own-process")
class LifeIT {

    private static final Path FOLDER = Path.of("target", "it-life").toAbsolutePath();

    @Test
    void startsSaysWhereItIsStopsAndStartsAgain() {
        try (var tidings = TidingsProcess.in(FOLDER.resolve("restart")).with("tidings.http.prot", "1")) {
            tidings.start();
            assertThat(tidings.printed())
                    .contains(
                            tidings.url() + "/setup/",
                            tidings.url() + "/mailbox/key/",
                            "tidings.http.port",
                            "Ready after")
                    .containsPattern("tidings.public.url +" + tidings.url() + "\n")
                    .contains("TIDINGS_HTTP_PROT is set, but there is no such key. Is tidings.http.port meant?")
                    .doesNotContain("Payara");
            String firstLink = tidings.setupPath().orElseThrow();
            assertThat(tidings.logged()).doesNotContain(firstLink);

            assertThat(tidings.stop()).isIn(0, 143);
            tidings.start();

            assertThat(tidings.setupPath().orElseThrow())
                    .as("a new link at every start")
                    .isNotEqualTo(firstLink);

            tidings.kill();
            tidings.start();
            assertThat(tidings.stop()).isIn(0, 143);
        }
    }

    @Test
    void saysThatThePortIsTaken() throws IOException {
        try (var tidings = TidingsProcess.in(FOLDER.resolve("port"));
                var taken = new ServerSocket(tidings.port(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(taken.isBound()).isTrue();

            assertThat(tidings.launch().awaitEnd()).isEqualTo(1);

            assertThat(tidings.printed()).contains("Cannot listen on", "port " + tidings.port(), "tidings.http.port");
        }
    }

    @Test
    void saysThatTheDataFolderIsInUse() {
        try (var first = TidingsProcess.in(FOLDER.resolve("lock"))) {
            first.start();
            try (var second = TidingsProcess.in(FOLDER.resolve("lock2"))
                    .with("tidings.data.dir", first.data().toString())) {

                assertThat(second.launch().awaitEnd()).isEqualTo(1);

                assertThat(second.printed()).contains("in use by another Tidings");
            }
        }
    }

    @Test
    void startsWithoutItsDatabaseAndIsNotReady() {
        try (var tidings = TidingsProcess.in(FOLDER.resolve("nodb"))
                .with("tidings.db.url", "jdbc:postgresql://127.0.0.1:1/nowhere")
                .with("tidings.db.password", "canary-password")) {
            tidings.launch();
            tidings.awaitPrinted("NOT READY");
            tidings.awaitStatus("/health/ready", 503);
            tidings.awaitStatus("/health/live", 200);

            var page = new HttpBrowser(tidings.url()).get("/");

            assertThat(page.status()).isEqualTo(503);
            assertThat(page.header("Retry-After")).isPresent();
            assertThat(page.body()).doesNotContain("SQL", "jdbc", "Exception");
            assertThat(tidings.printed())
                    .contains("NOT READY", "cannot be reached")
                    .doesNotContain("canary-password");
        }
    }
}
