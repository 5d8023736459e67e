package org.tidings.mail.internal.returned.reading;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tidings.mail.internal.composing.Verp;

/** Own small samples of what every build must prove; collections of real mails are in {@link CollectionTest}. */
@SuppressWarnings("StringConcatToTextBlock")
class ReturnedMailReaderTest {
    private static final OffsetDateTime AT = OffsetDateTime.parse("2026-11-22T00:00:00Z");
    private static final UUID HASH = UUID.fromString("0193f0b0-1111-7222-8333-444455556666");
    private static final Verp VERP = new Verp(new SecretKeySpec(new byte[32], "HmacSHA256"), "bounce.example.com");
    private static final String OURS = VERP.forLetter(HASH, AT);
    private static final ReturnedMailReader READER = new ReturnedMailReader(VERP);

    @Test
    void readsADeliveryReport() {
        ReturnedMail mail =
                one(report("Action: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 User unknown"), OURS);

        assertThat(mail).isInstanceOf(ReturnedMail.HardBounce.class);
        assertThat(mail.report().recipient()).contains("ann@example.net");
        assertThat(mail.report().status()).hasToString("Optional[5.1.1]");
        assertThat(mail.report().messageId()).contains("<m1@example.com>");
        assertThat(mail.report().target()).contains(new Verp.Target(HASH, OptionalLong.empty(), Optional.of(AT)));
        assertThat(mail.report().diagnostic()).contains("User unknown");
    }

    @Test
    void tellsFullOursDelayedAndDelivered() {
        assertThat(one(report("Action: failed\nStatus: 5.2.2"), null)).isInstanceOf(ReturnedMail.SoftBounce.class);
        assertThat(one(report("Action: failed\nStatus: 4.4.7"), null)).isInstanceOf(ReturnedMail.SoftBounce.class);
        assertThat(one(
                        report("Action: failed\nStatus: 5.7.1\nDiagnostic-Code: smtp; 550 blocked using Spamhaus"),
                        null))
                .isInstanceOf(ReturnedMail.OurFault.class);
        assertThat(one(report("Action: delayed\nStatus: 4.4.1"), null)).isInstanceOf(ReturnedMail.Delayed.class);
        assertThat(one(report("Action: relayed\nStatus: 2.0.0"), null)).isInstanceOf(ReturnedMail.Info.class);
        assertThat(one(report("Action: failed\nStatus: 5.0.0"), null)).isInstanceOf(ReturnedMail.SoftBounce.class);
    }

    @Test
    void aReportOfSeveralRecipientsGivesOneResultForEach() {
        List<ReturnedMail> mails = READER.read(
                bytes(
                        report(
                                "Action: failed\nStatus: 5.1.1\n\nFinal-Recipient: rfc822; bob@example.net\nAction: failed\nStatus: 5.2.2")),
                null);

        assertThat(mails).hasSize(2);
        assertThat(mails.get(0)).isInstanceOf(ReturnedMail.HardBounce.class);
        assertThat(mails.get(1)).isInstanceOf(ReturnedMail.SoftBounce.class);
        assertThat(mails.get(1).report().recipient()).contains("bob@example.net");
    }

    @Test
    void marksForgedTokens() {
        String forged =
                OURS.replace(".", "x").replaceFirst("x", ".").replace("bouncexexamplexcom", "bounce.example.com");
        String wrong = OURS.substring(0, OURS.indexOf('.') + 1) + "aaaaaaaaaaaaaaaa@bounce.example.com";

        assertThat(one(report("Action: failed\nStatus: 5.1.1"), wrong).report().isForged())
                .isTrue();
        assertThat(one(report("Action: failed\nStatus: 5.1.1"), wrong).report().target())
                .isEmpty();
        assertThat(one(report("Action: failed\nStatus: 5.1.1"), forged).report().isForged())
                .isFalse();
    }

