package org.tidings.mail.internal.signing.dkim;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.james.jdkim.DKIMVerifier;
import org.apache.james.jdkim.api.SignatureRecord;
import org.junit.jupiter.api.Test;

@SuppressWarnings("StringSplitter")
class DkimSignerTest {
    private static final Instant NOW = Instant.parse("2026-11-22T07:35:46Z");
    private static final DkimKey RSA = DkimKey.generate(DkimAlgorithm.RSA, "example.com", "2026h2r");
    private static final DkimKey EDWARDS = DkimKey.generate(DkimAlgorithm.ED25519, "example.com", "2026h2e");
    private static final Map<String, String> RECORDS =
            Map.of(RSA.recordName(), RSA.recordValue(), EDWARDS.recordName(), EDWARDS.recordValue());
    private static final DkimSigner BOTH = new DkimSigner(List.of(RSA, EDWARDS), Duration.ofDays(10));
    private static final String NEWSLETTER = """
            Date: Sun, 22 Nov 2026 07:35:46 +0000
            From: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?= <news@example.com>
            To: reader@example.net
            Subject: One
             folded   subject
            Message-ID: <0193f0b0aaaabbbbccccddddeeee@example.com>
            MIME-Version: 1.0
            List-Id: News <news.example.com>
            List-Unsubscribe: <https://example.com/u/abc>, <mailto:unsub@example.com>
            List-Unsubscribe-Post: List-Unsubscribe=One-Click
            Content-Type: multipart/alternative; boundary="b"

            --b
            Content-Type: text/plain; charset=UTF-8
            Content-Transfer-Encoding: quoted-printable

            Some  text with =
            soft breaks.=20
            \t
            --b--

            """.replace("\n", "\r\n");

    @Test
    void twoIndependentVerifiersAcceptBothSignatures() throws Exception {
        String signed = sign(BOTH, NEWSLETTER);

        assertThat(new TestVerifier(RECORDS).verify(signed)).containsExactly("rsa-sha256", "ed25519-sha256");
        assertThat(jdkim(sign(new DkimSigner(List.of(RSA), Duration.ofDays(10)), NEWSLETTER)))
                .hasSize(1);
    }

    /** D03, D04, D05, D06; N03: the way out is signed. */
    @Test
    void signsEveryFieldThatCountsAndOversignsAgainstAdditions() {
        Map<String, String> tags = TestVerifier.tags(
                sign(BOTH, NEWSLETTER).substring("DKIM-Signature:".length()).split("\r\n(?! )")[0]);
        List<String> names = Arrays.asList(tags.getOrDefault("h", "").split(":"));

        assertThat(names).contains("List-Unsubscribe", "List-Unsubscribe-Post", "List-Id", "Content-Type");
        assertThat(names.stream().filter("From"::equals)).hasSize(2);
        assertThat(names.stream().filter("List-Unsubscribe-Post"::equals)).hasSize(2);
        assertThat(names.stream().filter("Cc"::equals)).hasSize(1);
        assertThat(names.stream().filter("List-Id"::equals)).hasSize(1);
        assertThat(names).doesNotContain("Bcc", "Received", "Return-Path", "DKIM-Signature");
        assertThat(tags)
                .containsEntry("d", "example.com")
                .containsEntry("c", "relaxed/relaxed")
                .containsEntry("t", "1795332946")
                .containsEntry("x", "1796196946")
                .doesNotContainKey("l");
    }

