package org.tidings.newsletter.internal.importing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidings.newsletter.KnownSystem;

/** Which system wrote a list, by the columns of its true exports; and how everybody in it stands, by its name. */
class SystemsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
            LISTMONK ! uuid,email,name,attributes,status,created_at,updated_at
            MAILCHIMP ! Email Address,First Name,Last Name,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,TIMEZONE,CC,REGION,LAST_CHANGED,LEID,EUID,NOTES,TAGS
            GHOST ! id,email,name,note,subscribed_to_emails,complimentary_plan,stripe_customer_id,created_at,deleted_at,labels,tiers,gift_id
            SUBSTACK ! email,active_subscription,expiry,plan,email_disabled,created_at,first_payment_at
            SUBSTACK ! email,expiry,email_disabled,stripe_connected_customer_id,type
            BEEHIIV ! email,First Name,Last Name,status,tier,created_at,stripe_customer_id,Free Tier,Premium Tier,unsubscribed_at
            KIT ! first_name,email,created_at,status
            BREVO ! EMAIL;LASTNAME;FIRSTNAME;SMS;EMAIL_BLACKLISTED;SMS_BLACKLISTED;ADDED_TIME;MODIFIED_TIME
            PHPLIST ! email,confirmed,blacklisted,bouncecount,List Membership
            MAILERLITE ! Subscriber,Sent,Opens,Clicks,Subscribed,Location
            GOOGLE ! First Name,Middle Name,Last Name,Organization Name,Labels,E-mail 1 - Label,E-mail 1 - Value
            OUTLOOK ! Title,First Name,Last Name,E-mail Address,E-mail Type,E-mail 2 Address
            TIDINGS ! address,name,language,zone,state,since,confirmed,ended_by,suppressed,suppressed_since,confirmed_ip,tags,attribute:city
            """)
    void knowsTheirExportsByTheirColumns(KnownSystem system, String header) {
        List<String> names =
                Arrays.stream(header.split("[,;]", -1)).map(StatusWords::plain).toList();

        assertThat(Systems.of(names)).contains(system);
    }

    @ParameterizedTest
    @CsvSource({"'email,name'", "'E-Mail,Vorname,Name,Status'", "'first_name,email'", "'id,email,status'"})
    void namesNoSystemWhereAnyoneCouldHaveWrittenIt(String header) {
        List<String> names =
                Arrays.stream(header.split(",", -1)).map(StatusWords::plain).toList();

        assertThat(Systems.of(names)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "my-list-unsubscribed.csv, LEFT",
        "my-list-bounced.csv, BOUNCED",
        "my-list-marked-as-spam.csv, COMPLAINED",
        "my-list-unconfirmed.csv, PENDING",
        "nonsubscribed_members_export_1.csv, PENDING",
        "cleaned_members_export_1.csv, BOUNCED",
        "subscribed_members_export_1.csv, SUBSCRIBED",
        "my-list-active.csv, SUBSCRIBED",
        "Abgemeldet 2024.csv, LEFT",
        "readers of the returned.csv, SUBSCRIBED"
    })
    void takesANameOfAFileOnlyForTheStricter(String name, Said said) {
        assertThat(Systems.everybody(List.of("email", "name"), name)).isEqualTo(said);
    }
}