    @Test
    void findsTheTokenInTheReturnedMailToo() {
        String mail = report("Action: failed\nStatus: 5.1.1")
                .replace("Message-ID:", "Return-Path: <" + OURS + ">\nMessage-ID:");

        assertThat(one(mail, "postmaster@example.com").report().target())
                .contains(new Verp.Target(HASH, OptionalLong.empty(), Optional.of(AT)));
    }

    @Test
    void readsComplaints() {
        String arf = """
                From: fbl@example.net
                Subject: FW: News
                Content-Type: multipart/report; report-type=feedback-report; boundary=b

                --b
                Content-Type: text/plain

                A complaint.
                --b
                Content-Type: message/feedback-report

                Feedback-Type: %s
                User-Agent: Some/1.0
                Original-Rcpt-To: <ann@example.net>
                --b
                Content-Type: message/rfc822

                Message-ID: <m1@example.com>
                Subject: News

                Hello
                --b--
                """;
        ReturnedMail.Complaint abuse = (ReturnedMail.Complaint) one(String.format(arf, "abuse"), null);
        assertThat(abuse.kind()).isEqualTo(ReturnedMail.ComplaintKind.ABUSE);
        assertThat(abuse.report().recipient()).contains("ann@example.net");
        assertThat(abuse.report().messageId()).contains("<m1@example.com>");
        assertThat(((ReturnedMail.Complaint) one(String.format(arf, "not-spam"), null))
                        .kind()
                        .stopsNewsletters())
                .isFalse();
        assertThat(((ReturnedMail.Complaint) one(String.format(arf, "opt-out"), null))
                        .kind()
                        .stopsNewsletters())
                .isTrue();
        assertThat(one("""
                From: staff@hotmail.com
                Subject: complaint about message from 192.0.2.1
                Content-Type: multipart/mixed; boundary="b"

                --b
                Content-Type: message/rfc822

                X-HmXmrOriginalRecipient: ann@hotmail.com
                Subject: News

                Hello
                --b--
                """, null)).isInstanceOf(ReturnedMail.Complaint.class);
    }

    @Test
    void automaticRepliesCountForNothing() {
        assertThat(one("From: ann@example.net\nAuto-Submitted: auto-replied\nSubject: Re: News\n\nThanks.", OURS))
                .isInstanceOf(ReturnedMail.AutoReply.class);
        assertThat(one(
                        "From: ann@example.net\nSubject: Out of Office: News\n\nMy mailbox is full of user unknown things.",
                        OURS))
                .isInstanceOf(ReturnedMail.AutoReply.class);
        assertThat(one(
                        "From: ann@example.net\nSubject: =?UTF-8?Q?Abwesenheitsnotiz?=\n\nIch bin bis Montag nicht da.",
                        OURS))
                .isInstanceOf(ReturnedMail.AutoReply.class);
        assertThat(one("From: ann@example.net\nReturn-Path: <>\nSubject: Réponse automatique\n\nJe suis absent.", OURS))
                .isInstanceOf(ReturnedMail.AutoReply.class);
        assertThat(one("From: ann@example.net\nSubject: Re: News\n\nNice! The user unknown joke was good.", OURS))
                .isInstanceOf(ReturnedMail.NotUnderstood.class);
        assertThat(one(
                        "From: a@example.net\nContent-Type: multipart/report; report-type=disposition-notification; boundary=b\n\n"
                                + "--b\n\nDeleted without being read\n--b\nContent-Type: message/disposition-notification\n\n"
                                + "Disposition: automatic-action/MDN-sent-automatically; deleted\n--b--\n",
                        OURS))
                .isInstanceOf(ReturnedMail.AutoReply.class);
    }

