package org.tidings.accounts.internal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.Client;
import org.tidings.accounts.Closing;
import org.tidings.accounts.ContactWishes;
import org.tidings.accounts.Passwords;
import org.tidings.accounts.Registrations;
import org.tidings.accounts.Role;
import org.tidings.accounts.SignIn;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.Letter;
import org.tidings.mail.testing.TestDatabase;

/** The module on any database, a fresh world for each test. What it promises stands in contracts of their own, by what they are about. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AccountsContract {

    static final List<String> TABLES = List.of(
            "account",
            "registration",
            "link_request",
            "mail_link",
            "session",
            "known_browser",
            "staff_member",
            "setup_link",
            "api_token",
            "audit_entry",
            "record_reading",
            "erasure",
            "closing",
            "erasure_request",
            "limit_count");

    static final String ADA = "ada@example.org";

    static final ContactWishes BY_MAIL = new ContactWishes(true, false, "");

    final TestDatabase database;

    AccountsWorld world;

    @SuppressWarnings("NullAway") // set before each test
    AccountsContract(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void freshWorld(@TempDir Path folder) {
        world = new AccountsWorld(database, folder);
    }

    @AfterEach
    void emptyTables() throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            for (String table : TABLES) {
                connection.createStatement().executeUpdate("delete from accounts." + table);
            }
        }
    }

    static Client from(String address) {
        return new Client(address, "");
    }

    static Client known(SignIn.SignedIn in) {
        return new Client(AccountsWorld.CLIENT.address(), AccountsWorld.CLIENT.userAgent(), in.known());
    }

    void ask(String address, Client client) {
        world.the(Registrations.class).request(EmailAddress.parse(address), Locale.ENGLISH, Set.of(), client);
    }

    void askForReset(String address, Client client) {
        world.the(Passwords.class).requestReset(EmailAddress.parse(address), Locale.ENGLISH, client);
        world.answerRequests();
    }

    /** What stands in a mail, its slots filled. */
    static String textOf(Letter letter) {
        String text = letter.subject() + " " + letter.body();
        for (Map.Entry<String, String> slot : letter.slots().entrySet()) {
            text = text.replace("{{" + slot.getKey() + "}}", slot.getValue());
        }
        return text;
    }

    AccountId anOfficer(String address) {
        return world.anAdministrator(address, Role.PRIVACY_OFFICER);
    }

    void reactivate(String address) {
        world.the(Closing.class).requestReactivation(EmailAddress.parse(address), Locale.ENGLISH, AccountsWorld.CLIENT);
        world.answerRequests();
        world.the(Closing.class).reactivate(world.newestToken(), AccountsWorld.PASSWORD, AccountsWorld.CLIENT);
    }

    void sql(String statement) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            connection.createStatement().executeUpdate(statement);
        }
    }

    String dump() throws SQLException {
        StringBuilder dump = new StringBuilder();
        try (Connection connection = database.dataSource().getConnection()) {
            for (String table : TABLES) {
                try (ResultSet rows = connection.createStatement().executeQuery("select * from accounts." + table)) {
                    while (rows.next()) {
                        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                            dump.append(rows.getString(i)).append('|');
                        }
                        dump.append('\n');
                    }
                }
            }
        }
        return dump.toString();
    }

    long count(String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                ResultSet row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
