package org.tidings.mail.internal.sending;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.james.jdkim.DKIMVerifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidings.mail.Attachment;
import org.tidings.mail.ListHeaders;
import org.tidings.mail.MailBody;
import org.tidings.mail.MailKind;
import org.tidings.mail.MailingContent;
import org.tidings.mail.MailingOrder;
import org.tidings.mail.PersonState;
import org.tidings.mail.SigningKeys.Algorithm;
import org.tidings.mail.SigningKeys.SigningKey;
import org.tidings.mail.internal.dns.FakeDns;
import org.tidings.mail.internal.settings.TestSettings;
import org.tidings.mail.internal.signing.KeyRing;
import org.tidings.mail.internal.signing.KeyRows;
import org.tidings.mail.internal.signing.KeySeal;
import org.tidings.mail.internal.signing.dkim.TestVerifier;
import org.tidings.mail.internal.tables.Sql;
import org.tidings.mail.testing.FakeSiteSecret;
import org.tidings.mail.testing.RecordingSmtpServer;
import org.tidings.mail.testing.RecordingSmtpServer.Mail;
import org.tidings.mail.testing.TestDatabase;
import org.tidings.site.Transactions;

/**
 * Every kind of mail, as the mail server gets it, signed by keys of the key ring and checked by verifiers that share nothing with
 * the signer: Apache jDKIM for RSA, one written from the RFC for both (D01, D02, D04, D07).
 */
class SignedMailTest {

    @TempDir
    Path folder;

    private final TestDatabase database = TestDatabase.h2("mail");
    private final RecordingSmtpServer server = RecordingSmtpServer.started();
    private final FakeAudience people = new FakeAudience();
    private final FakeDns dns = new FakeDns();
    private final KeyRing keys = new KeyRing(
            new KeyRows(new Sql(database.dataSource()), new KeySeal(new FakeSiteSecret())),
            new Transactions() {
                @Override
                public <T> T call(Callable<T> work) {
                    return database.call(work);
                }
            },
            Clock.systemUTC(),
            dns,
            TestSettings.acme().read());

    @AfterEach
    void close() {
        server.close();
        database.close();
    }

    @Test
    void everyKindOfMailVerifies() throws Exception {
        activate(Algorithm.RSA);
        activate(Algorithm.ED25519);
        UUID reader = people.add("zoe@example.org", PersonState.SUBSCRIBED);
        try (EngineUnderTest mail = EngineUnderTest.started(
                database, people, TestSettings.acme().with("tidings.smtp.url", server.url()), folder, keys)) {
            mail.post(MailKind.ACCOUNT_NOTICE, reader);
            start(mail, MailKind.NEWSLETTER_ISSUE, plain(), List.of());
            start(mail, MailKind.NEWSLETTER_ISSUE, foreign(), List.of(picture(), text()));
            start(mail, MailKind.NEWSLETTER_ISSUE, endless(), List.of());
            start(mail, MailKind.SERVICE_NOTICE, foreign(), List.of(calendar()));
            start(mail, MailKind.POLICY_CHANGE, plain(), List.of());

            List<Mail> sent = server.await(6);

            assertThat(sent).extracting(m -> m.header("Subject")).hasSize(6);
            for (Mail one : sent) {
                assertThat(new TestVerifier(dns.records()).verify(one.text()))
                        .as(one.text().substring(0, 400))
                        .containsExactly("rsa-sha256", "ed25519-sha256");
                assertThat(jdkim(one)).isEqualTo(1);
            }
        }
    }

    @Test
    void mailLeavesUnsignedUntilItsKeyIsActivated() throws Exception {
        keys.generate("acme.example.com", Algorithm.ED25519);
        UUID reader = people.add("zoe@example.org", PersonState.SUBSCRIBED);
        try (EngineUnderTest mail = EngineUnderTest.started(
                database, people, TestSettings.acme().with("tidings.smtp.url", server.url()), folder, keys)) {
            mail.post(MailKind.ACCOUNT_NOTICE, reader);
            assertThat(server.await(1).get(0).header("DKIM-Signature")).isEmpty();

            activate(Algorithm.RSA);
            mail.post(MailKind.ACCOUNT_NOTICE, reader);
            assertThat(server.await(2).get(1).header("DKIM-Signature").orElseThrow())
                    .contains("a=rsa-sha256");
        }
    }

    private void activate(Algorithm algorithm) {
        SigningKey key = keys.generate("acme.example.com", algorithm);
        dns.publish(key.recordName(), key.recordValue());
        keys.activate(key.id());
    }

    /** How many signatures jDKIM accepts; it does not know Ed25519, whose field is taken off first. */
    private int jdkim(Mail mail) throws Exception {
        String withoutEdwards =
                mail.text().replaceFirst("DKIM-Signature: v=1; a=ed25519-sha256;[^\r]*\r\n(?:[ \t][^\r]*\r\n)*", "");
        DKIMVerifier verifier = new DKIMVerifier((methodAndOption, selector, token) ->
                List.of(dns.records().getOrDefault(selector + "._domainkey." + token, "")));
        return verifier.verify(new ByteArrayInputStream(withoutEdwards.getBytes(StandardCharsets.ISO_8859_1)))
                .size();
    }

    private void start(EngineUnderTest mail, MailKind kind, MailingContent content, List<Attachment> attachments) {
        Optional<ListHeaders> list = kind == MailKind.NEWSLETTER_ISSUE
                ? Optional.of(new ListHeaders(
                        "Nächte & News", "news.acme.example.com", "https://acme.example.com/help", Optional.empty()))
                : Optional.empty();
        database.call(() -> mail.mailings.start(new MailingOrder(
                kind,
                "readers",
                UUID.randomUUID(),
                "Signed",
                List.of(new MailingContent(content.subject(), content.body(), attachments)),
                1,
                EngineUnderTest.now(),
                EngineUnderTest.now().plusDays(1),
                list,
                Optional.empty())));
    }

    private static MailingContent plain() {
        return content("Hello {{name}}", "Something happened.");
    }

    private static MailingContent foreign() {
        return content(
                "Grüße an {{name}} – 日本語のお知らせ 🎉, und noch vieles mehr in einer Zeile, die zu lang ist",
                "Ünïcödé: 你好, مرحبا, 🎉. A line that ends in a dot.\n.\n.. and one that begins with one.");
    }

    /** Lines of 2,000 characters, 200 KB. */
    private static MailingContent endless() {
        return content("A long one", ("x".repeat(1_990) + " ä b\n").repeat(100));
    }

    private static MailingContent content(String subject, String words) {
        MailBody body = MailBody.in(Locale.GERMAN)
                .heading("Hello {{name}}")
                .paragraph(words)
                .footer("Unsubscribe", "{{unsubscribeUrl}}")
                .build();
        return new MailingContent(subject, body, List.of());
    }

    private static Attachment picture() {
        byte[] bytes = new byte[3_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        return new Attachment("Grüße.png", "image/png", bytes);
    }

    private static Attachment text() {
        return new Attachment("notes.txt", "text/plain", "a \r\n\r\n.\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    private static Attachment calendar() {
        return new Attachment(
                "window.ics",
                "text/calendar; charset=UTF-8",
                "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n".getBytes(StandardCharsets.US_ASCII));
    }
}