    @Test
    void readsWhatServersWriteInPlainText() {
        hard(
                "Mail Delivery System <Mailer-Daemon@mx.example.org>",
                "Mail delivery failed: returning message to sender",
                "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered "
                        + "to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  ann@example.net\n"
                        + "    SMTP error from remote mail server after RCPT TO:<ann@example.net>:\n    host mx.example.net [192.0.2.9]: 550 5.1.1 unknown\n");
        hard(
                "MAILER-DAEMON@example.org",
                "failure notice",
                "Hi. This is the qmail-send program at example.org.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n"
                        + "This is a permanent error; I've given up. Sorry it didn't work out.\n\n<ann@example.net>:\n192.0.2.9 does not like recipient.\n"
                        + "Remote host said: 550 No such user here\nGiving up on 192.0.2.9.\n");
        hard(
                "Postmaster@example.org",
                "DELIVERY FAILURE: User ann (ann@example.net) not listed in Domino Directory",
                "Your message\n\n  Subject: News\n\nwas not delivered to:\n\n  ann@example.net\n\nbecause:\n\n  User ann (ann@example.net) not listed in Domino Directory\n");
        hard(
                "Mail Delivery Subsystem <mailer-daemon@googlemail.com>",
                "Delivery Status Notification (Failure)",
                "** Address not found **\n\nYour message wasn't delivered to ann@example.net because the address couldn't be found, or is unable to receive mail.\n");
        hard(
                "MAILER-DAEMON@example.de",
                "Unzustellbare Nachricht",
                "Ihre Nachricht konnte nicht zugestellt werden.\n\nann@example.net:\n  Das Postfach existiert nicht.\n");
        hard(
                "postmaster@example.fr",
                "Message non distribué",
                "Votre message n'a pas pu être remis à ann@example.net : destinataire inconnu.\n");
        hard(
                "postmaster@example.es",
                "Correo devuelto",
                "Su mensaje no pudo ser entregado.\n<ann@example.net>:\nUsuario desconocido.\n");
    }

    @Test
    void theReturnedMailsOwnWordsDoNotCount() {
        String text = "This is the mail system.\n\n<ann@example.net>: something odd happened (undeliverable)\n\n"
                + "------ This is a copy of the message, including all the headers. ------\n\nSubject: user unknown\n\n550 5.1.1 no such user\n";
        assertThat(one(mail("MAILER-DAEMON@example.org", "Undelivered Mail Returned to Sender", text), OURS))
                .isInstanceOf(ReturnedMail.SoftBounce.class);
    }

    @Test
    void delayNoticesAreNoBounces() {
        assertThat(one(
                        mail(
                                "Mailer-Daemon@example.org",
                                "Warning: message 1Gdrvl-0006Gp-PU delayed 48 hours",
                                "A message that you sent has not yet been delivered to one or more of its recipients.\n\n  ann@example.net\n    Delay reason: 550 user unknown\n\nNo action is required on your part.\n"),
                        OURS))
                .isInstanceOf(ReturnedMail.Delayed.class);
    }

    @Test
    void hostileShapesEndQuickly() {
        StringBuilder nested =
                new StringBuilder("From: MAILER-DAEMON@example.org\nContent-Type: multipart/mixed; boundary=b0\n\n");
        for (int i = 0; i < 5_000; i++) {
            nested.append("--b")
                    .append(i)
                    .append("\nContent-Type: multipart/mixed; boundary=b")
                    .append(i + 1)
                    .append("\n\n");
        }
        StringBuilder parts =
                new StringBuilder("From: MAILER-DAEMON@example.org\nContent-Type: multipart/mixed; boundary=b\n\n");
        for (int i = 0; i < 200_000; i++) {
            parts.append("--b\n\n");
        }
        String header = "From: MAILER-DAEMON@example.org\nSubject: " + "a =?utf-8?q?".repeat(300_000) + "\n\nbody";
        String fields = "X: y\n".repeat(500_000) + "\n550 user unknown";
        String noLine = "From: MAILER-DAEMON@example.org\nSubject: failure notice\n\n" + "a@".repeat(2_000_000);
        String encoded =
                "From: MAILER-DAEMON@example.org\nContent-Type: text/plain; charset=x-no/such\nContent-Transfer-Encoding: base64\n\n"
                        + "QUFB".repeat(1_000_000);
        String html = "From: MAILER-DAEMON@example.org\nSubject: undeliverable\nContent-Type: text/html\n\n"
                + "<".repeat(3_000_000);
        for (String hostile : List.of(
                nested.toString(),
                parts.toString(),
                header,
                fields,
                noLine,
                encoded,
                html,
                "",
                "\0",
                "From ",
                "\n\n")) {
            long start = System.nanoTime();
            assertThat(READER.read(bytes(hostile), OURS)).isNotEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        }
    }

