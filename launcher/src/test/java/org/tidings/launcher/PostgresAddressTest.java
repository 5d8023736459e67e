package org.tidings.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PostgresAddressTest {

    private static Map<String, String> environment(String url) {
        return new PostgresAddress(url, "tidings", "a secret").environment();
    }

    @Test
    void tellsPostgresqlsOwnProgramsByTheirEnvironment() {
        assertThat(environment(
                        "jdbc:postgresql://db.example.net:5433/tidings?sslmode=verify-full&sslrootcert=/etc/ca.pem"))
                .containsEntry("PGHOST", "db.example.net")
                .containsEntry("PGPORT", "5433")
                .containsEntry("PGDATABASE", "tidings")
                .containsEntry("PGUSER", "tidings")
                .containsEntry("PGPASSWORD", "a secret")
                .containsEntry("PGSSLMODE", "verify-full")
                .containsEntry("PGSSLROOTCERT", "/etc/ca.pem");
    }

    @Test
    void knowsEveryFormOfAnAddress() {
        assertThat(environment("jdbc:postgresql:tidings"))
                .containsEntry("PGHOST", "localhost")
                .containsEntry("PGDATABASE", "tidings");
        assertThat(environment("jdbc:postgresql:///tidings")).containsEntry("PGHOST", "localhost");
        assertThat(environment("jdbc:postgresql://db/"))
                .containsEntry("PGPORT", "5432")
                .containsEntry("PGDATABASE", "tidings");
        assertThat(environment("jdbc:postgresql://[2001:db8::1]:5433/a%20site"))
                .containsEntry("PGHOST", "2001:db8::1")
                .containsEntry("PGPORT", "5433")
                .containsEntry("PGDATABASE", "a site");
        assertThat(environment("jdbc:postgresql://one,two:5433/tidings?user=other&password=x%26y"))
                .containsEntry("PGHOST", "one,two")
                .containsEntry("PGPORT", "5432,5433")
                .containsEntry("PGTARGETSESSIONATTRS", "read-write")
                .containsEntry("PGUSER", "other")
                .containsEntry("PGPASSWORD", "x&y");
    }

    @Test
    void saysNoPassword() {
        assertThat(new PostgresAddress("jdbc:postgresql://db/x?password=canary&ssl=true", "u", "canary").toString())
                .doesNotContain("canary");
    }
}
