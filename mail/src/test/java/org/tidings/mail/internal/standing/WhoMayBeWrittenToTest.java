package org.tidings.mail.internal.standing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidings.mail.MailKind;
import org.tidings.mail.PersonState;
import org.tidings.mail.SkipReason;

/** The table of the design, section 3, cell by cell; "complained" and "hard-bounced" for an active account or a subscriber. */
class WhoMayBeWrittenToTest {

    @ParameterizedTest
    @CsvSource({
        // kind,                     registration, active, subscribed, unsubscribed, complained, hard-bounced,
        // deactivated, erased
        "NEWSLETTER_ISSUE,           no,           no,     yes,        no,           no,         no,           no,          no",
        "SERVICE_NOTICE,             no,           yes,    yes,        yes,          no,         no,           no,          no",
        "LEGAL_OR_SECURITY_NOTICE,   no,           yes,    yes,        yes,          yes,        no,           no,          no",
        "DATA_BREACH_NOTICE,         no,           yes,    yes,        yes,          yes,        no,           yes,         no",
        "POLICY_CHANGE,              no,           yes,    yes,        yes,          yes,        no,           no,          no",
        "REGISTRATION_CONFIRMATION,  yes,          yes,    yes,        yes,          yes,        yes,          no,          no",
        "SUBSCRIPTION_CONFIRMATION,  yes,          yes,    yes,        yes,          yes,        yes,          no,          no",
        "MAILBOX_PROOF,              no,           yes,    yes,        yes,          yes,        yes,          yes,         no",
        "ACCOUNT_NOTICE,             no,           yes,    yes,        yes,          yes,        no,           no,          no",
        "ACCOUNT_RECEIPT,            no,           yes,    yes,        yes,          yes,        no,           yes,         no",
        "LAST_RECEIPT,               yes,          yes,    yes,        yes,          yes,        no,           yes,         yes",
        "ISSUE_TEST,                 no,           yes,    yes,        yes,          yes,        no,           no,          no",
        "ANNOUNCEMENT_TEST,          no,           yes,    yes,        yes,          yes,        no,           no,          no"
    })
    void decidesEveryCell(
            MailKind kind,
            String registration,
            String active,
            String subscribed,
            String unsubscribed,
            String complained,
            String hardBounced,
            String deactivated,
            String erased) {
        PersonState normal = kind == MailKind.NEWSLETTER_ISSUE ? PersonState.SUBSCRIBED : PersonState.ACTIVE;

        assertThat(decision(kind, PersonState.REGISTRATION)).isEqualTo(registration);
        assertThat(decision(kind, PersonState.ACTIVE)).isEqualTo(active);
        assertThat(decision(kind, PersonState.SUBSCRIBED)).isEqualTo(subscribed);
        assertThat(decision(kind, PersonState.UNSUBSCRIBED)).isEqualTo(unsubscribed);
        assertThat(decision(kind, normal, Suppression.COMPLAINED)).isEqualTo(complained);
        assertThat(decision(kind, normal, Suppression.HARD_BOUNCED)).isEqualTo(hardBounced);
        assertThat(decision(kind, PersonState.DEACTIVATED)).isEqualTo(deactivated);
        assertThat(decision(kind, PersonState.ERASED)).isEqualTo(erased);
    }

    @ParameterizedTest
    @CsvSource({
        "REGISTRATION, NOT_CONFIRMED",
        "UNSUBSCRIBED, UNSUBSCRIBED",
        "DEACTIVATED, DEACTIVATED",
        "ERASED, ERASED"
    })
    void saysWhyANewsletterIsNotSent(PersonState state, SkipReason reason) {
        assertThat(WhoMayBeWrittenTo.whyNot(MailKind.NEWSLETTER_ISSUE, state, Set.of(Suppression.COMPLAINED)))
                .isEqualTo(Optional.of(reason));
    }

    private static String decision(MailKind kind, PersonState state, Suppression... suppressed) {
        return WhoMayBeWrittenTo.whyNot(kind, state, Set.of(suppressed)).isEmpty() ? "yes" : "no";
    }
}
