package org.tidings.mail.internal.standing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.internal.sending.NodesUnderTest;
import org.tidings.mail.testing.FakeRestoredDatabase;
import org.tidings.mail.testing.TestDatabase;

/** Whoever complained, and where nobody is, stays known whichever backup is put back; on each database. */
abstract class SuppressionLedgerContract {

    private static final EmailAddress ANN = EmailAddress.parse("ann@example.org");
    private static final EmailAddress BOB = EmailAddress.parse("bob@example.org");
    private static final EmailAddress EVE = EmailAddress.parse("eve@example.org");
    private static final OffsetDateTime AT = OffsetDateTime.parse("2026-11-29T10:00:00Z");

    @TempDir
    private Path folder;

    private final NodesUnderTest nodes = new NodesUnderTest(freshDatabase());
    private final Suppressions suppressions = new Suppressions(nodes.sql, nodes.hashes, Clock.systemUTC());
    private final FakeRestoredDatabase restored = new FakeRestoredDatabase();

    abstract TestDatabase freshDatabase();

    @AfterEach
    void close() {
        nodes.close();
    }

    private void start() {
        new SuppressionLedger(nodes.sql, nodes.transactions, suppressions, restored, folder).repeatAndCopy();
    }

    private Set<Suppression> of(EmailAddress address) {
        UUID hash = nodes.hashes.of(address);
        return suppressions.of(List.of(hash)).getOrDefault(hash, Set.of());
    }

    private void backUp() {
        for (String table : List.of("suppressions", "suppression_facts")) {
            nodes.sql.update("create table mail.backup_" + table + " as select * from mail." + table);
        }
    }

    private void putBack() {
        for (String table : List.of("suppressions", "suppression_facts")) {
            nodes.sql.update("delete from mail." + table);
            nodes.sql.update("insert into mail." + table + " select * from mail.backup_" + table);
        }
        restored.putBack(AT);
    }

    @Test
    void repeatsWhatWasRaisedAndLiftedAfterTheBackup() throws Exception {
        suppressions.add(BOB, Suppression.COMPLAINED, AT, "a report");
        start();
        backUp();
        suppressions.add(ANN, Suppression.HARD_BOUNCED, AT.plusHours(1), "550 ann is not here");
        suppressions.lift(nodes.hashes.of(BOB), Suppression.COMPLAINED);
        suppressions.add(EVE, Suppression.HARD_BOUNCED, AT.plusHours(1), "550 no");
        suppressions.lift(nodes.hashes.of(EVE), Suppression.HARD_BOUNCED);
        suppressions.add(EVE, Suppression.COMPLAINED, AT.plusHours(2), "a report");
        start();
        putBack();
        assertThat(of(ANN)).isEmpty();
        assertThat(of(BOB)).containsExactly(Suppression.COMPLAINED);

        start();

        assertThat(of(ANN)).containsExactly(Suppression.HARD_BOUNCED);
        assertThat(of(BOB)).isEmpty();
        assertThat(of(EVE)).containsExactly(Suppression.COMPLAINED);
        assertThat(suppressions.about(nodes.hashes.of(ANN)).get(0).since()).isEqualTo(AT.plusHours(1));
        assertThat(Files.readString(folder.resolve(SuppressionLedger.FILE)))
                .hasLineCount(7) // the first is empty
                .doesNotContain("ann@", "example.org", "550 no");
    }

    @Test
    void whatWasLiftedAfterTheRestoreStaysLifted() {
        backUp();
        suppressions.add(ANN, Suppression.HARD_BOUNCED, AT, "550 no");
        start();
        putBack();
        start();
        suppressions.lift(nodes.hashes.of(ANN), Suppression.HARD_BOUNCED);
        nodes.sql.update("delete from mail.suppression_facts where not lifted"); // another node's file has it

        start();

        assertThat(of(ANN)).isEmpty();
    }

    /** They were there before there was the ledger; their ids are the same wherever the migration runs. */
    @Test
    void copiesThoseOfBefore() {
        suppressions.add(ANN, Suppression.HARD_BOUNCED, AT, "550 no");
        suppressions.add(ANN, Suppression.COMPLAINED, AT, "a report");
        nodes.sql.update("delete from mail.suppression_facts");

        nodes.sql.update(insertOfTheMigration());

        start();
        nodes.sql.update("delete from mail.suppressions");
        nodes.sql.update("delete from mail.suppression_facts");
        restored.putBack(AT);
        start();
        assertThat(of(ANN)).containsExactlyInAnyOrder(Suppression.HARD_BOUNCED, Suppression.COMPLAINED);
    }

    private static String insertOfTheMigration() {
        try (var in = SuppressionLedgerContract.class.getResourceAsStream("/db/mail/V111__suppressions_outside.sql")) {
            String sql = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return sql.substring(sql.indexOf("insert into"))
                    .replace("suppression_facts", "mail.suppression_facts")
                    .replace("from suppressions", "from mail.suppressions")
                    .replace(";", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
