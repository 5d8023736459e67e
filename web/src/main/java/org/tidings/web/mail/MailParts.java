package org.tidings.web.mail;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tidings.accounts.Role;
import org.tidings.mail.RestoredDatabase;
import org.tidings.mail.SendingFigures;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.Fragment;
import org.tidings.web.pages.Fragments;
import org.tidings.web.pages.Navigation;

/** What mail shows on pages of others. */
@ApplicationScoped
class MailParts implements Navigation, Fragments {

    private static final Set<Role> WHO = Set.of(Role.PUBLISHER, Role.ANNOUNCER, Role.ADMINISTRATOR);

    @Inject
    SendingFigures figures;

    @Inject
    RestoredDatabase restored;

    /**
     * Nothing while all is well; before all else when a mailing stopped by itself, servers refuse this site, or the database is an older
     * one.
     */
    @Override
    public List<Fragment> at(Place place, Visitor visitor) {
        if (place != Place.STAFF_HOME || WHO.stream().noneMatch(visitor::has)) {
            return List.of();
        }
        boolean older = restored.noticed().isPresent();
        List<SendingFigures.Stopped> stopped = figures.stopped().stream()
                .filter(one -> !older || !one.afterRestore())
                .toList();
        List<SendingFigures.Alarm> alarms = figures.alarms();
        return stopped.isEmpty() && alarms.isEmpty() && !older
                ? List.of()
                : List.of(
                        new Fragment(1, "mail/card", Map.of("stopped", stopped, "alarms", alarms, "restored", older)));
    }

    @Override
    public List<Entry> entries() {
        return List.of(
                new Entry(Menu.STAFF, 60, "/staff/mail", "mail.title", WHO),
                new Entry(Menu.STAFF, 61, "/staff/mail/domains", "domains.title", Set.of(Role.ADMINISTRATOR)));
    }
}
