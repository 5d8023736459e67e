package org.tidings.web.newsletter;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tidings.accounts.Role;
import org.tidings.mail.Mailings;
import org.tidings.newsletter.IssueView;
import org.tidings.newsletter.Issues;
import org.tidings.newsletter.NewsletterView;
import org.tidings.newsletter.Newsletters;
import org.tidings.newsletter.SubscriptionState;
import org.tidings.newsletter.Subscriptions;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Fragment;
import org.tidings.web.pages.Fragments;
import org.tidings.web.pages.Kept;
import org.tidings.web.pages.Navigation;

/** What newsletters show on pages of others: the home page, the overviews, the menus. */
@ApplicationScoped
class NewsletterParts implements Fragments, Navigation {

    private static final int ISSUES_SHOWN = 3;

    @Inject
    Newsletters newsletters;

    @Inject
    Issues issues;

    @Inject
    Subscriptions subscriptions;

    @Inject
    Mailings mailings;

    @Inject
    IssueStandings standings;

    @Inject
    Kept kept;

    @Override
    public List<Fragment> at(Place place, Visitor visitor) {
        return switch (place) {
            case HOME -> home();
            case STAFF_HOME -> staff(visitor);
            case MEMBER_HOME -> member(visitor);
        };
    }

    private List<Fragment> home() {
        List<NewsletterView> offered = kept.get("newsletters of the first page", newsletters::offered);
        return offered.isEmpty()
                ? List.of()
                : List.of(new Fragment(20, "newsletters/home", Map.of("newsletters", offered, "form", Form.empty())));
    }

    private List<Fragment> staff(Visitor visitor) {
        if (!visitor.has(Role.EDITOR) && !visitor.has(Role.PUBLISHER)) {
            return List.of();
        }
        List<IssueView> latest = issues.latest(null, ISSUES_SHOWN);
        return List.of(new Fragment(
                20,
                "issues/card",
                Map.of(
                        "issues",
                        latest,
                        "standing",
                        standings.of(latest),
                        "mayStop",
                        visitor.has(Role.PUBLISHER),
                        "stopped",
                        mailings.allStopped())));
    }

    private List<Fragment> member(Visitor visitor) {
        List<String> names = visitor.session().stream()
                .flatMap(session -> subscriptions.of(session.account()).stream())
                .filter(s -> s.state() == SubscriptionState.CONFIRMED)
                .map(s -> s.newsletter().name())
                .toList();
        return List.of(new Fragment(20, "newsletters/card", Map.of("names", names)));
    }

    @Override
    public List<Entry> entries() {
        Set<Role> both = Set.of(Role.EDITOR, Role.PUBLISHER);
        return List.of(
                new Entry(Menu.MEMBER, 21, "/me/details", "newsletters.known.title", Set.of()),
                new Entry(Menu.FOOT, 3, "/newsletters", "newsletters.home.title", Set.of()),
                new Entry(Menu.FOOT, 5, "/manage", "newsletters.manage.foot", Set.of()),
                new Entry(Menu.MEMBER, 20, "/me/subscriptions", "newsletters.mine.title", Set.of()),
                new Entry(Menu.STAFF, 20, "/staff/issues", "issues.list.title", both),
                new Entry(Menu.STAFF, 21, "/staff/newsletters", "issues.newsletters.title", both),
                new Entry(Menu.STAFF, 22, "/staff/subscribers", "subscribers.list.title", Set.of(Role.PUBLISHER)),
                new Entry(Menu.STAFF, 23, "/staff/segments", "subscribers.segments.title", both),
                new Entry(Menu.STAFF, 24, "/staff/readers", "subscribers.reader.find", Set.of(Role.PRIVACY_OFFICER)),
                new Entry(Menu.STAFF, 27, "/staff/webhooks", "issues.hooks.title", Set.of(Role.PUBLISHER)));
    }
}
