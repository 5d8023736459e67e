package org.tidings.web.announcements;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.tidings.accounts.Role;
import org.tidings.announcements.AnnouncementState;
import org.tidings.announcements.AnnouncementView;
import org.tidings.announcements.Emergencies;
import org.tidings.announcements.Endings;
import org.tidings.announcements.Policies;
import org.tidings.announcements.PolicyKind;
import org.tidings.announcements.PublicAnnouncements;
import org.tidings.announcements.PublicAnnouncements.PublicAnnouncement;
import org.tidings.announcements.StaffAnnouncements;
import org.tidings.mail.Mailings;
import org.tidings.site.Now;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.Fragment;
import org.tidings.web.pages.Fragments;
import org.tidings.web.pages.Kept;
import org.tidings.web.pages.Navigation;

/** Where announcements and policies appear on pages of others. */
@ApplicationScoped
public class AnnouncementPlaces implements Navigation, Fragments {
    private static final int ON_HOME = 3;
    private static final int RECENT = 20;
    private static final int WAITING = 50;

    @Inject
    PublicAnnouncements announcements;

    @Inject
    Policies policies;

    @Inject
    StaffAnnouncements everything;

    @Inject
    Emergencies emergencies;

    @Inject
    Endings endings;

    @Inject
    Mailings mailings;

    @Inject
    Kept kept;

    @Inject
    Clock clock;

    @Override
    public List<Entry> entries() {
        return List.of(
                new Entry(Menu.FOOT, 20, "/announcements", "announcements.menu.public", Set.of()),
                new Entry(Menu.FOOT, 30, "/privacy", "policies.menu.privacy", Set.of()),
                new Entry(Menu.STAFF, 40, "/staff/announcements", "announcements.menu.staff", Set.of(Role.ANNOUNCER)),
                new Entry(Menu.STAFF, 45, "/staff/policies", "policies.menu.staff", Set.of(Role.ANNOUNCER)),
                new Entry(Menu.STAFF, 72, "/staff/reached", "announcements.menu.told", Set.of(Role.PRIVACY_OFFICER)));
    }

    private List<Fragment> home() {
        List<PublicAnnouncement> open = announcements.newest(RECENT).stream()
                .filter(AnnouncementsResource::open)
                .limit(ON_HOME)
                .toList();
        return List.of(new Fragment(
                40,
                "announcements/home",
                Map.of(
                        "open",
                        open,
                        "privacy",
                        policies.current(PolicyKind.PRIVACY).stream().toList(),
                        "upcoming",
                        policies.upcoming(PolicyKind.PRIVACY).stream().toList())));
    }

    @Override
    public List<Fragment> at(Place place, Visitor visitor) {
        if (place == Place.HOME) {
            return kept.get("announcements of the first page", this::home);
        }
        boolean announcer = visitor.has(Role.ANNOUNCER);
        if (place == Place.STAFF_HOME && (announcer || visitor.has(Role.ADMINISTRATOR))) {
            List<AnnouncementView> reviews = emergencies.unreviewed();
            if (!announcer && reviews.isEmpty()) {
                return List.of();
            }
            Map<String, Object> parameters =
                    announcer ? overview(visitor) : new HashMap<>(Map.of("waiting", List.of()));
            parameters.put("reviews", reviews);
            parameters.put("now", Now.by(clock));
            parameters.put("announcer", announcer);
            return List.of(new Fragment(40, "announcements/overview", parameters));
        }
        return List.of();
    }

    /** What waits for somebody, and for whom. */
    private Map<String, Object> overview(Visitor visitor) {
        List<AnnouncementView> recent = everything.newest(WAITING);
        Predicate<AnnouncementView> mine = view -> view.contributors().contains(visitor.account());
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("waiting", those(recent, view -> view.state() == AnnouncementState.SUBMITTED));
        parameters.put(
                "reviews",
                those(
                        recent,
                        view -> view.emergency()
                                .map(emergency -> emergency.review().isEmpty())
                                .orElse(false)));
        parameters.put(
                "back",
                those(
                        recent,
                        mine.and(view -> view.state() == AnnouncementState.DRAFT
                                && view.rejected().isPresent())));
        parameters.put("approved", those(recent, mine.and(view -> view.state() == AnnouncementState.APPROVED)));
        parameters.put("unconfirmed", endings.unconfirmed());
        // Who sends issues has it beside them.
        parameters.put("killSwitch", !visitor.has(Role.PUBLISHER));
        parameters.put("stopped", mailings.allStopped());
        return parameters;
    }

    private static List<AnnouncementView> those(List<AnnouncementView> all, Predicate<AnnouncementView> wanted) {
        return all.stream().filter(wanted).toList();
    }
}
