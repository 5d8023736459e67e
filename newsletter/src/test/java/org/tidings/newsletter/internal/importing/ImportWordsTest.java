package org.tidings.newsletter.internal.importing;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidings.newsletter.internal.importing.ColumnMeaning.Kind;

/** What an import makes of single words, columns, times and languages. */
class ImportWordsTest {

    @ParameterizedTest
    @CsvSource({
        "Subscribed, SUBSCRIBED",
        "CONFIRMED, SUBSCRIBED",
        "Bestätigt, SUBSCRIBED",
        "Non-Subscribed, PENDING",
        "needs_approval, PENDING",
        "nicht bestätigt, PENDING",
        "not confirmed, PENDING",
        "Un-subscribed, LEFT",
        "Unsubscribed by an administrator, LEFT",
        "Not active, LEFT",
        "Gekündigt, LEFT",
        "Abonnée, SUBSCRIBED",
        "en attente, PENDING",
        "Non confirmé, PENDING",
        "Désabonné, LEFT",
        "Désinscrite le 3 mai, LEFT",
        "Bloquée, BLOCKED",
        "Signalé comme spam, COMPLAINED",
        "Hard bounce (5.1.1), BOUNCED",
        "Cleaned, BOUNCED",
        "Marked as spam, COMPLAINED",
        "blacklisted, BLOCKED"
    })
    void understandsTheWordsOfOtherSystems(String word, Said said) {
        assertThat(StatusWords.of(word)).contains(said);
    }

    /** NLT-A1: whatever is not certain is asked about. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "0",
                "3",
                "not blocked",
                "never bounced",
                "pas bloqué",
                "no longer interesting",
                "snoozed",
                "churned",
                "VIP",
                "yes"
            })
    void guessesNothing_NLTA1(String word) {
        assertThat(StatusWords.of(word)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "status, STATUS, SUBSCRIBED",
        "Email Permission Status, STATUS, SUBSCRIBED",
        "Bounce status, STATUS, BOUNCED",
        "unsubscribed_at, NEGATIVE, LEFT",
        "UNSUB_TIME, NEGATIVE, LEFT",
        "UNSUB_CAMPAIGN_TITLE, NEGATIVE_TEXT, LEFT",
        "globalUnsubscribe, NEGATIVE, LEFT",
        "Datum der Abmeldung, NEGATIVE, LEFT",
        "Gelöscht am, NEGATIVE, LEFT",
        "email_disabled, NEGATIVE, LEFT",
        "Do Not Email, NEGATIVE, BLOCKED",
        "emailBlacklisted, NEGATIVE, BLOCKED",
        "CLEAN_TIME, NEGATIVE, BOUNCED",
        "Number of bounces on this subscriber, NEGATIVE_COUNT, BOUNCED",
        "Beschwerden, NEGATIVE, COMPLAINED",
        "isActive, POSITIVE, LEFT",
        "subscribed_to_emails, POSITIVE, LEFT",
        "Abonniert, POSITIVE, LEFT",
        "optInConfirmed, POSITIVE, PENDING",
        "DSGVO-Einwilligung, POSITIVE, PENDING",
        "double_opt_in_at, CONFIRMED_AT, PENDING",
        "OPTIN_TIME, AGREED_AT, SUBSCRIBED",
        "Angemeldet am, AGREED_AT, SUBSCRIBED",
        "created_at, AGREED_AT, SUBSCRIBED",
        "CONFIRM_IP, AGREED_FROM, SUBSCRIBED",
        "updated_at, SINCE, SUBSCRIBED",
        "unsubscribe_url, OTHER, SUBSCRIBED",
        "subscription_tier, OTHER, SUBSCRIBED",
        "subscriber_id, OTHER, SUBSCRIBED",
        "last_active_at, OTHER, SUBSCRIBED",
        "SMS_BLACKLISTED, OTHER, SUBSCRIBED",
        "Receive HTML, OTHER, SUBSCRIBED",
        "City, OTHER, SUBSCRIBED",
        "Kundennummer, OTHER, SUBSCRIBED",
        "Bestellungen, OTHER, SUBSCRIBED",
        "MEMBER_RATING, OTHER, SUBSCRIBED"
    })
    void tellsWhatAColumnIsAboutByItsName(String header, Kind kind, Said effect) {
        ColumnMeaning meaning = ColumnMeaning.of(header);

        assertThat(meaning.kind()).isEqualTo(kind);
        assertThat(meaning.effect()).isEqualTo(effect);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2024-01-15T10:00:00.000Z|2024-01-15T10:00Z",
                "2023-01-02 10:00:00.123 +0000 UTC|2023-01-02T10:00:00.123Z",
                "2023-04-21 11:16:57|2023-04-21T11:16:57Z",
                "2023-04-21T11:16:57+02:00|2023-04-21T09:16:57Z",
                "2023-04-21 11:16:57+02|2023-04-21T09:16:57Z",
                "2023-04-21|2023-04-21T00:00Z",
                "01.02.2023 10:00|2023-02-01T10:00Z",
                "1.2.2023|2023-02-01T00:00Z",
                "25/12/2023 08:30:15|2023-12-25T08:30:15Z",
                "12/25/2023 08:30 PM|2023-12-25T20:30Z",
                "5/5/2023|2023-05-05T00:00Z",
                "1681989417|2023-04-20T11:16:57Z",
                "1681989417000|2023-04-20T11:16:57Z",
                "Apr 21, 2023 11:16 AM|2023-04-21T11:16Z",
                "Fri, 21 Apr 2023 11:16:57 GMT|2023-04-21T11:16:57Z"
            })
    void readsTimes_NLTB3(String typed, String expected) {
        assertThat(ImportedTimes.read(typed))
                .hasValueSatisfying(read -> assertThat(read.at()).isEqualTo(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3/4/2024",
                "2024-13-01",
                "2024-02-30",
                "yesterday",
                "soon enough",
                "99999999999999999999",
                "12:30:00"
            })
    void readsNoTimeIntoWhatCanBeTwo_NLTB3(String typed) {
        assertThat(ImportedTimes.read(typed)).isEmpty();
    }

    /** REP-28. */
    @ParameterizedTest
    @CsvSource({
        "de,de",
        "pt_BR,pt",
        "zh-Hans-CN,zh",
        "de_DE.UTF-8,de",
        "fil,fil",
        "ckb,ckb",
        "deu,de",
        "ger,de",
        "German,de",
        "Deutsch,de",
        "English,en",
        "Englisch,en",
        "English (US),en",
        "français,fr",
        "allemand,de",
        "und,und",
        "'',und"
    })
    void knowsLanguages_REP28(@Nullable String typed, String code) {
        assertThat(SpokenLanguages.of(typed == null ? "" : typed)).contains(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xx", "qqq", "Klingonisch", "1"})
    void doesNotTakeAnythingForALanguage_REP28(String typed) {
        assertThat(SpokenLanguages.of(typed)).isEmpty();
    }

    @Test
    void readsAddressesAsTheyArePasted() {
        for (String pasted : new String[] {
            "ann@example.org", "\u00A0ann@example.org\u200B", "<ann@example.org>", "Ann <ann@example.org>",
                    "\"Ann\" <ann@example.org>;",
            "mailto:ann@example.org?subject=a", "ann@example.org.", "'Ann' <ann@example.org>", "(ann@example.org)",
                    "\uFEFFann@example.org\u001A"
        }) {
            assertThat(ImportedText.address(pasted))
                    .as(pasted)
                    .hasValueSatisfying(
                            address -> assertThat(address.canonical()).isEqualTo("ann@example.org"));
        }
    }
}
