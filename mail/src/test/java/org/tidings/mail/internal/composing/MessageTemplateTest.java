package org.tidings.mail.internal.composing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.BodyPart;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.tidings.mail.Attachment;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.ListHeaders;
import org.tidings.mail.MailBody;
import org.tidings.mail.MailKind;
import org.tidings.mail.MessageClass;
import org.tidings.mail.RenderedMail;
import org.tidings.mail.internal.layout.MailLayout;
import org.tidings.mail.internal.layout.Slots;
import org.tidings.mail.internal.settings.TestSettings;
import org.tidings.mail.internal.signing.dkim.BodyHash;
import org.tidings.site.Theme;

class MessageTemplateTest {

    private static final OffsetDateTime DATE = OffsetDateTime.parse("2026-11-22T08:35:46+01:00");
    private static final ListHeaders NEWS =
            new ListHeaders("Acme News", "news.acme.example.com", "https://acme.example.com/help", Optional.empty());
    private static final String MESSAGE_ID = "abcdefghijklmnopqrstuvwxyz@acme.example.com";

    /** A07, A08, A09; A10: what stands in both parts is the same. */
    @Property(tries = 400)
    void everyTextArrivesAsItWasAndEveryLineIsShort(
            @ForAll("texts") String text, @ForAll("names") String name, @ForAll("texts") String value)
            throws Exception {
        RenderedMail mail = new RenderedMail(
                "About {{topic}}", "<p>{{topic}}|" + text.replace("<", "&lt;"), text + "{{topic}}" + text);
        MessageTemplate template = compile(MailKind.SERVICE_NOTICE, mail, List.of(), Optional.empty());
        String subjectValue = value.replaceAll("\\p{Cc}|[\u2028\u2029]", " ");

        byte[] source = write(template, name, Map.of("topic", subjectValue));

        assertLinesAreFit(source);
        MimeMessage message = parse(source);
        assertThat(message.getSubject()).isEqualTo(("About " + subjectValue).strip());
        InternetAddress to = (InternetAddress) message.getAllRecipients()[0];
        assertThat(to.getPersonal() == null ? "" : to.getPersonal()).isEqualTo(name.strip());
        assertThat(message.getAllRecipients()).hasSize(1);
        MimeMultipart parts = (MimeMultipart) message.getContent();
        assertThat(message.getContentType()).startsWith("multipart/alternative;");
        assertThat(parts.getCount()).isEqualTo(2);
        assertThat(parts.getBodyPart(0).getContentType()).isEqualTo("text/plain; charset=UTF-8");
        assertThat(parts.getBodyPart(1).getContentType()).isEqualTo("text/html; charset=UTF-8");
        assertThat(lines(parts.getBodyPart(0))).isEqualTo(normal(text + subjectValue + text));
        assertThat(lines(parts.getBodyPart(1)))
                .isEqualTo(normal("<p>" + Slots.escape(subjectValue) + "|" + text.replace("<", "&lt;")));
    }

    /** D07: what was hashed ahead for signing is what is written. */
    @Property(tries = 300)
    void preparedHashIsThatOfTheBodyAsWritten(@ForAll("texts") String text, @ForAll("texts") String value) {
        RenderedMail mail =
                new RenderedMail("x", "<p>{{a}} {{b}}" + text.replace("<", "&lt;"), text + "{{a}}" + text + " {{b}}");
        MessageTemplate template = compile(MailKind.SERVICE_NOTICE, mail, List.of(), Optional.empty());
        ByteSink out = new ByteSink(100);
        BodyHash hash = template.bodyHash();
        int headerLength = template.write(
                new MessageTemplate.Recipient(
                        EmailAddress.parse("reader@example.org"), "", DATE, MESSAGE_ID, "", Map.of("a", value)),
                out,
                hash);

        byte[] whole = out.copy();

        assertThat(hash.finish())
                .isEqualTo(new BodyHash()
                        .update(whole, headerLength + 2, whole.length)
                        .finish());
    }

    @Property(tries = 200)
    void fileNamesAreFoldedAndReadable(@ForAll("names") String stem) {
        ByteSink out = new ByteSink(100);
        HeaderText.fileName("filename", stem + ".ics", out);
        for (String line : new String(out.copy(), StandardCharsets.US_ASCII).split("\r\n", -1)) {
            assertThat(line.length()).isLessThanOrEqualTo(78);
        }
    }

    /** A01: so that no two programs can see two different mails, and nobody sees the others. */
    @Property(tries = 50)
    void everyFieldStandsOnceAndNobodyElseIsNamed(@ForAll("names") String name, @ForAll MailKind kind) {
        Optional<ListHeaders> list =
                kind.messageClass() == MessageClass.NEWSLETTER ? Optional.of(NEWS) : Optional.empty();
        MessageTemplate template = compile(kind, new RenderedMail("Hello {{name}}", "<p>x", "x"), List.of(), list);

        String source = new String(
                write(template, name, Map.of("name", "you", "unsubscribeUrl", "https://acme.example.com/u/TOKEN")),
                StandardCharsets.US_ASCII);

        List<String> fields = source.substring(0, source.indexOf("\r\n\r\n"))
                .lines()
                .filter(line -> !line.startsWith(" "))
                .map(line -> line.substring(0, line.indexOf(':')))
                .toList();
        assertThat(fields)
                .doesNotHaveDuplicates()
                .contains("Date", "From", "To", "Subject", "Message-ID", "MIME-Version", "Content-Type", "Feedback-ID")
                .doesNotContain("Cc", "Bcc", "Sender", "Resent-To");
    }

