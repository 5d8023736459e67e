package org.tidings.web.announcements;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.tidings.accounts.Role;
import org.tidings.announcements.AnnouncementState;
import org.tidings.announcements.AnnouncementView;
import org.tidings.announcements.Emergencies;
import org.tidings.announcements.Endings;
import org.tidings.announcements.Policies;
import org.tidings.announcements.PolicyKind;
import org.tidings.announcements.PolicyVersion;
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
import org.tidings.web.pages.PageModel;
import org.tidings.web.pages.ShownBy;

/** Where announcements and policies appear on pages of others. */
@ApplicationScoped
public class AnnouncementPlaces implements Navigation, Fragments {
    private static final int ORDER = 40;
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
                ORDER,
                new HomePart(open, policies.current(PolicyKind.PRIVACY), policies.upcoming(PolicyKind.PRIVACY))));
    }

    @Override
    public List<Fragment> at(Place place, Visitor visitor) {
        if (place == Place.HOME) {
            return kept.get("announcements of the first page", this::home);
        }
        boolean announcer = visitor.has(Role.ANNOUNCER);
        if (place == Place.STAFF_HOME && (announcer || visitor.has(Role.ADMINISTRATOR))) {
            List<AnnouncementView> reviews = emergencies.unreviewed();
            if (announcer) {
                return List.of(new Fragment(ORDER, overview(visitor, reviews)));
            }
            return reviews.isEmpty() ? List.of() : List.of(new Fragment(ORDER, toStop(reviews)));
        }
        return List.of();
    }

    /** What an administrator may stop; nothing else of it is hers. */
    private OverviewPart toStop(List<AnnouncementView> reviews) {
        return new OverviewPart(
                List.of(), reviews, Now.by(clock), false, List.of(), List.of(), List.of(), false, false);
    }

    /** What waits for somebody, and for whom. */
    private OverviewPart overview(Visitor visitor, List<AnnouncementView> reviews) {
        List<AnnouncementView> recent = everything.newest(WAITING);
        Predicate<AnnouncementView> mine = view -> view.contributors().contains(visitor.account());
        return new OverviewPart(
                those(recent, view -> view.state() == AnnouncementState.SUBMITTED),
                reviews,
                Now.by(clock),
                true,
                those(
                        recent,
                        mine.and(view -> view.state() == AnnouncementState.DRAFT
                                && view.rejected().isPresent())),
                those(recent, mine.and(view -> view.state() == AnnouncementState.APPROVED)),
                endings.unconfirmed(),
                // Who sends issues has it beside them.
                !visitor.has(Role.PUBLISHER),
                mailings.allStopped());
    }

    private static List<AnnouncementView> those(List<AnnouncementView> all, Predicate<AnnouncementView> wanted) {
        return all.stream().filter(wanted).toList();
    }

    /** On the first page. */
    @ShownBy("announcements/home")
    public record HomePart(
            List<PublicAnnouncement> open, Optional<PolicyVersion> privacy, Optional<PolicyVersion> upcoming)
            implements PageModel {}

    /**
     * On the overview of staff: what waits for somebody.
     *
     * @param back drafts of the reader's that were sent back
     * @param approved drafts of the reader's that can be published
     * @param killSwitch whether the reader stops all sending here
     */
    @ShownBy("announcements/overview")
    public record OverviewPart(
            List<AnnouncementView> waiting,
            List<AnnouncementView> reviews,
            OffsetDateTime now,
            boolean announcer,
            List<AnnouncementView> back,
            List<AnnouncementView> approved,
            List<AnnouncementView> unconfirmed,
            boolean killSwitch,
            boolean stopped)
            implements PageModel {}
}
