package org.tidings.mail.internal.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidings.mail.internal.machine.Disk;
import org.tidings.mail.internal.machine.FillableDisk;
import org.tidings.mail.internal.outcomes.Reply;

/** What a restart finds of a process that was killed, also after its disk was full. */
class JournalTest {

    private static final Reply TAKEN = new Reply(Reply.Kind.ACCEPTED, "250 2.0.0 queued as 7");

    @TempDir
    private Path folder;

    private final FillableDisk disk = new FillableDisk();
    private final UUID node = UUID.randomUUID();
    private final UUID claim = UUID.randomUUID();
    private final UUID first = UUID.randomUUID();
    private final UUID second = UUID.randomUUID();

    @SuppressWarnings("NullAway.Init") // set by JUnit
    JournalTest() {}

    @Test
    void saysWhatWasAnsweredAndWhatWasOnItsWay() {
        try (Journal.Legacy left = leftAfter(journal -> {
            journal.begin(claim, first);
            journal.done(claim, first, TAKEN);
            journal.begin(claim, second);
        })) {
            assertThat(left.complete()).isTrue();
            assertThat(left.begun(claim))
                    .containsOnlyKeys(first, second)
                    .containsEntry(first, Optional.of(TAKEN))
                    .containsEntry(second, Optional.empty());
        }
    }

    @Test
    void aLineThatAFullDiskCutOffIsTakenBack() {
        try (Journal.Legacy left = leftAfter(this::writeWhileTheDiskIsFull)) {
            assertThat(left.complete()).isTrue();
            assertThat(left.begun(claim)).containsOnlyKeys(second).containsEntry(second, Optional.of(TAKEN));
        }
    }

    @Test
    void whereItCannotBeTakenBackTheNextLineStillStandsAlone() {
        disk.stuck = true;
        try (Journal.Legacy left = leftAfter(journal -> {
            beginWhileTheDiskIsFull(journal);
            journal.begin(claim, second);
        })) {
            assertThat(left.complete()).as("a line is missing").isFalse();
            assertThat(left.begun(claim)).containsOnlyKeys(second).containsEntry(second, Optional.empty());
        }
    }

    private void beginWhileTheDiskIsFull(Journal journal) {
        disk.full = true;
        assertThatThrownBy(() -> journal.begin(claim, first)).isInstanceOf(UncheckedIOException.class);
        disk.full = false;
    }

    private void writeWhileTheDiskIsFull(Journal journal) {
        beginWhileTheDiskIsFull(journal);
        journal.begin(claim, second);
        journal.done(claim, second, TAKEN);
    }

    /** A letter is its own claim: it stands in the journal again with each try, perhaps in another file. */
    @Test
    void whatWasWrittenLastHoldsInWhicheverOrderTheFilesAreFound() {
        Disk small = new Disk.Real() {
            @Override
            public long fileBytes() {
                return 100;
            }

            @Override
            public List<Path> find(Path folder, String begins, String ends) throws IOException {
                return super.find(folder, begins, ends).stream()
                        .sorted(Comparator.reverseOrder())
                        .toList();
            }
        };
        try (Journal journal = Journal.open(folder, node, small)) {
            for (int i = 0; i < 11; i++) {
                journal.begin(claim, first);
                journal.done(claim, first, new Reply(Reply.Kind.DEFERRED, "451 later"));
            }
            journal.begin(claim, first);
        }
        try (Journal.Legacy left = Journal.legacyOf(folder, node, small).orElseThrow()) {
            assertThat(left.begun(claim)).containsEntry(first, Optional.empty());
        }
    }

    @Test
    void aFileThatWasOnlyJustBegunHidesNothing() {
        try (Journal.Legacy left = leftAfter(journal -> {
            journal.begin(claim, first);
            beginAnotherFile("H half of a li");
        })) {
            assertThat(left.complete()).isTrue();
            assertThat(left.begun(claim)).containsOnlyKeys(first);
        }
    }

    private void beginAnotherFile(String text) {
        try (Stream<Path> files = Files.list(folder)) {
            String last = files.map(Path::toString)
                    .filter(name -> name.endsWith(".log"))
                    .findFirst()
                    .orElseThrow();
            Files.writeString(Path.of(last.replaceFirst("\\d+\\.log$", "99.log")), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aBrokenLineMakesTheRestDoubtfulAndStopsNobody() {
        for (String broken : List.of(
                "B " + claim + " " + first.toString().substring(0, 20) + "B " + claim + " " + second,
                "B not-an-id " + first,
                "D " + claim + " " + first + " EATEN by the dog",
                "D " + claim,
                "\0\0\0\0")) {
            try (Journal.Legacy left = leftAfter(journal -> {
                journal.begin(claim, second);
                append(broken + "\n");
            })) {
                assertThat(left.complete()).as(broken).isFalse();
                assertThat(left.begun(claim)).as(broken).containsEntry(second, Optional.empty());
                left.forget();
            }
        }
    }

    private void append(String text) {
        try (Stream<Path> files = Files.list(folder)) {
            Path log =
                    files.filter(f -> f.toString().endsWith(".log")).findFirst().orElseThrow();
            Files.writeString(log, text, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes, ends as if killed, and reads. */
    private Journal.Legacy leftAfter(java.util.function.Consumer<Journal> writing) {
        try (Journal journal = Journal.open(folder, node, disk)) {
            writing.accept(journal);
        }
        return Journal.legacyOf(folder, node, Disk.REAL).orElseThrow();
    }
}
