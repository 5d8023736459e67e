package org.tidings.mail.internal.signing.dkim;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The messages, keys and signatures printed in RFC 6376 appendix A.2 and RFC 8463 appendix A. */
@SuppressWarnings("StringSplitter")
class KnownAnswersTest {
    private static final String BODY_HASH = "2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=";

    private static final String RECEIVED = """
            Received: from client1.football.example.com  [192.0.2.1]
                  by submitserver.example.com with SUBMISSION;
                  Fri, 11 Jul 2003 21:01:54 -0700 (PDT)
            """.replace("\n", "\r\n");
    private static final String FIELDS = """
            From: Joe SixPack <joe@football.example.com>
            To: Suzie Q <suzie@shopping.example.net>
            Subject: Is dinner ready?
            Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
            Message-ID: <20030712040037.46341.5F8J@football.example.com>
            """.replace("\n", "\r\n");
    private static final String BODY = "Hi.\r\n\r\nWe lost the game. Are you hungry yet?\r\n\r\nJoe.\r\n";
    private static final String BODY_8463 = BODY.replace("game. Are", "game.  Are");

    private static final String A2_SIGNATURE = """
            DKIM-Signature: v=1; a=rsa-sha256; s=brisbane; d=example.com;
                  c=simple/simple; q=dns/txt; i=joe@football.example.com;
                  h=Received : From : To : Subject : Date : Message-ID;
                  bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
                  b=AuUoFEfDxTDkHlLXSZEpZj79LICEps6eda7W3deTVFOk4yAUoqOB
                  4nujc7YopdG5dWLSdNg6xNAZpOPr+kHxt1IrE+NahM6L/LbvaHut
                  KVdkLLkpVaVVQPzeRDI009SO2Il5Lu7rDNH6mZckBdrIx0orEtZV
                  4bmp/YzhwvcubU4=;
            """.replace("\n", "\r\n");
    private static final String A2_RECORD =
            "v=DKIM1; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkMoGe"
                    + "LnQg1fWn7/zYtIxN2SnFCjxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od+v/RtdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfVjH4OuKhitdY"
                    + "9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB";
    /** The example key printed in RFC 6376 appendix C, PKCS #1: no secret. */
    private static final String A2_PRIVATE_KEY = "MIICXwIBAAKBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7/zYtIxN2SnFC"
            + "jxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od+v/RtdC2UzJ1lWT947qR+Rcac2gb"
            + "to/NMqJ0fzfVjH4OuKhitdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB"
            + "AoGBALmn+XwWk7akvkUlqb+dOxyLB9i5VBVfje89Teolwc9YJT36BGN/l4e0l6QX"
            + "/1//6DWUTB3KI6wFcm7TWJcxbS0tcKZX7FsJvUz1SbQnkS54DJck1EZO/BLa5ckJ"
            + "gAYIaqlA9C0ZwM6i58lLlPadX/rtHb7pWzeNcZHjKrjM461ZAkEA+itss2nRlmyO"
            + "n1/5yDyCluST4dQfO8kAB3toSEVc7DeFeDhnC1mZdjASZNvdHS4gbLIA1hUGEF9m"
            + "3hKsGUMMPwJBAPW5v/U+AWTADFCS22t72NUurgzeAbzb1HWMqO4y4+9Hpjk5wvL/"
            + "eVYizyuce3/fGke7aRYw/ADKygMJdW8H/OcCQQDz5OQb4j2QDpPZc0Nc4QlbvMsj"
            + "7p7otWRO5xRa6SzXqqV3+F0VpqvDmshEBkoCydaYwc2o6WQ5EBmExeV8124XAkEA"
            + "qZzGsIxVP+sEVRWZmW6KNFSdVUpk3qzK0Tz/WjQMe5z0UunY9Ax9/4PVhp/j61bf"
            + "eAYXunajbBSOLlx4D+TunwJBANkPI5S9iylsbLs6NkaMHV6k5ioHBBmgCak95JGX"
            + "GMot/L2x0IYyMLAz6oLWh2hm7zwtb0CgOrPo1ke44hFYnfc=";

    private static final String ED_FIELD = """
            DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
             d=football.example.com; i=@football.example.com;
             q=dns/txt; s=brisbane; t=1528637909; h=from : to :
             subject : date : message-id : from : subject : date;
             bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
             b=""".replace("\n", "\r\n");
    private static final String ED_SIGNATURE =
            "/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11BusFa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==";
    private static final String ED_SEED = "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=";
    private static final String ED_RECORD = "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
    private static final String RSA_FIELD_8463 = """
            DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;
             d=football.example.com; i=@football.example.com;
             q=dns/txt; s=test; t=1528637909; h=from : to : subject :
             date : message-id : from : subject : date;
             bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
             b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3
             DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz
             dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=
            """.replace("\n", "\r\n");
    private static final String RSA_RECORD_8463 =
            "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6N"
                    + "pP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5Q"
                    + "jvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB";

    @Test
    void hashesTheBodiesOfBothRfcs() {
        assertThat(hash(BODY)).isEqualTo(BODY_HASH);
        assertThat(hash(BODY_8463)).isEqualTo(BODY_HASH);
    }

    @Test
    void hashesEmptyAndBlankBodiesAsNothing() {
        String nothing = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
        assertThat(hash("")).isEqualTo(nothing);
        assertThat(hash("\r\n\r\n")).isEqualTo(nothing);
        assertThat(hash(" \t\r\n \r\n")).isEqualTo(nothing);
    }

