package org.tidings.mail.internal.signing.dkim;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A verifier written from RFC 6376 with regular expressions and strings, sharing nothing with the signer: simple and relaxed,
 * RSA and Ed25519 by the JDK.
 */
@SuppressWarnings("StringSplitter")
public final class TestVerifier {
    private final Map<String, String> records;

    public TestVerifier(Map<String, String> records) {
        this.records = records;
    }

    /** The {@code a=} of each signature that verifies; fails on one that does not. */
    public List<String> verify(String message) throws Exception {
        int end = message.indexOf("\r\n\r\n");
        String header = message.substring(0, end + 2);
        String body = message.substring(end + 4);
        List<String> fields = new ArrayList<>(Arrays.asList(header.split("\r\n(?![ \t])")));
        List<String> good = new ArrayList<>();
        for (String field : fields) {
            if (field.toLowerCase(Locale.ROOT).startsWith("dkim-signature:")) {
                good.add(verify(field, fields, body));
            }
        }
        return good;
    }

    private String verify(String field, List<String> fields, String body) throws Exception {
        Map<String, String> tags = tags(field.substring(field.indexOf(':') + 1));
        String[] c = tags.getOrDefault("c", "simple/simple").split("/");
        byte[] bodyHash = MessageDigest.getInstance("SHA-256")
                .digest((c[1].equals("relaxed") ? relaxedBody(body) : simpleBody(body))
                        .getBytes(StandardCharsets.ISO_8859_1));
        if (!Base64.getEncoder().encodeToString(bodyHash).equals(tags.get("bh"))) {
            throw new AssertionError("body hash differs");
        }
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        List<String> left = new ArrayList<>(fields);
        Collections.reverse(left);
        for (String name : tags.getOrDefault("h", "").split(":")) {
            Optional<String> found = left.stream()
                    .filter(f -> f.substring(0, f.indexOf(':')).strip().equalsIgnoreCase(name.strip()))
                    .findFirst();
            if (found.isPresent()) {
                left.remove(found.get());
                input.write((canonical(c[0], found.get()) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        String unsigned = field.replaceAll("(?s)([;\\s]b\\s*=)[^;]*", "$1");
        input.write(canonical(c[0], unsigned).getBytes(StandardCharsets.ISO_8859_1));
        String record = records.get(tags.get("s") + "._domainkey." + tags.get("d"));
        byte[] key =
                Base64.getDecoder().decode(tags(record == null ? "p=" : record).get("p"));
        byte[] signature = Base64.getDecoder().decode(tags.get("b"));
        boolean valid;
        if ("ed25519-sha256".equals(tags.get("a"))) {
            Signature ed = Signature.getInstance("Ed25519");
            ed.initVerify(edwards(key));
            ed.update(MessageDigest.getInstance("SHA-256").digest(input.toByteArray()));
            valid = ed.verify(signature);
        } else {
            Signature rsa = Signature.getInstance("SHA256withRSA", "SunRsaSign");
            rsa.initVerify(KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(key)));
            rsa.update(input.toByteArray());
            valid = rsa.verify(signature);
        }
        if (!valid) {
            throw new AssertionError("signature does not verify: " + tags.get("a") + "\n" + input);
        }
        return String.valueOf(tags.get("a"));
    }

    private static PublicKey edwards(byte[] raw) throws Exception {
        byte[] big = new byte[raw.length];
        for (int i = 0; i < raw.length; i++) {
            big[i] = raw[raw.length - 1 - i];
        }
        boolean odd = (big[0] & 0x80) != 0;
        big[0] &= 0x7f;
        return KeyFactory.getInstance("Ed25519")
                .generatePublic(
                        new EdECPublicKeySpec(NamedParameterSpec.ED25519, new EdECPoint(odd, new BigInteger(1, big))));
    }

    static Map<String, String> tags(String list) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (String tag : list.split(";")) {
            int equals = tag.indexOf('=');
            if (equals > 0) {
                tags.put(
                        tag.substring(0, equals).strip(),
                        tag.substring(equals + 1).replaceAll("\\s+", ""));
            }
        }
        return tags;
    }

    static String canonical(String how, String field) {
        if (how.equals("simple")) {
            return field;
        }
        int colon = field.indexOf(':');
        return field.substring(0, colon).strip().toLowerCase(Locale.ROOT)
                + ":"
                + field.substring(colon + 1)
                        .replace("\r\n", "")
                        .replaceAll("[ \t]+", " ")
                        .strip();
    }

    static String relaxedBody(String body) {
        String lines =
                body.replaceAll("[ \t]+\r\n", "\r\n").replaceAll("[ \t]+$", "").replaceAll("[ \t]+", " ");
        String trimmed = lines.replaceAll("(\r\n)+$", "");
        return trimmed.isEmpty() ? "" : trimmed + "\r\n";
    }

    static String simpleBody(String body) {
        return body.replaceAll("(\r\n)+$", "") + "\r\n";
    }
}
