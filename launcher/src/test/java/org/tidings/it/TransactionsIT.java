package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidings.mail.testing.RecordingSmtpServer;

/** What tidings.jar does on a database in which rows stay that were rolled back, as they once did in its own background threads. */
@Tag("own-process")
class TransactionsIT {

    private static final Path FOLDER = Path.of("target", "it-transactions").toAbsolutePath();

    /** Sequences of PostgreSQL take no part in transactions: a row that is made of them outlives the rollback. */
    private static final String[] ROWS_THAT_STAY = {
        "alter table site.transaction_probes rename to probes_as_they_were",
        "create sequence site.high minvalue -9223372036854775808 start 0",
        "create sequence site.low minvalue -9223372036854775808 start 0",
        "create view site.transaction_probes as select"
                + " (lpad(to_hex(h.last_value), 16, '0') || lpad(to_hex(l.last_value), 16, '0'))::uuid as id,"
                + " ''::varchar as kind from site.high h, site.low l",
        "create function site.stay() returns trigger language plpgsql as $$ declare hex text := replace(new.id::text, '-', '');"
                + " begin perform setval('site.high', ('x' || substr(hex, 1, 16))::bit(64)::bigint);"
                + " perform setval('site.low', ('x' || substr(hex, 17, 16))::bit(64)::bigint); return new; end $$",
        "create trigger stay instead of insert on site.transaction_probes for each row execute function site.stay()"
    };

    @Test
    void sendsNothingWhereARowStaysThatWasRolledBack() throws SQLException {
        try (var smtp = RecordingSmtpServer.started();
                var tidings = TidingsProcess.in(FOLDER).with("tidings.smtp.url", smtp.url())) {
            String url = Site.usePostgres(tidings);
            tidings.start();
            new HttpBrowser(tidings.url())
                    .get("/register")
                    .form()
                    .fill("address", "before@example.net")
                    .submit();
            new MailProbe(smtp).to("before@example.net", "Confirm");
            tidings.stop();
            letRowsStay(url);

            tidings.launch();
            tidings.awaitStatus("/", 200);
            tidings.awaitStatus("/health/ready", 503);

            var ready = new HttpBrowser(tidings.url()).get("/health/ready");
            assertThat(ready.body()).contains("transactions", "doNotHoldIn");
            assertThat(tidings.logged()).contains("transactions do not hold in threads of");
            new HttpBrowser(tidings.url())
                    .get("/register")
                    .form()
                    .fill("address", "after@example.net")
                    .submit();
            new MailProbe(smtp).nothingMoreTo("after@example.net");
        }
    }

    private static void letRowsStay(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, "postgres", "postgres");
                Statement statement = connection.createStatement()) {
            for (String sql : ROWS_THAT_STAY) {
                statement.execute(sql);
            }
        }
    }
}
