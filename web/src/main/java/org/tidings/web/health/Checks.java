package org.tidings.web.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.tidings.mail.Sending;
import org.tidings.mail.SendingState;
import org.tidings.site.TransactionProofs;
import org.tidings.web.start.Ending;

/** What {@code /health/live} and {@code /health/ready} are made of (MicroProfile Health 4). */
final class Checks {

    private static final long LEAST_FREE_BYTES = 50_000_000;

    private Checks() {}

    /** The process answers; whoever sees it fail should restart it. */
    @Liveness
    @ApplicationScoped
    static class Answering implements HealthCheck {
        @Override
        public HealthCheckResponse call() {
            return HealthCheckResponse.up("answering");
        }
    }

    /** Nobody has asked this node to end: from then on a proxy should send nobody here. */
    @Readiness
    @ApplicationScoped
    static class GoesOn implements HealthCheck {

        @Inject
        private Ending ending;

        @Override
        public HealthCheckResponse call() {
            HealthCheckResponseBuilder response = HealthCheckResponse.named("goes-on");
            return ending.beginsNothing()
                    ? response.down().withData("state", "ending").build()
                    : response.up().build();
        }
    }

    /** Schemas are current and the database answers now. */
    @Readiness
    @ApplicationScoped
    static class DatabaseAnswers implements HealthCheck {

        @Inject
        private DatabaseProbe probe;

        @Override
        public HealthCheckResponse call() {
            HealthCheckResponseBuilder response = HealthCheckResponse.named("database");
            return probe.trouble()
                    .map(why -> response.down().withData("state", why).build())
                    .orElseGet(() -> response.up().build());
        }
    }

    /** In every kind of background thread a row that was rolled back is gone; where one stayed no mail is sent. */
    @Readiness
    @ApplicationScoped
    static class TransactionsHold implements HealthCheck {

        @Inject
        private TransactionProofs proofs;

        @Override
        public HealthCheckResponse call() {
            HealthCheckResponseBuilder response = HealthCheckResponse.named("transactions");
            return proofs.failed().isEmpty()
                    ? response.up().build()
                    : response.down()
                            .withData("doNotHoldIn", String.join(", ", proofs.failed()))
                            .build();
        }
    }

    /** The data folder takes bytes, and has room for more: a full disk is noticed before the database fails on it. */
    @Readiness
    @ApplicationScoped
    static class DataFolderTakesBytes implements HealthCheck {

        @Override
        public HealthCheckResponse call() {
            HealthCheckResponseBuilder response = HealthCheckResponse.named("data-folder");
            Config config = ConfigProvider.getConfig();
            Path folder = Path.of(
                    config.getOptionalValue("tidings.data.dir", String.class).orElse("./data"));
            try {
                Path probe = folder.resolve(".ready");
                try (FileChannel file = FileChannel.open(probe, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                    file.write(java.nio.ByteBuffer.wrap(new byte[4096]));
                    file.force(false);
                }
                long free = Files.getFileStore(folder).getUsableSpace();
                return response.status(free >= LEAST_FREE_BYTES)
                        .withData("freeMegabytes", free / 1_000_000)
                        .build();
            } catch (IOException e) {
                return response.down().withData("state", "cannot be written").build();
            }
        }
    }

    /** How many mails wait; told, not judged: a mail server that is down makes mail wait and nothing else. */
    @Readiness
    @ApplicationScoped
    static class MailQueue implements HealthCheck {

        @Inject
        private Instance<Sending> sending;

        @Inject
        private DatabaseProbe probe;

        @Override
        public HealthCheckResponse call() {
            HealthCheckResponseBuilder response =
                    HealthCheckResponse.named("mail-queue").up();
            if (probe.trouble().isPresent() || !sending.isResolvable()) {
                return response.build();
            }
            Optional<SendingState> asked = probe.within(() -> sending.get().state());
            if (asked.isEmpty()) {
                return response.withData("state", "unknown").build();
            }
            SendingState state = asked.get();
            response.withData("waiting", state.waiting());
            state.oldestWaiting().ifPresent(at -> response.withData("oldestWaiting", at.toString()));
            return response.withData("serverRefuses", state.lastError().isPresent())
                    .build();
        }
    }
}
