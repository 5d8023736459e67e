package org.tidings.web.announcements;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AccountView;
import org.tidings.accounts.Accounts;
import org.tidings.announcements.AnnouncementId;
import org.tidings.announcements.AnnouncementState;
import org.tidings.announcements.AnnouncementType;
import org.tidings.announcements.AnnouncementView;
import org.tidings.announcements.Deciders;
import org.tidings.announcements.Drafts;
import org.tidings.announcements.Endings;
import org.tidings.announcements.Policies;
import org.tidings.announcements.PublicAnnouncements;
import org.tidings.announcements.PublicAnnouncements.Standing;
import org.tidings.announcements.Publications;
import org.tidings.announcements.StaffAnnouncements;
import org.tidings.announcements.Window;
import org.tidings.mail.AudienceCount;
import org.tidings.mail.MailingProgress;
import org.tidings.mail.Mailings;
import org.tidings.mail.SendingFigures;
import org.tidings.site.Now;
import org.tidings.site.WrittenLanguages;
import org.tidings.web.SiteSettings;
import org.tidings.web.access.Visitor;
import org.tidings.web.announcements.ApprovalResource.ApprovePage;
import org.tidings.web.announcements.DraftsResource.EditPage;
import org.tidings.web.announcements.PublicationResource.PublishPage;
import org.tidings.web.announcements.StaffAnnouncementsResource.SendingPart;
import org.tidings.web.announcements.StaffAnnouncementsResource.WorkbenchPage;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Pages;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/** Gathers what the staff pages of announcements show. */
@RequestScoped
public class Workbench {
    private static final int RECENT = 50;

    @Inject
    StaffAnnouncements announcements;

    @Inject
    Drafts drafts;

    @Inject
    Publications publications;

    @Inject
    Endings endings;

    @Inject
    PublicAnnouncements published;

    @Inject
    Mailings mailings;

    @Inject
    SendingFigures figures;

    @Inject
    Accounts accounts;

    @Inject
    Policies policies;

    @Inject
    Visitor visitor;

    @Inject
    SiteSettings settings;

    @Inject
    Deciders deciders;

    @Inject
    Pages pages;

    @Inject
    Clock clock;

    @Inject
    WrittenLanguages languages;

    AnnouncementView view(UUID id) {
        return find(new AnnouncementId(id)).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
    }

    Optional<AnnouncementView> find(AnnouncementId announcement) {
        return announcements.find(announcement);
    }

    /** An empty form of this type, with the site's zone and undo window. */
    Form blank(AnnouncementType type) {
        return Form.empty()
                .fill("type", Words.kebab(type))
                .fill("zone", zone())
                .fill("undo", String.valueOf(drafts.undoMinutes()));
    }

    private String zone() {
        return settings.zone().getId();
    }

    EditPage editing(Form form, Optional<AnnouncementView> view) {
        AnnouncementType type = AnnouncementForm.type(form.trimmed("type"));
        if (form.trimmed("zone").isEmpty()) {
            form.fill("zone", zone());
        }
        String zone = form.trimmed("zone");
        return new EditPage(
                form,
                type,
                view,
                AnnouncementForm.zones(zone),
                policyDrafts(type),
                languages.with(
                        view.map(known -> known.content().wordings().keySet()).orElse(Set.of())),
                drafts.undoMinutes(),
                AnnouncementForm.twice(form, zone, "start", "end"));
    }

    private Map<String, String> policyDrafts(AnnouncementType type) {
        Map<String, String> versions = new LinkedHashMap<>();
        policies.all().stream()
                .filter(version -> type.policyKind().equals(Optional.of(version.kind())))
                .filter(version -> version.publishedAt().isEmpty())
                .forEach(version -> versions.put(
                        version.id().value().toString(), version.number() + " · " + version.effectiveOn()));
        return versions;
    }

    WorkbenchPage showing(AnnouncementView view) {
        return new WorkbenchPage(
                view,
                names(view),
                mine(view),
                sending(view),
                announcements.thread(view.thread()),
                Form.empty(),
                policyParts(view),
                announcements.cautions(view.id()),
                view.state() == AnnouncementState.PUBLISHED
                        && !endings.choices(view.id()).none(),
                unconfirmed(view));
    }

