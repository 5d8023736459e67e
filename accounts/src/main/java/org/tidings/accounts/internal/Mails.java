package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tidings.accounts.AllAccounts;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.Letter;
import org.tidings.mail.MailBody;
import org.tidings.mail.MailKind;
import org.tidings.mail.Outbox;

/**
 * This module's mails. Each says who asked for it, until when its link works, and what to do if it was somebody else (T02).
 * The words are in the bundle {@code org.tidings.accounts.mails}; what a person typed goes in through slots only.
 */
@ApplicationScoped
class Mails {

    private static final String BUNDLE = "org.tidings.accounts.mails";
    private static final int MAX_PARAGRAPHS = 9;

    @Inject
    Outbox outbox;

    @Inject
    @ConfigProperty(name = "tidings.site.name", defaultValue = "Tidings")
    String siteName;

    @Inject
    @ConfigProperty(name = "tidings.public.url", defaultValue = "http://localhost:8080")
    String publicUrl;

    /** To a holder. */
    void toHolder(
            MailKind kind,
            String text,
            Account account,
            EmailAddress to,
            Optional<String> path,
            OffsetDateTime expiresAt,
            Map<String, String> slots) {
        post(
                kind,
                text,
                AllAccounts.REALM,
                account.key(),
                to,
                account.name(),
                account.language(),
                path,
                expiresAt,
                slots);
    }

    /** To somebody who has no account yet. */
    void toRegistration(String text, Registration registration, Token token, Map<String, String> slots) {
        post(
                MailKind.REGISTRATION_CONFIRMATION,
                text,
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
        slots.put("site", siteName);
        slots.put("name", name);
        MailBody.Builder body = MailBody.in(
                        words.getLocale().getLanguage().isEmpty() ? Locale.ENGLISH : words.getLocale())
                .preheader(words.getString(text + ".preheader"))
                .heading(words.getString(text + ".heading"));
        if (!name.isEmpty()) {
            body.paragraph(words.getString("greeting"));
        }
        for (int i = 1; i <= MAX_PARAGRAPHS && words.containsKey(text + ".text." + i); i++) {
            body.paragraph(words.getString(text + ".text." + i));
        }
        path.ifPresent(p -> body.button(words.getString(text + ".button"), publicUrl() + p));
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

    /** Never made from a request's Host (S25). */
    private String publicUrl() {
        return publicUrl.endsWith("/") ? publicUrl.substring(0, publicUrl.length() - 1) : publicUrl;
    }

    static ResourceBundle words(Locale language) {
        return ResourceBundle.getBundle(
                BUNDLE,
                language,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }
}
