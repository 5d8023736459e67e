package org.tidings.web.problems.answers;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.PersistenceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.h2.mvstore.MVStoreException;
import org.junit.jupiter.api.Test;
import org.tidings.site.TransactionFailed;
import org.tidings.web.access.FakeRequest;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

class ProblemsTest {
    @Test
    void tellsAnUnreachableDatabaseFromABug() {
        assertThat(Mappers.of(new PersistenceException(new SQLTransientConnectionException("secret"))))
                .isEqualTo(ProblemType.UNAVAILABLE);
        assertThat(Mappers.of(new PersistenceException(new SQLException("secret", "08006"))))
                .isEqualTo(ProblemType.UNAVAILABLE);
        assertThat(Mappers.of(new PersistenceException(new SQLException("disk full", "53100"))))
                .isEqualTo(ProblemType.UNAVAILABLE);
        assertThat(Mappers.of(new SQLException("General error", "HY000", new IOException("No space left on device"))))
                .isEqualTo(ProblemType.UNAVAILABLE);
        assertThat(Mappers.of(TransactionFailed.notBegun(new SQLException("General error", "HY000"))))
                .as("whatever it says")
                .isEqualTo(ProblemType.UNAVAILABLE);
        assertThat(Mappers.of(
                        new SQLException("General error", "HY000", new MVStoreException(4, "This store is closed"))))
                .isEqualTo(ProblemType.UNAVAILABLE);
        assertThat(Mappers.of(new SQLException("General error", "HY000"))).isEqualTo(ProblemType.INTERNAL);
        assertThat(Mappers.of(new UncheckedIOException(new IOException("not of the database"))))
                .isEqualTo(ProblemType.INTERNAL);
        assertThat(Mappers.of(new PersistenceException(new SQLException("secret", "23505"))))
                .isEqualTo(ProblemType.INTERNAL);
        assertThat(Mappers.of(new NullPointerException())).isEqualTo(ProblemType.INTERNAL);
    }

    @Test
    void findsAProblemThatTheContainerWrapped() {
        assertThat(Mappers.of(new RuntimeException(new Problem(ProblemType.CONFLICT))))
                .isEqualTo(ProblemType.CONFLICT);
    }

    @Test
    void survivesACauseThatCausesItself() {
        var a = new RuntimeException();
        var b = new RuntimeException(a);
        a.initCause(b);
        assertThat(Mappers.of(a)).isEqualTo(ProblemType.INTERNAL);
    }

    @Test
    void answersPeopleWithPagesAndProgramsWithProblems() {
        var browser = FakeRequest.of("/me").header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        assertThat(ProblemResponses.forProgram(browser.get())).isFalse();
        assertThat(ProblemResponses.forProgram(FakeRequest.of("/me").get())).isTrue();
        assertThat(ProblemResponses.forProgram(
                        FakeRequest.of("/me").header("Accept", "*/*").get()))
                .isTrue();
        assertThat(ProblemResponses.forProgram(FakeRequest.of("/api/v1/me")
                        .header("Accept", "text/html")
                        .get()))
                .isTrue();
    }

    @Test
    void hasAProblemForEveryStatus() {
        for (var type : ProblemType.values()) {
            assertThat(ProblemType.ofStatus(type.status()).status()).isEqualTo(type.status());
        }
        assertThat(ProblemType.ofStatus(418)).isEqualTo(ProblemType.BAD_REQUEST);
        assertThat(ProblemType.ofStatus(599)).isEqualTo(ProblemType.INTERNAL);
    }
}
