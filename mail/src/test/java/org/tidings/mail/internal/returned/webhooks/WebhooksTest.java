package org.tidings.mail.internal.returned.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.URI;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.tidings.mail.internal.returned.reading.ReturnedMail;
import org.tidings.mail.internal.returned.reading.SesWebhook;

@SuppressWarnings("StringConcatToTextBlock")
class WebhooksTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_795_332_946);
    private static final String TOPIC = "arn:aws:sns:eu-west-1:1:bounces";
    private static final String CERTIFICATE = "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem";

    @Test
    void acceptsSnsMessagesOfTheExpectedTopicSignedBySns() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair keys = generator.generateKeyPair();
        String good = sns(keys, TOPIC, CERTIFICATE, "{}");

        assertThat(sns(good, keys)).isTrue();
        assertThat(sns(good.replace("\"Message\":\"{}\"", "\"Message\":\"{ }\""), keys))
                .isFalse();
        assertThat(sns(sns(keys, "arn:aws:sns:eu-west-1:2:evil", CERTIFICATE, "{}"), keys))
                .isFalse();
        for (String evil : List.of(
                "https://sns.eu-west-1.amazonaws.com.evil.example/x.pem",
                "http://sns.eu-west-1.amazonaws.com/x.pem",
                "https://evil@sns.eu-west-1.amazonaws.com/x.pem",
                "https://sns.eu-west-1.amazonaws.com:8443/x.pem",
                "https://127.0.0.1/x.pem",
                "::")) {
            assertThat(sns(sns(keys, TOPIC, evil, "{}"), keys)).as(evil).isFalse();
        }
        assertThat(sns("not json", keys)).isFalse();
    }

    @Test
    void readsSes() {
        String bounce =
                "{\"notificationType\":\"Bounce\",\"mail\":{\"headers\":[{\"name\":\"Message-ID\",\"value\":\"<m@example.com>\"}]},"
                        + "\"bounce\":{\"bounceType\":\"Permanent\",\"bouncedRecipients\":[{\"emailAddress\":\"ann@example.net\",\"status\":\"5.1.1\","
                        + "\"diagnosticCode\":\"smtp; 550 5.1.1 user unknown\"},{\"emailAddress\":\"bob@example.net\",\"status\":\"5.7.1\","
                        + "\"diagnosticCode\":\"smtp; 554 5.7.1 blocked using spamhaus\"}]}}";
        List<ReturnedMail> mails = SesWebhook.read(Json.createObjectBuilder()
                .add("Message", bounce)
                .build()
                .toString()
                .getBytes(UTF_8));

        assertThat(mails).hasSize(2);
        assertThat(mails.get(0)).isInstanceOf(ReturnedMail.HardBounce.class);
        assertThat(mails.get(0).report().recipient()).contains("ann@example.net");
        assertThat(mails.get(0).report().messageId()).contains("<m@example.com>");
        assertThat(mails.get(1)).isInstanceOf(ReturnedMail.OurFault.class);
        assertThat(
                        only(
                                SesWebhook.read(
                                        bytes(
                                                "{'notificationType':'Complaint','complaint':{'complainedRecipients':[{'emailAddress':'ann@example.net'}]}}"))))
                .isInstanceOf(ReturnedMail.Complaint.class);
    }

    @Test
    void acceptsAndReadsSendGrid() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair keys = generator.generateKeyPair();
        byte[] body = bytes(
                "[{'event':'bounce','email':'ann@example.net','status':'5.1.1','reason':'550 5.1.1 no such user','smtp-id':'<m@example.com>'},"
                        + "{'event':'spamreport','email':'bob@example.net'},{'event':'open','email':'x@example.net'},"
                        + "{'event':'bounce','type':'blocked','email':'eve@example.net','reason':'550 bad luck'}]");
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update((NOW.getEpochSecond() + new String(body, UTF_8)).getBytes(UTF_8));
        Map<String, String> headers = Map.of(
                "x-twilio-email-event-webhook-timestamp", String.valueOf(NOW.getEpochSecond()),
                "x-twilio-email-event-webhook-signature", Base64.getEncoder().encodeToString(signature.sign()));
        String key = Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());

        assertThat(SendGridWebhook.isGenuine(headers, body, key, NOW)).isTrue();
        assertThat(SendGridWebhook.isGenuine(headers, body, key, NOW.plusSeconds(26 * 3_600)))
                .isFalse();
        assertThat(SendGridWebhook.isGenuine(headers, bytes("[]"), key, NOW)).isFalse();
        assertThat(SendGridWebhook.isGenuine(Map.of(), body, key, NOW)).isFalse();
        assertThat(SendGridWebhook.isGenuine(headers, body, "", NOW)).isFalse();
        assertThat(SendGridWebhook.read(body))
                .hasExactlyElementsOfTypes(
                        ReturnedMail.HardBounce.class, ReturnedMail.Complaint.class, ReturnedMail.OurFault.class);
    }

    @Test
    void acceptsAndReadsPostmark() {
        String secret = "hook:secret";
        assertThat(PostmarkWebhook.isGenuine(
                        Map.of("authorization", "Basic " + Base64.getEncoder().encodeToString(secret.getBytes(UTF_8))),
                        secret))
                .isTrue();
        assertThat(PostmarkWebhook.isGenuine(Map.of("authorization", "Basic Og=="), ""))
                .isFalse();
        assertThat(PostmarkWebhook.isGenuine(Map.of(), secret)).isFalse();
        assertThat(only(PostmarkWebhook.read(
                        bytes("{'Type':'HardBounce','Email':'ann@example.net','Details':'gone'}"))))
                .isInstanceOf(ReturnedMail.HardBounce.class);
        assertThat(only(PostmarkWebhook.read(bytes("{'Type':'SoftBounce','Email':'ann@example.net','Details':'?'}"))))
                .isInstanceOf(ReturnedMail.SoftBounce.class);
        assertThat(only(PostmarkWebhook.read(bytes("{'Type':'AutoResponder','Email':'ann@example.net'}"))))
                .isInstanceOf(ReturnedMail.AutoReply.class);
    }

    @Test
    void acceptsAndReadsMailgun() throws Exception {
        String timestamp = String.valueOf(NOW.getEpochSecond());
        byte[] body = bytes(
                "{'signature':{'timestamp':'" + timestamp + "','token':'tok','signature':'"
                        + hmac("key", timestamp + "tok") + "'},"
                        + "'event-data':{'event':'failed','severity':'permanent','recipient':'ann@example.net','message':{'headers':{'message-id':'m@example.com'}},"
                        + "'delivery-status':{'code':550,'message':'5.1.1 The email account that you tried to reach does not exist'}}}");

        assertThat(MailgunWebhook.isGenuine(body, "key", NOW)).isTrue();
        assertThat(MailgunWebhook.isGenuine(body, "other", NOW)).isFalse();
        assertThat(MailgunWebhook.isGenuine(body, "key", NOW.plusSeconds(100_000)))
                .isFalse();
        ReturnedMail mail = only(MailgunWebhook.read(body));
        assertThat(mail).isInstanceOf(ReturnedMail.HardBounce.class);
        assertThat(mail.report().messageId()).contains("<m@example.com>");
        byte[] madeUp = new String(body, UTF_8).replace("ann@", "bob@").getBytes(UTF_8);
        assertThat(MailgunWebhook.isGenuine(madeUp, "key", NOW)).isTrue();
        assertThat(MailgunWebhook.once(madeUp)).isEqualTo(MailgunWebhook.once(body));
    }

    @Test
    void acceptsAndReadsTheGenericOne() throws Exception {
        byte[] body = bytes(
                "[{'type':'bounce','recipient':'ann@example.net','status':'5.2.2'},{'type':'complaint','recipient':'ann@example.net'}]");
        String time = String.valueOf(NOW.getEpochSecond());
        Map<String, String> headers = Map.of(
                "tidings-signature", "t=" + time + ", v1=" + hmac("secret", time + "." + new String(body, UTF_8)));

        assertThat(GenericWebhook.isGenuine(headers, body, "secret", NOW)).isTrue();
        assertThat(GenericWebhook.isGenuine(headers, body, "other", NOW)).isFalse();
        assertThat(GenericWebhook.isGenuine(headers, body, "secret", NOW.minusSeconds(301)))
                .isFalse();
        assertThat(GenericWebhook.isGenuine(Map.of(), body, "secret", NOW)).isFalse();
        assertThat(GenericWebhook.read(body))
                .hasExactlyElementsOfTypes(ReturnedMail.SoftBounce.class, ReturnedMail.Complaint.class);
    }

    @Test
    void hostileBodiesAreNotUnderstood() {
        for (String body : List.of(
                "",
                "[",
                "null",
                "[1]",
                "{}",
                "[".repeat(200_000),
                "{\"bounce\":[]}",
                "{\"Message\":{}}",
                "x".repeat(3_000_000))) {
            byte[] bytes = body.getBytes(UTF_8);
            assertThat(List.of(
                            SesWebhook.read(bytes),
                            SendGridWebhook.read(bytes),
                            PostmarkWebhook.read(bytes),
                            MailgunWebhook.read(bytes)))
                    .allSatisfy(mails -> assertThat(mails).hasOnlyElementsOfType(ReturnedMail.NotUnderstood.class));
        }
    }

    private static boolean sns(String body, KeyPair keys) {
        return SnsWebhook.isGenuine(body.getBytes(UTF_8), List.of(TOPIC), (URI uri) -> Optional.of(keys.getPublic()));
    }

    private static String sns(KeyPair keys, String topic, String certificate, String message) throws Exception {
        String time = "2026-11-22T07:35:46.000Z";
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(keys.getPrivate());
        signature.update(("Message\n" + message + "\nMessageId\nid\nTimestamp\n" + time + "\nTopicArn\n" + topic
                        + "\nType\nNotification\n")
                .getBytes(UTF_8));
        JsonObject body = Json.createObjectBuilder()
                .add("Type", "Notification")
                .add("MessageId", "id")
                .add("TopicArn", topic)
                .add("Message", message)
                .add("Timestamp", time)
                .add("SignatureVersion", "2")
                .add("Signature", Base64.getEncoder().encodeToString(signature.sign()))
                .add("SigningCertURL", certificate)
                .build();
        return body.toString();
    }

    private static String hmac(String key, String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
    }

    private static ReturnedMail only(List<ReturnedMail> mails) {
        assertThat(mails).hasSize(1);
        return mails.get(0);
    }

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(UTF_8);
    }
}
