package org.tidings.mail.internal.returned.reading;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidings.mail.internal.composing.Verp;
import org.tidings.mail.internal.replies.Parties;
import org.tidings.mail.internal.replies.ReplyClassifier;
import org.tidings.mail.internal.replies.Verdict;

/**
 * Some 580 replies of servers in forty languages, sorted by what they mean ({@code replies/*.txt}), as they come at RCPT and as reports
 * bring them: in four programs' words, with gateways' and lawyers' words above, behind and between (mail-received 3, 5, 10 to 13).
 */
class RepliesTest {
    private static final OffsetDateTime AT = OffsetDateTime.parse("2026-11-22T00:00:00Z");
    private static final Verp VERP = new Verp(new SecretKeySpec(new byte[32], "HmacSHA256"), "bounce.example.com");
    private static final String US = VERP.forLetter(UUID.fromString("0193f0b0-1111-7222-8333-444455556666"), AT);
    private static final String HER = "ann@example.net";

    private static final List<String> FOOTERS = List.of(
            "This message has been scanned for viruses and\ndangerous content by MailScanner, and is\nbelieved to be clean.",
            "This email has been scanned for spam and viruses by Proofpoint Essentials.\nClick here to report this email as spam.",
            "EXTERNAL EMAIL: do not click links. If this is spam, report it.",
            "CAUTION: This email originated from outside of the organization. Do not click links or open attachments.",
            "[EXTERNAL]",
            "____________\nThis email has been scanned by the Symantec Email Security.cloud service.\nFor more information visit us\n____________",
            "-- \nDisclaimer\n\nIt is intended solely for use by the recipient. If you are not the recipient, you are hereby notified that any"
                    + " disclosure is strictly prohibited.\n\nThis email has been scanned for viruses and malware, and may have been archived by Mimecast Ltd.",
            "Virus-free. www.avast.com",
            "Diese E-Mail wurde von Sophos auf Viren und Spam geprüft.",
            "Ce message a été analysé par un antivirus; aucun spam détecté.",
            "Scanned by McAfee SpamFilter: no viruses, no spam found",
            "Spam detection software, running on gw.example.org, has NOT identified this incoming email as spam.",
            "Phishing? Suspicious? Forward it to the help desk.",
            "This e-mail is confidential. Unauthorised use, disclosure or copying is prohibited. We use antispam software.",
            "Powered by SpamTitan Gateway. Blocked senders policy applies.",
            "Externe E-Mail! Klicken Sie nicht auf Links. Spam bitte weiterleiten.");