    /** D05: that is what it is for. */
    @Test
    void anAddedFieldBreaksTheSignature() {
        String signed = sign(BOTH, NEWSLETTER);

        for (String added : List.of("Subject: Buy!\r\n", "Cc: x@example.org\r\n", "From: evil@example.org\r\n")) {
            int before = signed.indexOf("\r\nDate: ") + 2;
            String changed = signed.substring(0, before) + added + signed.substring(before);
            assertThatThrownBy(() -> new TestVerifier(RECORDS).verify(changed))
                    .as(added)
                    .isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void linesOfTheFieldStayShort() {
        String fields = sign(BOTH, NEWSLETTER).split("(?<=\r\n)Date: ")[0];
        assertThat(fields.split("\r\n"))
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(78));
        assertThat(fields).endsWith("\r\n");
    }

    /** D06. */
    @Test
    void fieldsThatOccurTwiceAreTakenBottomUp() throws Exception {
        String twice = NEWSLETTER.replace(
                "List-Id:", "References: <one@example.com>\r\nReferences: <two@example.com>\r\nList-Id:");
        assertThat(new TestVerifier(RECORDS).verify(sign(BOTH, twice))).hasSize(2);
    }

    @Test
    void anEmptyBodyAndAHeaderAloneAreSigned() throws Exception {
        assertThat(new TestVerifier(RECORDS).verify(sign(BOTH, "From: a@example.com\r\nTo: b@example.net\r\n\r\n")))
                .hasSize(2);
    }

    @Test
    void refusesAHeaderWithoutAuthorOrWithBareLineFeeds() {
        assertThatThrownBy(() -> sign(BOTH, "To: b@example.net\r\n\r\nHi\r\n"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sign(BOTH, "From: a@example.com\nTo: b@example.net\r\n\r\nHi\r\n"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void preparedPiecesHashAsTheWholeBodyDoes() {
        Random random = new Random(6376);
        String alphabet = " \t\r\nab=";
        for (int round = 0; round < 3_000; round++) {
            List<byte[]> pieces = new ArrayList<>();
            StringBuilder whole = new StringBuilder();
            for (int p = random.nextInt(5); p >= 0; p--) {
                StringBuilder piece = new StringBuilder();
                for (int i = random.nextInt(12); i > 0; i--) {
                    char c = alphabet.charAt(random.nextInt(alphabet.length()));
                    piece.append(c == '\r' || c == '\n' ? "\r\n" : String.valueOf(c));
                }
                whole.append(piece);
                pieces.add(piece.toString().getBytes(ISO_8859_1));
            }
            BodyHash prefix = new BodyHash().update(pieces.get(0));
            BodyHash hash = prefix.fork();
            for (byte[] piece : pieces.subList(1, pieces.size())) {
                hash.update(BodyHash.Constant.of(piece));
            }
            byte[] expected = BodyHash.sha256()
                    .digest(TestVerifier.relaxedBody(whole.toString()).getBytes(ISO_8859_1));
            assertThat(hash.finish()).as(whole.toString()).isEqualTo(expected);
            assertThat(new BodyHash()
                            .update(whole.toString().getBytes(ISO_8859_1))
                            .finish())
                    .isEqualTo(expected);
        }
    }

    @Test
    void signsFromManyThreadsAtOnce() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Future<List<String>>> results = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                String mail = NEWSLETTER.replace("abc", "token" + i);
                results.add(pool.submit(() -> new TestVerifier(RECORDS).verify(sign(BOTH, mail))));
            }
            for (Future<List<String>> result : results) {
                assertThat(result.get()).hasSize(2);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void keysComeBackFromTheirEncodedForm() throws Exception {
        DkimSigner again = new DkimSigner(
                List.of(
                        DkimKey.restore(DkimAlgorithm.RSA, "example.com", "2026h2r", RSA.encoded()),
                        DkimKey.restore(DkimAlgorithm.ED25519, "example.com", "2026h2e", EDWARDS.encoded())),
                Duration.ZERO);
        assertThat(new TestVerifier(RECORDS).verify(sign(again, NEWSLETTER))).hasSize(2);
        assertThatThrownBy(() -> DkimKey.restore(DkimAlgorithm.ED25519, "example.com", "x", new byte[31]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DkimKey.generate(DkimAlgorithm.ED25519, "example.com", "a.b"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** D08. */
    @Test
    void showsTheRecordInStringsThatDnsCanHold() {
        assertThat(RSA.recordStrings())
                .hasSize(2)
                .allSatisfy(s -> assertThat(s.length()).isLessThanOrEqualTo(255));
        assertThat(String.join("", RSA.recordStrings())).isEqualTo(RSA.recordValue());
        assertThat(EDWARDS.publicKey()).hasSize(44);
        assertThat(EDWARDS.zoneLine())
                .startsWith("2026h2e._domainkey.example.com. 3600 IN TXT \"v=DKIM1; k=ed25519; p=");
    }

    private static String sign(DkimSigner signer, String message) {
        return new String(signer.sign(message.getBytes(ISO_8859_1), NOW), ISO_8859_1) + message;
    }

    private static List<SignatureRecord> jdkim(String message) throws Exception {
        Map<String, String> records = new HashMap<>(RECORDS);
        DKIMVerifier verifier = new DKIMVerifier((methodAndOption, selector, token) ->
                List.of(String.valueOf(records.get(selector + "._domainkey." + token))));
        return verifier.verify(new ByteArrayInputStream(message.getBytes(ISO_8859_1)));
    }
}