    private static void hard(String from, String subject, String text) {
        ReturnedMail mail = one(mail(from, subject, text), OURS);
        assertThat(mail).as(subject).isInstanceOf(ReturnedMail.HardBounce.class);
        assertThat(mail.report().recipient()).as(subject).contains("ann@example.net");
    }

    @Test
    void whatIsSaidOfOneRecipientIsNotSaidOfAnother() {
        List<ReturnedMail> mails = READER.read(
                bytes(
                        mail(
                                "MAILER-DAEMON@mx.example.org",
                                "Undelivered mail",
                                "I could not deliver it to:\n\nann@example.net:\n  Bad luck.\n\nbob@example.net:\n  550 User unknown\n")),
                null);

        assertThat(mails)
                .hasExactlyElementsOfTypes(ReturnedMail.SoftBounce.class, ReturnedMail.HardBounce.class)
                .extracting(mail -> mail.report().recipient().orElseThrow())
                .containsExactly("ann@example.net", "bob@example.net");
    }

    @Test
    void findsWhoBouncedHoweverItIsListed() {
        for (String text : List.of(
                "Unknown user: ann@example.net\n550 no such user",
                "did not reach the following recipient(s):\n\nann@example.net on Fri, 1 Nov 2026\n    Unknown recipient",
                "Failed Recipient: ann@example.net\nReason: 550 unknown user",
                "* ann@example.net\n\n553 No such user here",
                "ann@example.net<mailto:ann@example.net>\nThe email address couldn't be found.",
                "550 <ann@example.net>... User unknown",
                "dda:SMTP=ann@example.net; was not reached. The recipient was not found.")) {
            ReturnedMail mail = one(mail("postmaster@example.org", "Undeliverable", text), null);
            assertThat(mail).as(text).isInstanceOf(ReturnedMail.HardBounce.class);
            assertThat(mail.report().recipient()).as(text).contains("ann@example.net");
        }
    }

    @Test
    void readsAReportThatAGatewayPutIntoAMailOrIntoText() {
        String inner = report("Action: failed\nStatus: 5.1.1");
        String wrapped = "From: postmaster@example.org\nSubject: Failure\n"
                + "Content-Type: multipart/mixed; report-type=delivery-status; boundary=w\n\n--w\n"
                + "Content-Type: message/rfc822\n\n" + inner
                + "\n--w\nContent-Type: text/plain\n\nConfidential.\n--w--\n";
        String flat = mail(
                "postmaster@example.org",
                "Failure",
                "Technical report:\n\nReporting-MTA: dns; mx.example.org\n\nAction: failed\nFinal-Recipient: rfc822; ann@example.net\n"
                        + "Diagnostic-Code: smtp; 550 5.1.1 no\nStatus: 5.1.1\n");

        for (String mail : List.of(wrapped, flat)) {
            assertThat(one(mail, OURS)).isInstanceOf(ReturnedMail.HardBounce.class);
            assertThat(one(mail, OURS).report().recipient()).contains("ann@example.net");
        }
    }

    @Test
    void attachedTextsAreNotTheNotice() {
        String mail = "From: mailer-daemon@mx.example.org\nSubject: There was an error sending your mail\n"
                + "Content-Type: multipart/mixed; boundary=w\n\n--w\nContent-Type: text/plain\n\n<ann@example.net>: 550 User unknown\n"
                + "--w\nContent-Type: text/plain\nContent-Disposition: attachment; filename=headers.txt\n\n"
                + "X-Spam-Status: listed by spamhaus\n--w--\n";

        assertThat(one(mail, OURS)).isInstanceOf(ReturnedMail.HardBounce.class);
    }