    @Test
    void hashesTheExampleOfSection345() {
        String direct =
                Base64.getEncoder().encodeToString(BodyHash.sha256().digest(" C\r\nD E\r\n".getBytes(ISO_8859_1)));
        assertThat(hash(" C \r\nD \t E\r\n\r\n\r\n")).isEqualTo(direct);
    }

    @Test
    void canonicalizesTheExampleHeaderOfSection345() {
        assertThat(relaxed("A: X\r\n") + relaxed("B : Y\t\r\n\tZ  \r\n")).isEqualTo("a:X\r\nb:Y Z\r\n");
    }

    @Test
    void signsAsInAppendixA2() throws Exception {
        // The one message with simple canonicalization: what is hashed is put together here, the signature is ours.
        String unsigned = A2_SIGNATURE.substring(0, A2_SIGNATURE.length() - 2).replaceAll("(?s)b=AuUo.*;", "b=;");
        byte[] input = (RECEIVED + FIELDS + unsigned).getBytes(ISO_8859_1);
        DkimKey key = DkimKey.restore(DkimAlgorithm.RSA, "example.com", "brisbane", pkcs8(A2_PRIVATE_KEY));

        byte[] signature = key.newSigner().sign(input, input.length);

        assertThat(Base64.getEncoder().encodeToString(signature))
                .isEqualTo(TestVerifier.tags(A2_SIGNATURE).get("b"));
        assertThat("v=DKIM1; p=" + key.publicKey()).isEqualTo(A2_RECORD);
    }

    @Test
    void signsAsInRfc8463() throws Exception {
        Buffer input = new Buffer(16);
        String[] fields = FIELDS.split("(?<=\r\n)");
        for (String field : fields) {
            byte[] bytes = field.getBytes(ISO_8859_1);
            RelaxedHeader.append(input, bytes, 0, bytes.length, true);
        }
        byte[] own = ED_FIELD.getBytes(ISO_8859_1);
        RelaxedHeader.append(input, own, 0, own.length, false);
        DkimKey key = DkimKey.restore(
                DkimAlgorithm.ED25519,
                "football.example.com",
                "brisbane",
                Base64.getDecoder().decode(ED_SEED));

        byte[] signature = key.newSigner().sign(input.bytes, input.length);

        assertThat(input.length).isEqualTo(478);
        assertThat(HexFormat.of().formatHex(BodyHash.sha256().digest(input.copy())))
                .isEqualTo("48ce9a2c710ece1710ff156996b836a7f45470e43efe5643074d6e1690ed62e7");
        assertThat(Base64.getEncoder().encodeToString(signature)).isEqualTo(ED_SIGNATURE);
        assertThat(key.recordValue()).isEqualTo(ED_RECORD);
    }

    @Test
    void theTestsOwnVerifierAcceptsBothRfcsMessages() throws Exception {
        TestVerifier verifier = new TestVerifier(Map.of(
                "brisbane._domainkey.example.com", A2_RECORD,
                "brisbane._domainkey.football.example.com", ED_RECORD,
                "test._domainkey.football.example.com", RSA_RECORD_8463));

        assertThat(verifier.verify(A2_SIGNATURE + RECEIVED + FIELDS + "\r\n" + BODY))
                .containsExactly("rsa-sha256");
        assertThat(verifier.verify(ED_FIELD + ED_SIGNATURE + "\r\n" + RSA_FIELD_8463 + FIELDS + "\r\n" + BODY_8463))
                .isEqualTo(List.of("ed25519-sha256", "rsa-sha256"));
        assertThatThrownBy(() -> verifier.verify(
                        ED_FIELD + ED_SIGNATURE + "\r\n" + FIELDS.replace("dinner", "lunch") + "\r\n" + BODY_8463))
                .isInstanceOf(AssertionError.class);
    }

    private static String hash(String body) {
        return Base64.getEncoder()
                .encodeToString(new BodyHash().update(body.getBytes(ISO_8859_1)).finish());
    }

    private static String relaxed(String field) {
        Buffer target = new Buffer(4);
        byte[] bytes = field.getBytes(ISO_8859_1);
        RelaxedHeader.append(target, bytes, 0, bytes.length, true);
        return new String(target.copy(), ISO_8859_1);
    }

    /** Puts PKCS #1 into PKCS #8, the only form that the JDK reads. */
    private static byte[] pkcs8(String pkcs1Base64) throws Exception {
        byte[] pkcs1 = Base64.getDecoder().decode(pkcs1Base64);
        byte[] head = HexFormat.of().parseHex("308200000201003" + "00d06092a864886f70d0101010500" + "04820000");
        head[2] = (byte) ((head.length - 4 + pkcs1.length) >> 8);
        head[3] = (byte) (head.length - 4 + pkcs1.length);
        head[head.length - 2] = (byte) (pkcs1.length >> 8);
        head[head.length - 1] = (byte) pkcs1.length;
        byte[] pkcs8 = new byte[head.length + pkcs1.length];
        System.arraycopy(head, 0, pkcs8, 0, head.length);
        System.arraycopy(pkcs1, 0, pkcs8, head.length, pkcs1.length);
        assertThat(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)))
                .isInstanceOf(RSAPrivateKey.class);
        return pkcs8;
    }
}
