package org.tidings.mail.internal.returned.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidings.mail.internal.composing.Verp;
import org.tidings.mail.internal.returned.reading.ReturnedMail;
import org.tidings.mail.internal.returned.reading.ReturnedMailReader;
import org.tidings.mail.internal.returned.reading.SesWebhook;

/** Bodies as the providers' documentation describes them: every kind, and what may be missing in each. */
@SuppressWarnings("StringConcatToTextBlock")
class ProviderPayloadsTest {
    private static final ReturnedMailReader READER =
            new ReturnedMailReader(new Verp(new SecretKeySpec(new byte[32], "HmacSHA256"), "bounce.example.com"));

    // Amazon SES

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "Permanent|General|5.1.1|smtp; 550 5.1.1 user unknown|HardBounce",
                "Permanent|General|-|-|HardBounce",
                "Permanent|NoEmail|-|-|HardBounce",
                "Permanent|General|5.7.1|smtp; 550 5.7.1 Access denied by policy|OurFault",
                "Permanent|General|5.2.2|smtp; 552 5.2.2 mailbox is full|SoftBounce",
                "Permanent|Suppressed|5.1.1|Amazon SES has suppressed sending to this address because it has a recent history of bouncing as an invalid address.|HardBounce",
                "Permanent|OnAccountSuppressionList|5.1.1|Amazon SES did not send the message to this address because it is on the suppression list for your account.|OurFault",
                "Permanent|OnAccountSuppressionList|-|-|OurFault",
                "Transient|General|-|-|SoftBounce",
                "Transient|General|5.1.1|smtp; 550 5.1.1 user unknown|SoftBounce",
                "Transient|MailboxFull|-|-|SoftBounce",
                "Transient|MessageTooLarge|-|-|SoftBounce",
                "Transient|ContentRejected|-|-|OurFault",
                "Transient|AttachmentRejected|-|-|OurFault",
                "Undetermined|Undetermined|-|-|SoftBounce",
            })
    void readsEveryBounceOfSes(String type, String subType, String status, String diagnostic, String expected) {
        for (String name : List.of("notificationType", "eventType")) {
            String recipient = "{'emailAddress':'ann@example.net'"
                    + (status == null ? "" : ",'action':'failed','status':'" + status + "'")
                    + (diagnostic == null ? "" : ",'diagnosticCode':'" + diagnostic + "'") + "}";
            String event = "{'" + name + "':'Bounce','bounce':{'bounceType':'" + type + "','bounceSubType':'" + subType
                    + "','bouncedRecipients':[" + recipient
                    + "],'feedbackId':'1','reportingMTA':'dns; mta.example.org'},"
                    + "'mail':{'messageId':'0100-ses','destination':['ann@example.net','bob@example.net'],'headersTruncated':false,"
                    + "'headers':[{'name':'Message-ID','value':'<m1@example.com>'}]}}";

            ReturnedMail mail = only(SesWebhook.read(sns(event)));

            assertThat(mail.getClass().getSimpleName()).isEqualTo(expected);
            assertThat(mail.report().recipient()).contains("ann@example.net");
            assertThat(mail.report().messageId()).contains("<m1@example.com>");
        }
    }

    @Test
    void readsTheOtherEventsOfSes() {
        String mail = "'mail':{'destination':['ann@example.net'],'commonHeaders':{'messageId':'<m1@example.com>'}}";
        List<ReturnedMail> complaints =
                SesWebhook.read(sns("{'eventType':'Complaint','complaint':{'complainedRecipients':["
                        + "{'emailAddress':'ann@example.net'},{'emailAddress':'bob@example.net'}],'complaintSubType':null},"
                        + mail + "}"));
        assertThat(complaints)
                .hasSize(2)
                .allSatisfy(complaint -> assertThat(kindOf(complaint)).isEqualTo(ReturnedMail.ComplaintKind.ABUSE));
        assertThat(complaints.get(0).report().messageId()).contains("<m1@example.com>");
        assertThat(kindOf(
                        only(SesWebhook.read(sns("{'notificationType':'Complaint','complaint':{'complainedRecipients':["
                                + "{'emailAddress':'ann@example.net'}],'complaintFeedbackType':'not-spam'}," + mail
                                + "}")))))
                .isEqualTo(ReturnedMail.ComplaintKind.NOT_SPAM);
        assertThat(only(SesWebhook.read(
                        sns("{'eventType':'DeliveryDelay','deliveryDelay':{'delayType':'TransientCommunicationFailure',"
                                + "'delayedRecipients':[{'emailAddress':'ann@example.net','status':'4.4.1'}]}," + mail
                                + "}"))))
                .isInstanceOf(ReturnedMail.Delayed.class);
        assertThat(only(SesWebhook.read(sns("{'eventType':'Reject','reject':{'reason':'Bad content'}," + mail + "}"))))
                .isInstanceOf(ReturnedMail.OurFault.class);
        assertThat(kindOf(only(
                        SesWebhook.read(sns("{'eventType':'Subscription','subscription':{'source':'UnsubscribeHeader',"
                                + "'newTopicPreferences':{'unsubscribeAll':true}}," + mail + "}")))))
                .isEqualTo(ReturnedMail.ComplaintKind.OPT_OUT);
        assertThat(only(SesWebhook.read(
                        sns("{'eventType':'Delivery','delivery':{'recipients':['ann@example.net']}," + mail + "}"))))
                .isInstanceOf(ReturnedMail.Info.class);
        assertThat(only(SesWebhook.read(sns("{'eventType':'Somethingnew'," + mail + "}"))))
                .isInstanceOf(ReturnedMail.NotUnderstood.class);
    }

    @Test
    void readsWhatATopicSendsToAMailbox() {
        String text =
                "{'notificationType':'Complaint','complaint':{'complainedRecipients':[{'emailAddress':'ann@example.net'}]},\r\n"
                        + "'mail':{}}\r\n\r\n--\r\nIf you wish to stop receiving notifications from this topic\r\n";
        byte[] mail = ("From: no-reply@sns.amazonaws.com\r\nSubject: AWS Notification Message\r\n\r\n"
                        + text.replace('\'', '"'))
                .getBytes(UTF_8);

        ReturnedMail complaint = only(READER.read(mail, null));

        assertThat(kindOf(complaint)).isEqualTo(ReturnedMail.ComplaintKind.ABUSE);
        assertThat(complaint.report().recipient()).contains("ann@example.net");
    }

    // SendGrid

    @Test
    void readsABatchOfSendGrid() {
        List<ReturnedMail> mails = SendGridWebhook.read(bytes("["
                + String.join(
                        ",",
                        event("'event':'processed','send_at':0"),
                        event("'event':'deferred','response':'450 4.7.1 try later','attempt':'5'"),
                        event(
                                "'event':'bounce','type':'bounce','status':'5.1.1','reason':'550 5.1.1 The email account does not exist',"
                                        + "'bounce_classification':'Invalid Address'"),
                        event(
                                "'event':'bounce','type':'bounce','status':'5.0.0','reason':'','bounce_classification':'Invalid Address'"),
                        event(
                                "'event':'bounce','type':'blocked','status':'5.0.0','reason':'554 no thanks','bounce_classification':'Reputation'"),
                        event(
                                "'event':'bounce','type':'bounce','status':'5.2.2','reason':'552 5.2.2 over quota','bounce_classification':'Mailbox Unavailable'"),
                        event("'event':'bounce','status':'','reason':''"),
                        event("'event':'dropped','reason':'Bounced Address','status':'5.0.0'"),
                        event("'event':'dropped','reason':'Spam Content (if Spam Checker app enabled)'"),
                        event("'event':'spamreport'"),
                        event("'event':'unsubscribe'"),
                        event("'event':'group_unsubscribe','asm_group_id':1"),
                        event("'event':'group_resubscribe','asm_group_id':1"),
                        event("'event':'open','useragent':'x','ip':'192.0.2.1'"),
                        event("'event':'click','url':'https://example.com/'"),
                        event("'event':'delivered','response':'250 OK','tls':1"))
                + "]"));

        assertThat(mails)
                .hasExactlyElementsOfTypes(
                        ReturnedMail.Info.class,
                        ReturnedMail.Delayed.class,
                        ReturnedMail.HardBounce.class,
                        ReturnedMail.HardBounce.class,
                        ReturnedMail.OurFault.class,
                        ReturnedMail.SoftBounce.class,
                        ReturnedMail.SoftBounce.class,
                        ReturnedMail.Info.class,
                        ReturnedMail.OurFault.class,
                        ReturnedMail.Complaint.class,
                        ReturnedMail.Complaint.class,
                        ReturnedMail.Complaint.class,
                        ReturnedMail.Info.class);
        assertThat(mails).allSatisfy(mail -> {
            assertThat(mail.report().recipient()).contains("ann@example.net");
            assertThat(mail.report().messageId()).contains("<m1@example.com>");
        });
        assertThat(kindOf(mails.get(10))).isEqualTo(ReturnedMail.ComplaintKind.OPT_OUT);
    }

    private static String event(String members) {
        return "{'email':'ann@example.net','timestamp':1795332946,'smtp-id':'<m1@example.com>','sg_event_id':'e',"
                + "'sg_message_id':'s.0','category':['news']," + members + "}";
    }

    // Postmark

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HardBounce|smtp;550 5.1.1 The email account that you tried to reach does not exist|HardBounce",
                "HardBounce||HardBounce",
                "HardBounce|smtp;550 5.7.1 Access denied|OurFault",
                "HardBounce|smtp;554 5.7.1 blocked using a blocklist|OurFault",
                "BadEmailAddress||HardBounce",
                "SoftBounce|smtp;550 5.1.1 user unknown|SoftBounce",
                "DnsError||SoftBounce",
                "Unknown||SoftBounce",
                "AddressChange||SoftBounce",
                "Transient|4.4.1 try later|Delayed",
                "SpamNotification||OurFault",
                "Blocked|smtp;554 not today|OurFault",
                "DMARCPolicy||OurFault",
                "VirusNotification||OurFault",
                "AutoResponder||AutoReply",
                "ChallengeVerification||AutoReply",
                "OpenRelayTest||AutoReply",
                "SpamComplaint||Complaint",
                "Unsubscribe||Complaint",
                "ManuallyDeactivated||Info",
                "Subscribe||Info",
            })
    void readsEveryBounceTypeOfPostmark(String type, String details, String expected) {
        String record = type.equals("SpamComplaint") ? "SpamComplaint" : "Bounce";
        ReturnedMail mail = only(
                PostmarkWebhook.read(bytes("{'RecordType':'" + record + "','MessageStream':'broadcast','ID':42,'Type':'"
                        + type + "','TypeCode':1,'Name':'x','MessageID':'0-0','ServerID':23,"
                        + "'Description':'The server was unable to deliver your message (ex: unknown user, mailbox not found).',"
                        + (details == null ? "" : "'Details':'" + details + "',")
                        + "'Email':'ann@example.net','From':'news@example.com','Inactive':true,'CanActivate':true}")));

        assertThat(mail.getClass().getSimpleName()).isEqualTo(expected);
        assertThat(mail.report().recipient()).contains("ann@example.net");
    }

    @ParameterizedTest
    @CsvSource({
        "true,'SpamComplaint',Recipient,ABUSE",
        "true,'ManualSuppression',Recipient,OPT_OUT",
        "true,'ManualSuppression',Admin,",
        "true,'HardBounce',Recipient,",
        "false,,Customer,",
    })
    void readsAChangedSubscriptionOfPostmark(
            boolean suppressed, String reason, String origin, ReturnedMail.ComplaintKind expected) {
        ReturnedMail mail =
                only(PostmarkWebhook.read(bytes("{'RecordType':'SubscriptionChange','MessageID':null,'ServerID':1,"
                        + "'MessageStream':'broadcast','Recipient':'ann@example.net','Origin':'" + origin
                        + "','SuppressSending':" + suppressed
                        + ",'SuppressionReason':" + (reason == null ? "null" : "'" + reason + "'")
                        + ",'Tag':null,'Metadata':{}}")));

        assertThat(mail.report().recipient()).contains("ann@example.net");
        if (expected == null) {
            assertThat(mail).isInstanceOf(ReturnedMail.Info.class);
        } else {
            assertThat(kindOf(mail)).isEqualTo(expected);
        }
    }

    // Mailgun

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'event':'failed','severity':'permanent','reason':'bounce','delivery-status':{'code':550,'enhanced-code':'5.1.1','message':'No such user','bounce-type':'hard'}|HardBounce",
                "'event':'failed','severity':'permanent','reason':'generic','delivery-status':{'code':498,'message':'No MX for nomx.example.net','description':''}|SoftBounce",
                "'event':'failed','severity':'permanent','reason':'espblock','delivery-status':{'code':550,'message':'not you'}|OurFault",
                "'event':'failed','severity':'permanent','reason':'suppress-bounce','delivery-status':{'code':605,'message':'','description':'Not delivering to previously bounced address'}|Info",
                "'event':'failed','severity':'permanent','reason':'suppress-complaint','delivery-status':{'code':607}|Info",
                "'event':'failed','severity':'permanent','reason':'old','delivery-status':{'code':602,'message':'Too old'}|SoftBounce",
                "'event':'failed','severity':'temporary','reason':'greylisted','delivery-status':{'code':450,'message':'Greylisted','retry-seconds':600}|Delayed",
                "'event':'rejected','reject':{'reason':'Rate limit exceeded','description':''}|OurFault",
                "'event':'complained'|Complaint",
                "'event':'unsubscribed'|Complaint",
                "'event':'delivered','delivery-status':{'code':250}|Info",
                "'event':'opened'|Info",
                "'event':'somethingnew'|NotUnderstood",
            })
    void readsEveryEventOfMailgun(String members, String expected) {
        ReturnedMail mail = only(MailgunWebhook.read(bytes(
                "{'signature':{'timestamp':'1','token':'t','signature':'s'},'event-data':{'id':'i','timestamp':1795332946.5,"
                        + "'recipient':'ann@example.net','message':{'headers':{'message-id':'m1@example.com'}},"
                        + members + "}}")));

        assertThat(mail.getClass().getSimpleName()).isEqualTo(expected);
        if (!expected.equals("NotUnderstood")) {
            assertThat(mail.report().recipient()).contains("ann@example.net");
            assertThat(mail.report().messageId()).contains("<m1@example.com>");
        }
    }

    private static ReturnedMail.ComplaintKind kindOf(ReturnedMail mail) {
        assertThat(mail).isInstanceOf(ReturnedMail.Complaint.class);
        return ((ReturnedMail.Complaint) mail).kind();
    }

    private static ReturnedMail only(List<ReturnedMail> mails) {
        assertThat(mails).hasSize(1);
        return mails.get(0);
    }

    /** As SNS wraps it; a line end follows the object. */
    private static byte[] sns(String event) {
        return Json.createObjectBuilder()
                .add("Type", "Notification")
                .add("MessageId", "1")
                .add("TopicArn", "arn:aws:sns:eu-west-1:1:bounces")
                .add("Subject", "Amazon SES Email Event Notification")
                .add("Message", event.replace('\'', '"') + "\n")
                .build()
                .toString()
                .getBytes(UTF_8);
    }

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(UTF_8);
    }
}
