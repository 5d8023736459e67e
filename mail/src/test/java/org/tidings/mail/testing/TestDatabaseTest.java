package org.tidings.mail.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TestDatabaseTest {

    @Test
    void commitsAndRollsBackOnH2() throws SQLException {
        try (TestDatabase database = TestDatabase.h2("harness")) {
            commitsAndRollsBack(database);
        }
    }

    @Test
    void commitsAndRollsBackOnPostgreSql() throws SQLException {
        try (TestDatabase database = TestDatabase.postgreSql("harness")) {
            commitsAndRollsBack(database);
        }
    }

    @Test
    void entityManagersShareTheTransactionWithPlainSqlOnH2() throws SQLException {
        try (TestDatabase database = TestDatabase.h2("harness")) {
            entityManagersShareTheTransactionWithPlainSql(database);
        }
    }

    @Test
    void entityManagersShareTheTransactionWithPlainSqlOnPostgreSql() throws SQLException {
        try (TestDatabase database = TestDatabase.postgreSql("harness")) {
            entityManagersShareTheTransactionWithPlainSql(database);
        }
    }

    private static void entityManagersShareTheTransactionWithPlainSql(TestDatabase database) throws SQLException {
        EntityManager em = database.entityManager("harness");
        Note kept = new Note("kept");
        database.inTransaction(() -> {
            em.persist(kept);
            em.flush();
            assertThat(count(database)).isEqualTo(1);
            insert(database);
        });
        assertThatThrownBy(() -> database.inTransaction(() -> {
                    em.persist(new Note("lost"));
                    em.flush();
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(count(database)).isEqualTo(2);
        assertThat(em.find(Note.class, kept.id()).body()).isEqualTo("kept");
    }

    private static void commitsAndRollsBack(TestDatabase database) throws SQLException {
        database.inTransaction(() -> {
            insert(database);
            database.inTransaction(() -> insert(database));
        });
        assertThatThrownBy(() -> database.inTransaction(() -> {
                    insert(database);
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(count(database)).isEqualTo(2);
    }

    private static int count(TestDatabase database) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement count = connection.prepareStatement("select count(*) from harness.notes");
                ResultSet rows = count.executeQuery()) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static void insert(TestDatabase database) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement insert = connection.prepareStatement("insert into harness.notes values (?, 'x')")) {
            insert.setObject(1, UUID.randomUUID());
            insert.executeUpdate();
        }
    }
}
