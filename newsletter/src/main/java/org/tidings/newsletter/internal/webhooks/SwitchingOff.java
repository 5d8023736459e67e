package org.tidings.newsletter.internal.webhooks;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tidings.accounts.AccountView;
import org.tidings.accounts.Accounts;
import org.tidings.accounts.AllAccounts;
import org.tidings.accounts.Role;
import org.tidings.accounts.Staff;
import org.tidings.mail.Letter;
import org.tidings.mail.MailBody;
import org.tidings.mail.MailKind;
import org.tidings.mail.Outbox;
import org.tidings.site.Now;
import org.tidings.site.Site;

/** Tells those who look after the site that nobody hears it any more. */
@ApplicationScoped
public class SwitchingOff {

    private static final int VALID_DAYS = 3;

    private final Staff staff;
    private final Accounts accounts;
    private final Outbox outbox;
    private final Site site;
    private final Clock clock;
    private final Words words;

    /** The sentences, in a language. */
    public interface Words {
        String get(Locale language, String key, String value);

        Locale spoken(Locale language);
    }

    @SuppressWarnings("NullAway") // for the container's proxy
    SwitchingOff() {
        this(null, null, null, null, null, null);
    }

    @Inject
    public SwitchingOff(Staff staff, Accounts accounts, Outbox outbox, Site site, Clock clock, Words words) {
        this.staff = staff;
        this.accounts = accounts;
        this.outbox = outbox;
        this.site = site;
        this.clock = clock;
        this.words = words;
    }

    void tell(String url) {
        String host = Optional.ofNullable(URI.create(url).getHost()).orElse("");
        staff.members().stream()
                .filter(member -> member.roles().contains(Role.ADMINISTRATOR)
                        || member.roles().contains(Role.PUBLISHER))
                .forEach(member -> accounts.find(member.account())
                        .ifPresent(to -> tell(to, member.roles().contains(Role.PUBLISHER), host)));
    }

    /** The page of webhooks is the publishers'. */
    private void tell(AccountView to, boolean publishes, String host) {
        Locale language = words.spoken(to.language());
        MailBody.Builder body = MailBody.in(language)
                .heading(words.get(language, "webhook.off.heading", host))
                .paragraph(words.get(language, "webhook.off.text", host));
        if (publishes) {
            body.button(words.get(language, "webhook.off.button", host), site.publicUrl() + "/staff/webhooks");
        }
        outbox.post(new Letter(
                MailKind.ACCOUNT_NOTICE,
                "webhook-switched-off",
                AllAccounts.REALM,
                to.id().value(),
                to.address(),
                to.name(),
                words.get(language, "webhook.off.subject", host),
                body.build(),
                Map.of(),
                Now.by(clock).plusDays(VALID_DAYS),
                Optional.empty()));
    }
}
