package org.tidings.mail.internal.sending;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tidings.mail.internal.tables.Sql;
import org.tidings.mail.testing.TestDatabase;

class FaultsOnPostgreSqlTest extends FaultsContract {

    private final TestDatabase database = TestDatabase.postgreSql("mail");

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Override
    Address emptyDatabase() {
        return new Address(database.url(), database.user());
    }

    @Override
    TestDatabase databaseOfThisProcess() {
        return TestDatabase.postgreSql("mail");
    }

    /** The other takes over, since both are on one machine within seconds. */
    @Test
    void killingOneOfTwoProcessesCostsNobodyAMail() throws Exception {
        Address address = emptyDatabase();
        fill(address, 5_000);
        // On a busy machine one could be through before the other has started.
        server.pauseAtContent(100);

        Process one = engine(address, folder.resolve("one"), 5_000);
        awaitAccepted(1);
        Process two = engine(address, folder.resolve("two"), 0);
        Sql sql = new Sql(database.dataSource());
        EngineUnderTest.await(
                () -> sql.number("select count(distinct node) from mail.claims") == 2, () -> "both at work");
        server.pauseAtContent(2);
        one.destroyForcibly().waitFor();
        assertThat(server.accepted()).isLessThan(5_000);
        awaitEnd(two);

        assertNobodyIsMissing(address, 5_000, CONNECTIONS);
    }
}
