package org.tidings.web.accounts;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AllAccounts;
import org.tidings.mail.Delivery;
import org.tidings.mail.DeliveryState;
import org.tidings.mail.Diagnostic;
import org.tidings.mail.MailingId;
import org.tidings.mail.Mailings;
import org.tidings.mail.Outbox;
import org.tidings.mail.SentLetter;
import org.tidings.mail.SkipReason;

/** What was sent to somebody with an account: her own mails, and the announcements. */
@Dependent
public class MailsToAccount {

    private static final int SHOWN = 50;

    private final Outbox outbox;
    private final Mailings mailings;

    @Inject
    public MailsToAccount(Outbox outbox, Mailings mailings) {
        this.outbox = outbox;
        this.mailings = mailings;
    }

    /**
     * One mail.
     *
     * @param purpose of a single mail, empty for a mailing's
     * @param title of a mailing, as staff named it
     */
    public record Line(
            String purpose,
            String title,
            DeliveryState state,
            OffsetDateTime at,
            Optional<Diagnostic> reply,
            Optional<SkipReason> skipped,
            Optional<OffsetDateTime> nextTry) {}

    /** The newest first. */
    List<Line> of(AccountId account) {
        List<Delivery> deliveries = mailings.deliveriesTo(List.of(account.value()), SHOWN);
        Map<MailingId, String> titles =
                mailings.titles(deliveries.stream().map(Delivery::mailing).toList());
        return Stream.concat(
                        outbox.lettersTo(AllAccounts.REALM, account.value(), SHOWN).stream()
                                .map(MailsToAccount::line),
                        deliveries.stream().map(one -> line(one, titles.getOrDefault(one.mailing(), ""))))
                .sorted(Comparator.comparing(Line::at).reversed())
                .limit(SHOWN)
                .toList();
    }

    private static Line line(SentLetter letter) {
        return new Line(
                letter.purpose(), "", letter.state(), letter.at(), letter.reply(), letter.skipped(), letter.nextTry());
    }

    private static Line line(Delivery delivery, String title) {
        return new Line(
                "", title, delivery.state(), delivery.at(), delivery.reply(), delivery.skipped(), delivery.nextTry());
    }
}