    private boolean mine(AnnouncementView view) {
        return view.contributors().contains(visitor.account());
    }

    /** The window whose end is past, if this is what nobody has said the end of. */
    private Optional<Window> unconfirmed(AnnouncementView view) {
        return view.state() != AnnouncementState.PUBLISHED
                ? Optional.empty()
                : published
                        .find(view.id())
                        .filter(thread -> thread.standing() == Standing.UNCONFIRMED)
                        .flatMap(thread -> thread.latest().content().window());
    }

    /** {@code 11:46 CET}; empty where it goes out at once. */
    Optional<String> goesOut(AnnouncementId announcement) {
        return find(announcement)
                .flatMap(AnnouncementView::publishedAt)
                .filter(at -> at.isAfter(now()))
                .map(at -> at.atZoneSameInstant(settings.zone()))
                .map(at -> at.format(DateTimeFormatter.ofPattern("HH:mm zzz", visitor.language())));
    }

    /** Everything of the policy that the announcement publishes. */
    private List<PolicyPart> policyParts(AnnouncementView view) {
        return view.content().policyVersion().flatMap(policies::find).stream()
                .flatMap(version -> PolicyPart.of(policies, version).stream())
                .toList();
    }

    ApprovePage approving(AnnouncementView view, Form form) {
        return new ApprovePage(
                view,
                names(view),
                mine(view),
                form,
                publications.audience(view.id()),
                policyParts(view),
                announcements.cautions(view.id()));
    }

    PublishPage publishing(AnnouncementView view, Form form, boolean emergency) {
        AudienceCount audience = publications.audience(view.id());
        return new PublishPage(
                view,
                form,
                emergency,
                audience,
                leftOut(audience),
                publications.monthlyUse(),
                announcements.newest(RECENT).stream()
                        .filter(other -> other.audienceCount().isPresent())
                        .findFirst(),
                announcements.cautions(view.id()));
    }

    private static Map<String, Long> leftOut(AudienceCount audience) {
        Map<String, Long> byReason = new LinkedHashMap<>();
        audience.leftOut().forEach((reason, count) -> byReason.put(Words.kebab(reason), count));
        return byReason;
    }

    /** What moves while it is sent. */
    SendingPart sending(AnnouncementView view) {
        return new SendingPart(
                view, progress(view), view.mailing().flatMap(figures::stopped), now(), mailings.allStopped());
    }

    Optional<MailingProgress> progress(AnnouncementView view) {
        return view.mailing().flatMap(mailings::progress);
    }

    OffsetDateTime now() {
        return Now.by(clock);
    }

    Map<AccountId, String> names(AnnouncementView view) {
        Map<AccountId, String> names = new HashMap<>();
        view.contributors().forEach(account -> names.put(account, name(account)));
        List.of(view.submitted(), view.approved(), view.rejected(), view.published())
                .forEach(step -> step.ifPresent(decision -> names.put(decision.by(), name(decision.by()))));
        view.emergency()
                .flatMap(AnnouncementView.Emergency::review)
                .ifPresent(review -> names.put(review.by(), name(review.by())));
        deciders.of(view.id())
                .forEach((account, then) -> names.computeIfPresent(account, (id, now) -> asThen(id, then, now)));
        return names;
    }

    /** The name of the deed stays, also when that person has another one now or is gone (ANN-07). */
    private String asThen(AccountId account, Deciders.Decider then, String now) {
        String name = then.name().isBlank() ? now : then.name();
        if (accounts.find(account).isPresent()) {
            return name;
        }
        String roles = then.roles().stream()
                .map(role -> pages.t("accounts.role." + role.name().toLowerCase(Locale.ROOT)))
                .collect(Collectors.joining(", "));
        return then.name().isBlank()
                ? pages.t("announcements.decider.unnamed", roles)
                : pages.t("announcements.decider.gone", name, roles);
    }

    private String name(AccountId account) {
        return accounts.find(account)
                .map(AccountView::name)
                .filter(name -> !name.isBlank())
                .orElse("–");
    }
}
