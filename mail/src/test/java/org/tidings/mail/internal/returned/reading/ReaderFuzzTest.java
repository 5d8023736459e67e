package org.tidings.mail.internal.returned.reading;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Random;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.tidings.mail.internal.composing.Verp;

/** Whatever comes, the reader answers: never an exception, never an empty list, and nothing hard without a word about it. */
class ReaderFuzzTest {
    private static final ReturnedMailReader READER =
            new ReturnedMailReader(new Verp(new SecretKeySpec(new byte[32], "HmacSHA256"), "bounce.example.com"));

    @Property(tries = 400)
    boolean anyBytesAreAnswered(@ForAll byte[] mail, @ForAll String recipient) {
        return !READER.read(mail, recipient).isEmpty();
    }

    @Property(tries = 1500)
    boolean anyMixOfWhatMailsAreMadeOfIsAnswered(@ForAll("mails") String mail) {
        return !READER.read(mail.getBytes(ISO_8859_1), null).isEmpty();
    }

    @Property(tries = 400)
    boolean brokenReportsAreAnswered(@ForAll Random random) {
        StringBuilder mail = new StringBuilder(String.join("", PIECES));
        for (int i = random.nextInt(40); i > 0; i--) {
            int at = random.nextInt(mail.length());
            if (random.nextBoolean()) {
                mail.setCharAt(at, (char) random.nextInt(256));
            } else {
                mail.delete(at, Math.min(mail.length() - 1, at + random.nextInt(20)));
            }
        }
        return !READER.read(mail.toString().getBytes(ISO_8859_1), "b+x.y@z").isEmpty();
    }

    private static final List<String> PIECES = List.of(
            "From: MAILER-DAEMON@example.org\r\n",
            "Subject: =?utf-8?B?w4Q=?= =?x?Q?=ZZ?=\r\n",
            "Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n",
            "Content-Transfer-Encoding: base64\r\n",
            "Content-Transfer-Encoding: quoted-printable\r\n",
            "\r\n",
            "--b\r\n",
            "Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n",
            "<a@example.net>: 550 5.1.1 user unknown\r\n",
            "--b\r\nContent-Type: message/delivery-status\r\n\r\n",
            "Final-Recipient: rfc822; a@example.net\r\nStatus: 5.9999999.1\r\nAction: failed\r\n",
            "Diagnostic-Code: smtp; 5\r\n",
            "\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <a\r\n",
            "--b--\r\n",
            "=\r\n=4",
            "Feedback-Type: abuse\r\n",
            "Content-Type: message/feedback-report\r\n\r\n",
            ":\r\n",
            "\t folded\r\n",
            "\0\u00ff");

    @Provide
    Arbitrary<String> mails() {
        return Arbitraries.of(PIECES).list().ofMaxSize(40).map(pieces -> String.join("", pieces));
    }
}
