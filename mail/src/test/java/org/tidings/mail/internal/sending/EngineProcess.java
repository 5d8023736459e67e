package org.tidings.mail.internal.sending;

import java.nio.file.Path;
import java.util.Optional;
import org.tidings.mail.internal.settings.TestSettings;
import org.tidings.mail.internal.tables.Sql;
import org.tidings.mail.testing.TestDatabase;

/**
 * The engine as a process of its own, to be killed. Ends by itself when no mailing is left to send, with an orderly end at SIGTERM.
 */
final class EngineProcess {

    private EngineProcess() {}

    /** @param arguments JDBC URL, its user, the mail server's port, data folder, recipients of a new issue or 0 to go on */
    public static void main(String[] arguments) throws InterruptedException {
        TestDatabase database = TestDatabase.at(arguments[0], arguments[1], "mail");
        Sql sql = new Sql(database.dataSource());
        int recipients = Integer.parseInt(arguments[4]);
        EngineOnTable mail = EngineOnTable.started(
                database,
                TestSettings.acme()
                        .with("tidings.smtp.url", "smtp://127.0.0.1:" + arguments[2] + "?tls=none")
                        .with("tidings.mail.retries", "PT0.3S"),
                Path.of(arguments[3]),
                domain -> Optional.empty(),
                new ReadersTable(sql, "readers", Integer.MAX_VALUE));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            mail.close();
            database.close();
        }));
        if (recipients > 0) {
            mail.startIssue("readers", EngineOnTable.shortBody(), recipients);
        }
        while (sql.number("select count(*) from mail.mailings where active") > 0) {
            Thread.sleep(50);
        }
        System.exit(0);
    }
}
