package org.tidings.mail.internal.returned.reading;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidings.mail.internal.composing.Verp;

/** Mails made to cost time or memory. Each is answered within seconds, and suppresses nobody. */
class HostileMailTest {
    private static final ReturnedMailReader READER =
            new ReturnedMailReader(new Verp(new SecretKeySpec(new byte[32], "HmacSHA256"), "bounce.example.com"));
    private static final int HUGE = 10 * 1024 * 1024;
    private static final long LONGEST_NANOS = 10_000_000_000L;

    static Stream<Named<String>> mails() throws IOException {
        return Stream.of(
                Named.of("one part in another, 20,000 deep", nested(20_000)),
                Named.of("a mail in a mail, 5,000 deep", "Content-Type: message/rfc822\r\n\r\n".repeat(5_000) + "end"),
                Named.of(
                        "200,000 parts",
                        "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + "--b\r\n\r\n.\r\n".repeat(200_000)),
                Named.of("a header of 10 MB", "Subject: " + "x".repeat(HUGE) + "\r\n\r\nbody"),
                Named.of("a header folded 1,000,000 times", "Subject: a" + "\r\n b".repeat(1_000_000) + "\r\n\r\nbody"),
                Named.of("500,000 headers", "X: y\r\n".repeat(500_000) + "\r\nbody"),
                Named.of("no line end in 10 MB", "a".repeat(HUGE)),
                Named.of("10 MB of encoded words", "Subject: " + "=?utf-8?B?w4Q=?= ".repeat(HUGE / 17) + "\r\n\r\n"),
                Named.of("10 MB of angle brackets", report("text/html", "<".repeat(HUGE))),
                Named.of("10 MB of addresses", report("text/plain", "a@b.example <a@b.example>: ".repeat(HUGE / 27))),
                Named.of("10 MB of blanks", report("text/plain", " \t".repeat(HUGE / 2))),
                Named.of("10 MB of digits and dots", report("text/plain", "5.1.".repeat(HUGE / 4))),
                Named.of("10 MB of fields", report("message/delivery-status", "A: b\r\n\r\n".repeat(HUGE / 8))),
                Named.of("a charset that is none", report("text/plain; charset=x-" + "y".repeat(5_000), "550 5.1.1")),
                Named.of("broken UTF-8", report("text/plain; charset=utf-8", "\u00c3(\u00ff\u00fe".repeat(100_000))),
                Named.of(
                        "broken ISO-2022-JP",
                        report("text/plain; charset=iso-2022-jp", "\u001b$B\u001b(".repeat(200_000))),
                Named.of("a bomb, zipped", report("application/gzip", "") + bomb()),
                Named.of(
                        "base64 without end",
                        report("text/plain\r\nContent-Transfer-Encoding: base64", "A".repeat(HUGE))),
                Named.of(
                        "quoted-printable of soft breaks",
                        report("text/plain\r\nContent-Transfer-Encoding: quoted-printable", "=\r\n".repeat(HUGE / 3))),
                Named.of(
                        "10 MB of half sentences",
                        report("text/plain", "user that you tried to reach ".repeat(HUGE / 29))),
                Named.of(
                        "10 MB of recipients", report("text/plain", "Unknown user: a@b.example\r\n".repeat(HUGE / 27))),
                Named.of(
                        "10 MB of reports in a text",
                        report("text/plain", "Final-Recipient: rfc822; a@b\r\n".repeat(HUGE / 31))),
                Named.of("10 MB that begin like JSON", "\r\n\r\n{\"notificationType\"" + "[".repeat(HUGE)),
                Named.of("NUL", report("text/plain", "\0".repeat(HUGE))));
    }

    @ParameterizedTest
    @MethodSource("mails")
    void isAnsweredInBoundedTimeAndSuppressesNobody(String mail) {
        byte[] bytes = mail.getBytes(ISO_8859_1);
        long begun = System.nanoTime();

        List<ReturnedMail> results = READER.read(bytes, "postmaster@bounce.example.com");

        assertThat(System.nanoTime() - begun).isLessThan(LONGEST_NANOS);
        assertThat(results).isNotEmpty().hasSizeLessThanOrEqualTo(60);
        assertThat(results)
                .allSatisfy(result -> assertThat(result.report().diagnostic()).hasSizeLessThanOrEqualTo(500));
        READER.writtenTo(bytes);
        READER.unsubscribeFieldOfOriginal(bytes);
        assertThat(System.nanoTime() - begun).isLessThan(2 * LONGEST_NANOS);
    }

    private static String nested(int depth) {
        StringBuilder mail = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            mail.append("Content-Type: multipart/mixed; boundary=b")
                    .append(i)
                    .append("\r\n\r\n--b")
                    .append(i)
                    .append("\r\n");
        }
        return mail.append("\r\nbottom").toString();
    }

    private static String report(String type, String body) {
        return "From: MAILER-DAEMON@example.org\r\nSubject: Undelivered Mail Returned to Sender\r\nContent-Type: multipart/report;"
                + " report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: " + type + "\r\n\r\n" + body
                + "\r\n--b--\r\n";
    }

    /** 1 GB of nothing. */
    private static String bomb() throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            byte[] nothing = new byte[1024 * 1024];
            for (int i = 0; i < 1_024; i++) {
                out.write(nothing);
            }
        }
        return Base64.getMimeEncoder().encodeToString(zipped.toByteArray());
    }
}
