package org.tidings.mail.internal.returned.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.tidings.mail.internal.composing.Verp;

/** Measures on collections of real returned mails, which stand beside the project on machines that have them. */
class CollectionTest {
    private static final Path COLLECTION = find();
    private static final ReturnedMailReader READER =
            new ReturnedMailReader(new Verp(new SecretKeySpec(new byte[32], "HmacSHA256"), "bounce.example.com"));

    /**
     * Where a file's name says less than its text: the text says that there is no such user (or host), or that there is no reason at
     * all to think so. Read by hand.
     */
    private static final Set<String> GONE_BY_TEXT = Set.of(
            "bounce_500_001.eml",
            "bounce_500_004.eml",
            "tt_bounce_22.txt",
            "bounce_500_005.eml",
            "bounce_500_006.eml",
            "bounce_500_009.eml",
            "bounce_500_011.eml",
            "bounce_520_003.eml",
            "bounce_550_001.eml",
            "bounce_550_002.eml",
            "bounce_571_002.eml",
            "malformed_bounce_01.txt",
            "tt_1234175799.txt",
            "tt_1234177688.txt",
            "tt_1234210655.txt",
            "tt_1234211357.txt",
            "tt_1234211932.txt",
            "tt_1234241665.txt",
            "tt_1234285532.txt",
            "tt_bounce_01.txt",
            "tt_bounce_02.txt",
            "tt_bounce_05.txt",
            "tt_bounce_07.txt",
            "tt_bounce_17.txt",
            "tt_bounce_23.txt",
            "tt_bounce_24.txt",
            "tt_bounce_25.txt",
            "undeliverable_gmail.txt");

    /** Named like a complaint, but it is Postfix's delivery report of an unknown user, and of nothing else. */
    private static final String NO_COMPLAINT = "fbl_hotmail_002.eml";

    @Test
    void meetsThePrecisionAndRecallOfHardBounces() throws IOException {
        int right = 0;
        int wrong = 0;
        int missed = 0;
        List<String> notes = new ArrayList<>();
        for (Path file : files("cws", "bounce_email", "kumomta/rfc3464")) {
            List<ReturnedMail> results = READER.read(Files.readAllBytes(file), null);
            boolean said = results.stream().anyMatch(ReturnedMail.HardBounce.class::isInstance);
            boolean expected = isGone(file);
            right += said && expected ? 1 : 0;
            wrong += said && !expected ? 1 : 0;
            missed += !said && expected ? 1 : 0;
            String line = String.format("%-28s %s", file.getFileName(), brief(results));
            notes.add((said == expected ? "  " : said ? "! " : "- ") + line);
        }
        notes.stream().filter(note -> !note.startsWith("  ")).forEach(System.out::println);
        double precision = right / (double) (right + wrong);
        double recall = right / (double) (right + missed);
        System.out.printf(
                "hard: %d right, %d wrong, %d missed; precision %.3f, recall %.3f%n",
                right, wrong, missed, precision, recall);
        assertThat(precision).isGreaterThanOrEqualTo(0.95);
        assertThat(recall).isGreaterThanOrEqualTo(0.85);
    }

    @Test
    void recognisesEveryComplaint() throws IOException {
        List<Path> complaints = Stream.concat(
                        files("cws").stream()
                                .filter(f -> f.getFileName().toString().startsWith("fbl")),
                        files("kumomta/rfc5965").stream())
                .toList();
        assertThat(complaints).hasSizeGreaterThan(10);
        assertThat(complaints)
                .filteredOn(file -> !file.endsWith(NO_COMPLAINT))
                .allSatisfy(file -> assertThat(READER.read(Files.readAllBytes(file), null))
                        .allMatch(ReturnedMail.Complaint.class::isInstance));
    }

    @Test
    void countsNoAutomaticReply() throws IOException {
        assertThat(files("bounce_email/non_bounces"))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(READER.read(Files.readAllBytes(file), null))
                        .allMatch(r -> r instanceof ReturnedMail.AutoReply || r instanceof ReturnedMail.NotUnderstood));
    }

    private static boolean isGone(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith("bounce_511")
                || name.startsWith("bounce_512")
                || name.startsWith("bounce_544")
                || name.equals(NO_COMPLAINT)
                || GONE_BY_TEXT.contains(name)
                || (file.toString().contains("rfc3464")
                        && Set.of("2.eml", "3.eml", "6.eml", "obsolete_arrival_date.eml")
                                .contains(name));
    }

    private static String brief(List<ReturnedMail> results) {
        ReturnedMail first = results.get(0);
        ReturnedMail.Report report = first.report();
        String words = report.diagnostic();
        return results.size() + " " + first.getClass().getSimpleName() + " " + report.reason() + " "
                + report.status().map(Object::toString).orElse("-") + " "
                + report.recipient().orElse("-") + " | "
                + words.substring(0, Math.min(110, words.length()));
    }

    private static List<Path> files(String... folders) throws IOException {
        assumeTrue(Files.isDirectory(COLLECTION), "SKIPPED: no returned mails at " + COLLECTION);
        List<Path> files = new ArrayList<>();
        for (String folder : folders) {
            try (Stream<Path> walk = Files.walk(COLLECTION.resolve(folder))) {
                walk.filter(Files::isRegularFile)
                        .filter(f ->
                                f.toString().endsWith(".eml") || f.toString().endsWith(".txt"))
                        .sorted()
                        .forEach(files::add);
            }
        }
        return files;
    }

    /** {@code ../shared/testdata} from the project's root, which may be a work tree of its own somewhere beside. */
    private static Path find() {
        Path folder = Path.of("").toAbsolutePath();
        for (int i = 0; i < 5 && folder != null; i++) {
            Path candidate = folder.resolve("shared/testdata/bounces");
            if (Files.isDirectory(candidate)) {
                return candidate;
            }
            folder = folder.getParent();
        }
        return Path.of("../../shared/testdata/bounces");
    }
}
