package org.tidings.mail.internal.replies;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyClassifierTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Gone
                "RCPT|550|5.1.1 <x@example.com>: Recipient address rejected: User unknown|HARD|USER_UNKNOWN",
                "RCPT|550|5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup|HARD|USER_UNKNOWN",
                "RCPT|550|Requested action not taken: mailbox unavailable|HARD|USER_UNKNOWN",
                "RCPT|550|5.4.1 Recipient address rejected: Access denied. AS(201806281) [x.prod.outlook.com]|HARD|USER_UNKNOWN",
                "RCPT|550|5.2.1 The email account that you tried to reach is disabled.|HARD|MAILBOX_DISABLED",
                "RCPT|550|5.7.17 mailbox owner has changed|HARD|OWNER_CHANGED",
                "RCPT|551|5.1.6 Recipient no longer on server|HARD|MOVED",
                "RCPT|556|5.1.10 Recipient address has null MX|HARD|HOST_UNKNOWN",
                "RCPT|550|5.4.4 Unable to route to address|HARD|UNROUTABLE",
                "RCPT|554|5.7.1 <x@example.com>: Recipient address rejected: Nonexistent user|HARD|USER_UNKNOWN",
                "RCPT|550|Empfänger unbekannt|HARD|USER_UNKNOWN",
                "RCPT|550|5.5.0 Adresse d au moins un destinataire invalide. Invalid recipient. OFR204_416|HARD|USER_UNKNOWN",
                "CONTENT|554|delivery error: dd This user doesn't have a yahoo.com account|HARD|USER_UNKNOWN",
                // Full, large, late
                "RCPT|552|5.2.2 The email account that you tried to reach is over quota and inactive|SOFT|MAILBOX_FULL",
                "CONTENT|552|5.3.4 Message size exceeds fixed limit|SOFT|MESSAGE_TOO_LARGE",
                "RCPT|550|Postfach ist voll|SOFT|MAILBOX_FULL",
                // Ours
                "CONTENT|550|5.7.26 Unauthenticated email from example.com is not accepted due to domain's DMARC policy|OURS|AUTHENTICATION",
                "CONTENT|550|5.7.515 Access denied, sending domain example.com doesn't meet the required authentication level|OURS|AUTHENTICATION",
                "RCPT|550|5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org|OURS|BLOCKLISTED",
                "RCPT|550|5.1.1 rejected: 192.0.2.1 is listed at bl.spamcop.net|OURS|BLOCKLISTED",
                "CONTENT|554|5.7.1 Message classified as spam.|OURS|SPAM_CONTENT",
                "CONTENT|552|5.7.0 This message was blocked because its content presents a potential security issue|OURS|POLICY",
                "RCPT|554|5.7.1 <x@example.com>: Relay access denied|OURS|POLICY",
                "RCPT|553|5.1.8 Sender address rejected: Domain not found|OURS|AUTHENTICATION",
                "MAIL|550|5.1.1 User unknown|OURS|AUTHENTICATION",
                "CONNECT|554|No SMTP service here for 192.0.2.1|OURS|POLICY",
                "AUTH|535|5.7.8 Authentication credentials invalid|OURS|LOGIN",
                "MAIL|530|5.7.0 Must issue a STARTTLS command first|OURS|TLS",
                // Again
                "RCPT|450|4.2.0 <x@example.com>: Recipient address rejected: Greylisted, see http://postgrey.example|DEFERRED|GREYLISTED",
                "RCPT|452|4.5.3 Too many recipients|DEFERRED|TOO_MANY_RECIPIENTS",
                "RCPT|552|Too many recipients|DEFERRED|TOO_MANY_RECIPIENTS",
                "CONNECT|421|4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to user complaints|DEFERRED|RATE_LIMITED",
                "RCPT|450|4.1.1 User unknown in local recipient table|DEFERRED|UNKNOWN",
                "RCPT|452|4.2.2 Mailbox full|DEFERRED|MAILBOX_FULL",
                "RCPT|550|5.1.1 RCPT TO max message size exceeded|SOFT|MESSAGE_TOO_LARGE",
                "RCPT|550|5.1.1 procmail: Couldn't create mailbox file: No such user|SOFT|THEIR_CONFIGURATION",
                "RCPT|550|5.2.1 account is temporarily disabled|SOFT|BUSY",
                "RCPT|550|5.7.1 Requested action not taken: mailbox unavailable|OURS|POLICY",
                "RCPT|550|5.7.27 Sender address has null MX; Host does not accept mail|OURS|AUTHENTICATION",
                "RCPT|550|5.1.1 not sent because it is on the suppression list for your account|OURS|POLICY",
                // Not understood
                "RCPT|550|5.0.1 Recipient rejected|SOFT|UNKNOWN",
                "RCPT|550|Bad luck|SOFT|UNKNOWN",
                "CONTENT|554|5.0.0 Nope|SOFT|UNKNOWN",
            })
    void understandsLiveReplies(ReplyClassifier.Stage stage, int code, String text, Verdict.Kind kind, Reason reason) {
        Verdict verdict = ReplyClassifier.classify(stage, code, text);

        assertThat(verdict.kind()).as(text).isEqualTo(kind);
        assertThat(verdict.reason()).as(text).isEqualTo(reason);
    }

    /** Replies that name our own sender, or refuse our host, say nothing about the recipient. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "550|Sender callout verification failed: 550 5.1.1 <b+Ab12cd34-x@bounce.example.org>: user unknown",
                "550|No valid sender: mailbox b+Ab12cd34@bounce.example.org does not exist",
                "521|5.2.1 : (CON:B1) https://postmaster.example.com/error-codes",
            })
    void repliesAboutOurselvesCountAgainstNobody_MAI05(int code, String text) {
        assertThat(ReplyClassifier.classify(ReplyClassifier.Stage.RCPT, code, text)
                        .kind())
                .isEqualTo(Verdict.Kind.OURS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Nieznany użytkownik",
                "Użytkownik nie istnieje",
                "Uživatel neexistuje",
                "Пользователь не найден",
                "Okänd mottagare",
                "Ukendt modtager",
                "Ismeretlen címzett",
                "Bilinmeyen kullanıcı",
                "존재하지 않는 사용자입니다",
                "Empfaenger unbekannt",
            })
    void nobodyThereIsUnderstoodInManyLanguages_MAI12(String text) {
        Verdict verdict = ReplyClassifier.classify(ReplyClassifier.Stage.RCPT, 550, text);

        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.HARD);
        assertThat(verdict.reason()).isEqualTo(Reason.USER_UNKNOWN);
    }

    @Test
    void tooMuchForAServerIsNotNobodyThere_MAI13() {
        assertThat(ReplyClassifier.classify(
                                ReplyClassifier.Stage.RCPT, 552, "1 Requested mail action aborted, mailbox not found")
                        .kind())
                .isEqualTo(Verdict.Kind.HARD);
        assertThat(ReplyClassifier.classify(ReplyClassifier.Stage.RCPT, 552, "5.5.3 Too many recipients")
                        .kind())
                .isNotEqualTo(Verdict.Kind.HARD);
    }

    @Test
    void hostNamesAndAddressesSayNothingAboutTheReason() {
        assertThat(ReplyClassifier.classify(
                                ReplyClassifier.Stage.RCPT,
                                550,
                                "mx.policy-denied.example.com: <spam.virus@example.com>: User unknown")
                        .kind())
                .isEqualTo(Verdict.Kind.HARD);
    }

    @Test
    void advisesPatienceWhereServersAskForIt() {
        assertThat(ReplyClassifier.patience(421, "4.7.0 [TSS04] temporarily deferred"))
                .contains(new ReplyClassifier.Patience(Duration.ofHours(2), 0, 0));
        assertThat(ReplyClassifier.patience(421, "[TSS05]"))
                .contains(new ReplyClassifier.Patience(Duration.ofHours(4), 0, 0));
        assertThat(ReplyClassifier.patience(421, "4.7.28 Gmail has detected an unusual rate of mail"))
                .contains(new ReplyClassifier.Patience(Duration.ofMinutes(30), 1, 10));
        assertThat(ReplyClassifier.patience(451, "4.3.2 Server busy"))
                .contains(new ReplyClassifier.Patience(Duration.ofMinutes(90), 1, 1));
        assertThat(ReplyClassifier.patience(451, "Greylisted")).isEmpty();
        assertThat(ReplyClassifier.patience(550, "rate limited")).isEmpty();
    }

    @Test
    void readsEnhancedCodesButNoIpAddresses() {
        assertThat(EnhancedStatus.firstIn("from 5.1.1.7: 550-5.2.1 disabled")).hasToString("Optional[5.2.1]");
        assertThat(EnhancedStatus.firstIn("(#5.1.1)Z")).hasToString("Optional[5.1.1]");
        assertThat(EnhancedStatus.firstIn("Status 5.7.515.")).hasToString("Optional[5.7.515]");
        assertThat(EnhancedStatus.firstIn("192.5.1.1")).isEmpty();
    }
}
