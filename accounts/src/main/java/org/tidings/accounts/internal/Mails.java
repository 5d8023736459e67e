package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.UUID;
import org.tidings.accounts.AllAccounts;
import org.tidings.accounts.Client;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.Letter;
import org.tidings.mail.MailBody;
import org.tidings.mail.MailKind;
import org.tidings.mail.Outbox;
import org.tidings.mail.PersonNames;
import org.tidings.site.Languages;
import org.tidings.site.Now;
import org.tidings.site.Site;

/**
 * This module's mails. Each says who asked for it, until when its link works, and what to do if it was somebody else (ACM-02).
 * The words are in the bundle {@code org.tidings.accounts.mails}; what a person typed goes in through slots only.
 */
@ApplicationScoped
class Mails {

    private static final String BUNDLE = "org.tidings.accounts.mails";
    private static final int MAX_PARAGRAPHS = 9;

    @Inject
    Outbox outbox;

    @Inject
    Site site;

    @Inject
    Now now;

    /** To a holder, by the name that she gave herself. Elsewhere than at her own address the name is left out: there it is a stranger's word. */
    void toHolder(
            MailKind kind,
            String text,
            Account account,
            EmailAddress to,
            Optional<String> path,
            OffsetDateTime expiresAt,
            Map<String, String> slots) {
        toHolder(kind, text, List.of(), account, to, path, expiresAt, slots);
    }

    /** @param also keys of paragraphs that follow the others */
    void toHolder(
            MailKind kind,
            String text,
            List<String> also,
            Account account,
            EmailAddress to,
            Optional<String> path,
            OffsetDateTime expiresAt,
            Map<String, String> slots) {
        boolean own = to.canonical().equals(account.address().canonical())
                && PersonNames.flaw(account.name()).isEmpty();
        Map<String, String> all = new HashMap<>(slots);
        all.putIfAbsent("when", when(account));
        post(
                kind,
                text,
                also,
                AllAccounts.REALM,
                account.key(),
                to,
                own ? account.name() : "",
                account.language(),
                path,
                expiresAt,
                all);
    }

    /** What a notice says about where something was done: the sort of browser, and never where it stands. */
    Map<String, String> withBrowser(Account account, Client client, Map<String, String> slots) {
        ResourceBundle words = words(account.language());
        Map<String, String> all = new HashMap<>(slots);
        all.put(
                "browser",
                Browser.inWords(
                        client.userAgent(),
                        words.getString("browser.on"),
                        words.getString("browser.some"),
                        words.getString("browser.unknown")));
        return all;
    }

    private String when(Account account) {
        return moment(account, now.get());
    }

    /** Day and hour where she lives, or where the site is. English dates are written the way that cannot be misread. */
    String moment(Account account, OffsetDateTime time) {
        ZoneId zone = account.zone().orElseGet(site::zone);
        Locale language = words(account.language()).getLocale();
        Locale written = Languages.ofDates(language);
        ZonedDateTime at = time.atZoneSameInstant(zone);
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                        .withLocale(written)
                        .format(at)
                + " "
                + words(account.language()).getString("when.at")
                + " "
                + DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).format(at)
                + " ("
                + (zone.normalized().equals(ZoneOffset.UTC) ? "UTC" : zone.getId())
                + ")";
    }

    /** To somebody who has no account yet. */
    void toRegistration(String text, Registration registration, Token token, Map<String, String> slots) {
        post(
                MailKind.REGISTRATION_CONFIRMATION,
                text,
                List.of(),
                RegistrationStanding.REALM,
                registration.id(),
                registration.address(),
                "",
                registration.language(),
                Optional.of("/confirm/" + token.value()),
                registration.expiresAt(),
                slots);
    }

    private void post(
            MailKind kind,
            String text,
            List<String> also,
            String realm,
            UUID person,
            EmailAddress to,
            String name,
            Locale language,
            Optional<String> path,
            OffsetDateTime expiresAt,
            Map<String, String> given) {
        ResourceBundle words = words(language);
        Map<String, String> slots = new HashMap<>(given);
        slots.put("site", site.name());
        slots.put("name", name);
        slots.put("contact", site.privacyAddress());
        MailBody.Builder body = MailBody.in(words.getLocale())
                .preheader(words.getString(text + ".preheader"))
                .heading(words.getString(text + ".heading"));
        if (!name.isEmpty()) {
            body.paragraph(words.getString("greeting"));
        }
        for (int i = 1; i <= MAX_PARAGRAPHS && words.containsKey(text + ".text." + i); i++) {
            body.paragraph(words.getString(text + ".text." + i));
        }
        also.forEach(key -> body.paragraph(words.getString(key)));
        path.ifPresent(p -> body.button(words.getString(text + ".button"), site.url(p)));
        for (int i = 1; i <= MAX_PARAGRAPHS && words.containsKey(text + ".note." + i); i++) {
            body.note(words.getString(text + ".note." + i));
        }
        body.footer(words.getString(text + ".why"));
        outbox.post(new Letter(
                kind,
                text,
                realm,
                person,
                to,
                name,
                words.getString(text + ".subject"),
                body.build(),
                Map.copyOf(slots),
                expiresAt,
                Optional.empty()));
    }

    static ResourceBundle words(Locale language) {
        return ResourceBundle.getBundle(
                BUNDLE,
                Languages.spokenTo(language),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }
}