    @ParameterizedTest
    @ValueSource(strings = {"gone", "ours", "temporary", "full", "refused"})
    void understandsWhatServersAnswer(String sort) {
        List<String> wrong = new ArrayList<>();
        for (String reply : replies(sort)) {
            Verdict live = ReplyClassifier.classify(
                    ReplyClassifier.Stage.RCPT,
                    Integer.parseInt(reply.substring(0, 3)),
                    reply.substring(4),
                    Parties.of(US, HER).and("example.com"));
            Verdict reported = ReplyClassifier.classifyReport(
                    Optional.empty(),
                    "smtp; " + reply,
                    Parties.UNKNOWN.and("bounce.example.com").and("example.com").to(Optional.of(HER)));
            for (Verdict verdict : List.of(live, reported)) {
                if (!isRight(sort, reply, verdict.kind() == Verdict.Kind.HARD, verdict.kind() == Verdict.Kind.OURS)) {
                    wrong.add(verdict + " <- " + reply);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** mail-received 3: what gateways add, wherever they do, takes nothing away and adds nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"gone", "ours", "temporary", "full", "refused"})
    void whatGatewaysAddChangesNothing_3(String sort) {
        int read = 0;
        List<String> wrong = new ArrayList<>();
        int n = 0;
        for (String reply : replies(sort)) {
            n++;
            // Each reply in one form of each program, each time with another footer at another place.
            for (int form = 0; form < 4; form++) {
                String body =
                        withFooter(form(form, reply), FOOTERS.get((n * 5 + form * 3) % FOOTERS.size()), (n + form) % 5);
                ReturnedMail mail = one((n + form) % 2 == 0 ? plain(body, n % 3 == 0) : report(body, (n + form) % 4));
                read++;
                if (!isRight(
                        sort, reply, mail instanceof ReturnedMail.HardBounce, mail instanceof ReturnedMail.OurFault)) {
                    wrong.add(mail + " <- " + reply + " in\n" + body);
                }
            }
        }
        // Words that no list knows, right behind a server's without a line between, may still cost a "gone" a day;
        // never the reverse.
        int allowed = sort.equals("gone") ? read / 200 : 0;
        assertThat(wrong).as(sort).hasSizeLessThanOrEqualTo(allowed);
    }

    @Test
    void findsReportsInsideOtherMails_11() {
        String report = report(form(0, "550 5.1.1 User unknown"), 0);
        String head = "From: Gateway <gw@relay.example>\nTo: " + US + "\nSubject: Notification\n";
        String mixed = head
                + "Content-Type: multipart/mixed; boundary=w\n\n--w\nContent-Type: text/plain\n\nScanned for spam.\n--w\n";
        String attached = "Content-Type: message/rfc822\nContent-Disposition: attachment; filename=\"a.eml\"\n\n"
                + report + "\n--w--\n";
        String encoded =
                "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n" + base64(report) + "\n--w--\n";
        String octets =
                "Content-Type: application/octet-stream; name=\"report.eml\"\nContent-Transfer-Encoding: base64\n"
                        + "Content-Disposition: attachment\n\n" + base64(report) + "\n--w--\n";
        String nested = report.substring(report.indexOf("Content-Type:")) + "\n--w--\n";
        String twice = "Content-Type: message/rfc822\n\n"
                + (mixed + attached).replace("boundary=w", "boundary=v").replace("--w", "--v") + "\n--w--\n";
        String text = "Content-Type: message/rfc822\n\n" + plain(form(1, "550 No such user"), false) + "\n--w--\n";
        String status =
                "Content-Type: application/octet-stream; name=details.txt\n\nReporting-MTA: dns; relay.example\n\n"
                        + "Final-Recipient: rfc822; " + HER + "\nAction: failed\nStatus: 5.1.1\n--w--\n";
        String passedOn =
                "From: Bob <bob@relay.example>\nTo: " + US + "\nSubject: WG: Unzustellbar\n\nZur Kenntnis.\n\n"
                        + "-------- Weitergeleitete Nachricht --------\nVon: Mail Delivery System <MAILER-DAEMON@relay.example>\n"
                        + "Betreff: Undelivered Mail Returned to Sender\nDatum: Mon, 2 Nov 2026\n\n"
                        + form(0, "550 5.1.1 User unknown");
        String quoted = "From: Bob <bob@relay.example>\nTo: " + US + "\nSubject: Fwd: failure\n\n"
                + "---------- Forwarded message ---------\n> From: Mail Delivery Subsystem <mailer-daemon@relay.example>\n"
                + "> Subject: Delivery Status Notification (Failure)\n>\n> "
                + form(3, "550 5.1.1 no such user").replace("\n", "\n> ");
        String fields = "From: Bob <bob@relay.example>\nTo: " + US + "\nSubject: Fwd: Undeliverable\n\n"
                + "-----Original Message-----\n> Undeliverable: News\n> Reporting-MTA: dns; relay.example\n>\n> Final-Recipient: rfc822; "
                + HER
                + "\n> Action: failed\n> Status: 5.1.1\n";

        for (String mail : List.of(
                mixed + attached,
                mixed + encoded,
                mixed + octets,
                mixed + nested,
                mixed + twice,
                mixed + text,
                mixed + status,
                passedOn,
                quoted,
                fields)) {
            assertThat(one(mail)).as(mail).isInstanceOf(ReturnedMail.HardBounce.class);
            assertThat(one(mail).report().recipient()).as(mail).contains(HER);
            assertThat(one(mail).report().target()).as(mail).isPresent();
        }
    }

    @Test
    void aMailThatReturnsAMailIsNoReportOfIt() {
        String mail = "From: Bob <bob@relay.example>\nTo: " + US
                + "\nSubject: Fwd: News\nContent-Type: multipart/mixed; boundary=w\n\n"
                + "--w\nContent-Type: text/plain\n\nDo you know this?\n--w\nContent-Type: message/rfc822\n\n"
                + "From: News <news@example.com>\nSubject: User unknown\n\nHow we handle 550 5.1.1 User unknown.\n--w--\n";

        assertThat(one(mail)).isInstanceOf(ReturnedMail.NotUnderstood.class);
    }

    private static boolean isRight(String sort, String reply, boolean hard, boolean ours) {
        return switch (sort) {
            case "gone" -> hard;
            case "ours" -> ours || (!hard && reply.startsWith("4"));
            default -> !hard;
        };
    }

    private static String withFooter(String body, String footer, int place) {
        return switch (place) {
            case 0 -> body;
            case 1 -> footer + "\n\n" + body;
            case 2 -> body + "\n" + footer + "\n";
            case 3 -> body.stripTrailing() + "\n" + footer + "\n";
            default -> body.substring(0, body.indexOf("\n\n")) + "\n\n" + footer + body.substring(body.indexOf("\n\n"));
        };
    }

    /** What Postfix, Exim, qmail and Google write around a reply. */
    private static String form(int program, String reply) {
        return switch (program) {
            case 0 ->
                "This is the mail system at host relay.example.\n\nI'm sorry to have to inform you that your message could not\n"
                        + "be delivered to one or more recipients.\n\n<" + HER
                        + ">: host mx.example.net[203.0.113.9] said: "
                        + folded(reply) + " (in reply to RCPT\n    TO command)\n";
            case 1 ->
                "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered"
                        + " to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  "
                        + HER
                        + "\n    host mx.example.net [203.0.113.9]\n    SMTP error from remote mail server after RCPT TO:<"
                        + HER + ">:\n    "
                        + reply + "\n";
            case 2 ->
                "Hi. This is the qmail-send program at relay.example.\nI'm afraid I wasn't able to deliver your message to the following"
                        + " addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<" + HER
                        + ">:\n203.0.113.9 does not like recipient.\nRemote host said: " + reply
                        + "\nGiving up on 203.0.113.9.\n";
            default ->
                "Delivery to the following recipient failed permanently:\n\n     " + HER
                        + "\n\nTechnical details of permanent failure:\nThe error that the other server returned was:\n"
                        + reply + "\n";
        };
    }

    private static String folded(String reply) {
        StringBuilder lines = new StringBuilder();
        int column = 40;
        for (String word : reply.split(" ", -1)) {
            boolean turn = column + word.length() > 76;
            lines.append(lines.length() == 0 ? "" : turn ? "\n    " : " ").append(word);
            column = (turn ? 4 : column + 1) + word.length();
        }
        return lines.toString();
    }

    private static String plain(String body, boolean encoded) {
        return "From: MAILER-DAEMON@relay.example (Mail Delivery System)\nTo: " + US
                + "\nSubject: Undelivered Mail Returned to Sender\nContent-Type: text/plain; charset=utf-8\n"
                + (encoded ? "Content-Transfer-Encoding: base64\n\n" + base64(body) : "\n" + body);
    }

    /** A report that leaves the reason to its text; its fields plain, in base64, in base64 that nobody declared, and so inside. */
    private static String report(String body, int encoding) {
        String fields = "Reporting-MTA: dns; relay.example\n\nFinal-Recipient: rfc822; " + HER
                + "\nAction: failed\nStatus: 5.0.0\n";
        String status = switch (encoding) {
            case 0 -> "\n" + fields;
            case 1 -> "Content-Transfer-Encoding: base64\n\n" + base64(fields);
            case 2 -> "\n" + base64(fields);
            default -> "\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n" + base64(fields);
        };
        return "From: MAILER-DAEMON@relay.example\nTo: " + US + "\nSubject: Undelivered Mail Returned to Sender\n"
                + "Content-Type: multipart/report; report-type=delivery-status; boundary=\"b1\"\n\n"
                + "--b1\nContent-Type: text/plain; charset=utf-8\n\n" + body
                + "\n--b1\nContent-Type: message/delivery-status\n" + status
                + "\n--b1\nContent-Type: text/rfc822-headers\n\nReturn-Path: <" + US
                + ">\nFrom: News <news@example.com>\nTo: " + HER
                + "\nSubject: Hi\nMessage-ID: <m1@example.com>\n\n--b1--\n";
    }

    private static String base64(String text) {
        return Base64.getMimeEncoder(76, "\n".getBytes(UTF_8)).encodeToString(text.getBytes(UTF_8));
    }

    private static ReturnedMail one(String mail) {
        List<ReturnedMail> mails =
                new ReturnedMailReader(VERP).read(mail.replace("\n", "\r\n").getBytes(UTF_8), US);
        assertThat(mails).as(mail).hasSize(1);
        return mails.get(0);
    }

    private static List<String> replies(String sort) {
        try (InputStream in = RepliesTest.class.getResourceAsStream("/replies/" + sort + ".txt")) {
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.replace("{her}", HER)
                            .replace("{us}", US)
                            .replace("{host}", "mail.example.com")
                            .replace("{ip}", "192.0.2.7"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