    /** A02, A03, A04, A19, A21; N01, N02, N07, N08, N10, N11. */
    @Example
    void newsletterCarriesWhatReceiversAskOfAList() throws Exception {
        MessageTemplate template = compile(
                MailKind.NEWSLETTER_ISSUE, new RenderedMail("Hello", "<p>x", "x"), List.of(), Optional.of(NEWS));

        String source = new String(
                write(
                        template,
                        "Zoë \"Z\" O'Neil",
                        Map.of(
                                "unsubscribeUrl",
                                "https://acme.example.com/u/TOKEN",
                                "unsubscribeMailto",
                                "unsub+TOKEN@acme.example.com")),
                StandardCharsets.US_ASCII);

        assertThat(source)
                .contains("Date: Sun, 22 Nov 2026 07:35:46 +0000\r\n")
                .contains("From: Acme News <news@acme.example.com>\r\n")
                .contains("List-Id: Acme News\r\n <news.acme.example.com>\r\n")
                .contains(
                        "List-Unsubscribe: <https://acme.example.com/u/TOKEN>,\r\n <mailto:unsub+TOKEN@acme.example.com>\r\n")
                .contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n")
                .contains("List-Post: NO\r\n")
                .contains("Precedence: bulk\r\n")
                .contains("Feedback-ID: c1:newsletter:tidings:acmeexamplecom\r\n")
                .contains("X-Auto-Response-Suppress: All\r\n")
                .doesNotContain("Auto-Submitted");
    }

    /** A04, M01, M07. */
    @Example
    void announcementCarriesNoListHeaders() {
        String source = new String(
                write(
                        compile(
                                MailKind.SERVICE_NOTICE,
                                new RenderedMail("Hello", "<p>x", "x"),
                                List.of(),
                                Optional.empty()),
                        "",
                        Map.of()),
                StandardCharsets.US_ASCII);

        assertThat(source)
                .contains("From: Acme <service@acme.example.com>\r\n")
                .contains("Precedence: bulk\r\n")
                .doesNotContain("List-")
                .doesNotContain("Auto-Submitted");
    }

    /** A04, T01, T02. */
    @Example
    void accountMailSaysThatAProgramSentIt() {
        String source = new String(
                write(
                        compile(
                                MailKind.ACCOUNT_NOTICE,
                                new RenderedMail("Hello", "<p>x", "x"),
                                List.of(),
                                Optional.empty()),
                        "",
                        Map.of()),
                StandardCharsets.US_ASCII);

        assertThat(source)
                .contains("From: Acme <account@acme.example.com>\r\n")
                .contains("Auto-Submitted: auto-generated\r\n")
                .doesNotContain("List-")
                .doesNotContain("Precedence");
    }

    /** N01: none without. */
    @Example
    void newsletterWithoutAWayOutIsRefused() {
        MessageTemplate template = compile(
                MailKind.NEWSLETTER_ISSUE, new RenderedMail("Hello", "<p>x", "x"), List.of(), Optional.of(NEWS));

        assertThatThrownBy(() -> write(template, "", Map.of())).isInstanceOf(HeaderText.HeaderRefused.class);
    }

    /** A06. */
    @Example
    void headerInjectionIsRefused() {
        MessageTemplate template = compile(
                MailKind.SERVICE_NOTICE, new RenderedMail("Hi {{n}}", "<p>x", "x"), List.of(), Optional.empty());

        assertThatThrownBy(() -> write(template, "Eve\r\nBcc: all@example.com", Map.of()))
                .isInstanceOf(HeaderText.HeaderRefused.class);
        assertThatThrownBy(() -> write(template, "", Map.of("n", "x\nBcc: all@example.com")))
                .isInstanceOf(HeaderText.HeaderRefused.class);
    }

    @Example
    void valuesInLinksCannotLeaveThem() {
        RenderedMail mail = new RenderedMail(
                "Hello",
                "<a href=\"{{link}}\">x</a><a href=\"https://x.example/?q={{link}}\">y</a><b title=\"{{link}}\">",
                "x");
        RenderedMail filled = MessageTemplate.filled(mail, Map.of("link", "javascript:alert(\"1\")"));

        assertThat(filled.html())
                .isEqualTo("<a href=\"#\">x</a><a href=\"https://x.example/?q=javascript%3Aalert%28%221%22%29\">y</a>"
                        + "<b title=\"javascript:alert(&quot;1&quot;)\">");
    }