    @Test
    void aRefusalInTheFormOfAReceiptIsABounce() {
        String text = "Your message to <ann@example.net> was automatically rejected:\nQuota exceeded\n";
        String mail = "From: Mail Delivery Subsystem <postmaster@example.net>\nSubject: Automatically rejected mail\n"
                + "Auto-Submitted: auto-replied\nContent-Type: multipart/report; report-type=disposition-notification; boundary=w\n\n"
                + "--w\n\n" + text + "--w\nContent-Type: message/disposition-notification\n\n"
                + "Final-Recipient: rfc822; ann@example.net\nDisposition: automatic-action/MDN-sent-automatically; deleted\n--w--\n";

        assertThat(one(mail, OURS)).isInstanceOf(ReturnedMail.SoftBounce.class);
        assertThat(one(
                        mail.replace("Automatically rejected mail", "Read: News")
                                .replace("rejected:\nQuota exceeded", "read"),
                        OURS))
                .isInstanceOf(ReturnedMail.AutoReply.class);
    }

    @Test
    void aChallengeInTheFormOfAReportIsIgnored() {
        String challenge = report("Action: failed\nStatus: 4.7.0\nDiagnostic-Code: X-Notice; Sender not pre-approved")
                .replace("It did not work.", "Click the link below to confirm that you wrote this.");

        assertThat(one(challenge, OURS)).isInstanceOf(ReturnedMail.AutoReply.class);
    }

    @Test
    void aPersonsAnswerAboutABounceIsNone() {
        assertThat(one(
                        mail(
                                "Bob <bob@example.net>",
                                "Re: Undelivered mail",
                                "What does <ann@example.net>: 550 User unknown mean?"),
                        OURS))
                .isInstanceOf(ReturnedMail.NotUnderstood.class);
    }

    @Test
    void takesAppleMailsUnsubscriptionAsOptOut() {
        ReturnedMail mail = one(
                "From: ann@example.net\nTo: " + OURS
                        + "\nSubject: unsubscribe\nAuto-Submitted: auto-replied\nX-Apple-Unsubscribe: true\n\nApple Mail sent this.",
                OURS);

        assertThat(mail).isInstanceOf(ReturnedMail.Complaint.class);
        assertThat(((ReturnedMail.Complaint) mail).kind()).isEqualTo(ReturnedMail.ComplaintKind.OPT_OUT);
    }

    @Test
    void readsSubjectsWhoseCharactersAreSplitOverTwoWords() {
        assertThat(MimeParts.decodeWords(
                        "=?utf-8?B?w4Q=?= =?utf-8?B?w4TD?=\r\n =?utf-8?B?hA==?= x =?utf-8?Q?_=C3=84?="))
                .isEqualTo("ÄÄÄ x  Ä");
    }

    private static String mail(String from, String subject, String text) {
        return "From: " + from + "\nTo: " + OURS + "\nSubject: " + subject
                + "\nContent-Type: text/plain; charset=utf-8\n\n" + text;
    }

    private static String report(String recipientFields) {
        return """
                From: MAILER-DAEMON@mx.example.org
                To: bounces@example.com
                Subject: Undelivered Mail Returned to Sender
                Content-Type: multipart/report; report-type=delivery-status;
                 boundary="a/b"

                --a/b
                Content-Type: text/plain

                It did not work.

                --a/b
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.example.org

                Final-Recipient: rfc822; ann@example.net
                %s

                --a/b
                Content-Type: text/rfc822-headers

                Message-ID: <m1@example.com>
                Subject: News

                --a/b--
                """.formatted(recipientFields);
    }

    private static ReturnedMail one(String mail, @Nullable String envelopeRecipient) {
        List<ReturnedMail> results = READER.read(bytes(mail), envelopeRecipient);
        assertThat(results).hasSize(1);
        return results.get(0);
    }

    private static byte[] bytes(String mail) {
        return mail.length() < 100_000 ? mail.replace("\n", "\r\n").getBytes(UTF_8) : mail.getBytes(ISO_8859_1);
    }
}
