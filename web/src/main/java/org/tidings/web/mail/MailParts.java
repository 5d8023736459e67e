package org.tidings.web.mail;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import org.tidings.accounts.Role;
import org.tidings.web.pages.Navigation;

/** What mail shows on pages of others. */
@ApplicationScoped
class MailParts implements Navigation {

    @Override
    public List<Entry> entries() {
        return List.of(
                new Entry(
                        Menu.STAFF,
                        60,
                        "/staff/mail",
                        "mail.title",
                        Set.of(Role.PUBLISHER, Role.ANNOUNCER, Role.ADMINISTRATOR)),
                new Entry(Menu.STAFF, 61, "/staff/mail/domains", "domains.title", Set.of(Role.ADMINISTRATOR)));
    }
}