    @Example
    void textThatOnlyLooksLikeASlotIsKeptInALetter() throws Exception {
        MessageTemplate template = MessageTemplate.compile(
                TestSettings.acme().read(),
                MailKind.ACCOUNT_NOTICE,
                "c1",
                new RenderedMail("S {{a}}", "<p>{{a}}", "{{a}} {{b}}"),
                List.of(),
                Optional.empty(),
                "b"::equals);

        MimeMessage message = parse(write(template, "", Map.of("b", "B")));

        assertThat(message.getSubject()).isEqualTo("S {{a}}");
        assertThat(lines(((MimeMultipart) message.getContent()).getBodyPart(0))).isEqualTo("{{a}} B");
    }

    /** A11. */
    @Example
    void attachmentFollowsTheTwoTexts() throws Exception {
        MessageTemplate template = compile(
                MailKind.SERVICE_NOTICE,
                new RenderedMail("Hello", "<p>x", "x"),
                List.of(new Attachment(
                        "Grüße.ics", "text/calendar; charset=UTF-8", "BEGIN".getBytes(StandardCharsets.UTF_8))),
                Optional.empty());

        byte[] source = write(template, "", Map.of());

        assertThat(new String(source, StandardCharsets.US_ASCII)).contains("filename*=UTF-8''Gr%C3%BC%C3%9Fe.ics");
        MimeMultipart mixed = (MimeMultipart) parse(source).getContent();
        assertThat(mixed.getCount()).isEqualTo(2);
        assertThat(mixed.getBodyPart(1).getContentType()).startsWith("text/calendar");
        assertThat(mixed.getBodyPart(1).getInputStream().readAllBytes())
                .isEqualTo("BEGIN".getBytes(StandardCharsets.UTF_8));
    }

    /** A10, A16, A17. */
    @Example
    void layoutSaysTheSameInBothParts() {
        MailBody body = MailBody.in(Locale.ENGLISH)
                .preheader("Short")
                .heading("Hello <you>")
                .paragraph("First\nsecond & third")
                .button("Go", "https://acme.example.com/go?a=1&b=2")
                .facts(List.of(new MailBody.Fact("When", "Now")))
                .footer("Because", "https://acme.example.com/why")
                .build();

        RenderedMail mail = new MailLayout("Acme", "1 Street", Theme.named("evergreen"))
                .render(MailKind.ACCOUNT_NOTICE.messageClass(), "S<>", body);

        assertThat(mail.html())
                .contains("<html lang=\"en\" dir=\"ltr\">", "<title>S&lt;&gt;</title>", "Hello &lt;you&gt;")
                .contains("First<br>\nsecond &amp; third", "href=\"https://acme.example.com/go?a=1&amp;b=2\"")
                .doesNotContain("<img", "<script", "<form", "<link");
        assertThat(mail.text())
                .contains(
                        "Hello <you>",
                        "second & third",
                        "https://acme.example.com/go?a=1&b=2",
                        "When: Now",
                        "1 Street");
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> anything = Arbitraries.strings()
                .withCharRange(' ', '~')
                .withChars("\n\t.=äöüß€漢字\u200f\u05d0 ")
                .ofMaxLength(300);
        Arbitrary<String> emoji =
                Arbitraries.of("👩‍🚀", "🎉", ".", "\n.\n", "From me", "=?UTF-8?B?eA==?=", " ", "a".repeat(200));
        return Combinators.combine(anything, emoji, anything).as((a, b, c) -> (a + b + c).replace("{{", "{"));
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings()
                .withCharRange(' ', '~')
                .withChars("äöüß€漢字\u05d0'\"\\<>,;:@()")
                .ofMaxLength(120);
    }

    private static MessageTemplate compile(
            MailKind kind, RenderedMail mail, List<Attachment> attachments, Optional<ListHeaders> list) {
        return MessageTemplate.compile(TestSettings.acme().read(), kind, "c1", mail, attachments, list, slot -> true);
    }

    private static byte[] write(MessageTemplate template, String name, Map<String, String> slots) {
        ByteSink out = new ByteSink(1000);
        template.write(
                new MessageTemplate.Recipient(EmailAddress.parse("zoe@example.org"), name, DATE, MESSAGE_ID, "", slots),
                out);
        return out.copy();
    }

    private static MimeMessage parse(byte[] source) throws Exception {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(source));
    }

    private static String lines(BodyPart part) throws Exception {
        return normal(new String(part.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    private static String normal(String text) {
        return text.replace("\r\n", "\n").replace("\r", "\n");
    }

    private static void assertLinesAreFit(byte[] source) {
        String all = new String(source, StandardCharsets.ISO_8859_1);
        assertThat(all.chars().allMatch(c -> c < 0x80)).as("7 bit").isTrue();
        assertThat(all.replace("\r\n", "")).doesNotContain("\r").doesNotContain("\n");
        for (String line : all.split("\r\n", -1)) {
            assertThat(line.length()).isLessThanOrEqualTo(78);
            assertThat(line).doesNotStartWith(".").doesNotStartWith("From ");
        }
    }
}
