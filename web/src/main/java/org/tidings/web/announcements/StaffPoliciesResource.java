package org.tidings.web.announcements;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.tidings.accounts.Role;
import org.tidings.announcements.AnnouncementRefused;
import org.tidings.announcements.AnnouncementRefused.FindingsOpen;
import org.tidings.announcements.Finding;
import org.tidings.announcements.Policies;
import org.tidings.announcements.PolicyKind;
import org.tidings.announcements.PolicyText;
import org.tidings.announcements.PolicyVersion;
import org.tidings.announcements.PolicyVersionId;
import org.tidings.site.Languages;
import org.tidings.site.WrittenLanguages;
import org.tidings.web.access.FreshSignIn;
import org.tidings.web.access.StaffRole;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.DiscardedDraft;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.PageModel;
import org.tidings.web.pages.Pages;
import org.tidings.web.pages.ShownBy;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/** Where policies are written. A new version is published by the announcement that tells everybody. */
@Path("/staff/policies")
public class StaffPoliciesResource {
    private static final String HOME = "/staff/policies";

    private final Pages pages;
    private final Visitor visitor;
    private final Policies policies;
    private final PolicyReach reach;
    private final WrittenLanguages languages;

    @Inject
    public StaffPoliciesResource(
            Pages pages, Visitor visitor, Policies policies, PolicyReach reach, WrittenLanguages languages) {
        this.pages = pages;
        this.visitor = visitor;
        this.policies = policies;
        this.reach = reach;
        this.languages = languages;
    }

    @GET
    @StaffRole(Role.ANNOUNCER)
    public Response list() {
        List<PolicyVersion> all = policies.all();
        return pages.ok(new PoliciesPage(all, List.of(PolicyKind.values()), reach.of(all), discarded()));
    }

    private List<DiscardedDraft> discarded() {
        return policies.discarded().entrySet().stream()
                .map(draft -> new DiscardedDraft(
                        pages.t("policies.title." + draft.getKey().kind().slug()) + " · "
                                + pages.t("policies.version", draft.getKey().number()),
                        draft.getValue(),
                        path(draft.getKey()) + "/bring-back"))
                .toList();
    }

    @POST
    @Path("{kind: privacy|terms}/draft")
    @StaffRole(Role.ANNOUNCER)
    public Response draft(@PathParam("kind") String slug) {
        PolicyKind kind = PolicyKind.ofSlug(slug).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
        return pages.seeOther(path(policies.draft(visitor.account(), kind)));
    }

    @GET
    @Path(AnnouncementsResource.ID)
    @StaffRole(Role.ANNOUNCER)
    public Response show(@PathParam("id") UUID id) {
        PolicyVersion version = version(id);
        return pages.ok(editing(version, filled(version, Form.empty())));
    }

    private static Form filled(PolicyVersion version, Form form) {
        form.fill("effective", version.effectiveOn().toString());
        version.texts()
                .forEach((language, text) -> form.fill(language.getLanguage() + ".markdown", text.markdown())
                        .fill(language.getLanguage() + ".summary", text.summary()));
        return form;
    }

    private PolicyEditPage editing(PolicyVersion version, Form form) {
        boolean draft = version.publishedAt().isEmpty();
        return new PolicyEditPage(
                version,
                form,
                languages.with(version.texts().keySet()),
                policies.noticeDays(),
                policies.html(version.text(Locale.ENGLISH).markdown()),
                draft ? policies.findings(version) : List.of(),
                draft && version.number() > 1 ? unsaid(version) : List.of());
    }

    private static List<Locale> unsaid(PolicyVersion version) {
        return version.texts().entrySet().stream()
                .filter(text -> text.getValue().summary().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    @POST
    @Path(AnnouncementsResource.ID)
    @StaffRole(Role.ANNOUNCER)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response save(@PathParam("id") UUID id, MultivaluedMap<String, String> sent) {
        PolicyVersion version = evenIfDiscarded(id);
        Form form = Form.of(sent);
        LocalDate effective = effective(form, version);
        Map<Locale, PolicyText> texts = new LinkedHashMap<>();
        for (Locale language : Languages.ALL) {
            texts.put(
                    language,
                    new PolicyText(
                            form.value(language.getLanguage() + ".markdown"),
                            form.value(language.getLanguage() + ".summary")));
        }
        if (form.valid()) {
            try {
                policies.edit(visitor.account(), version.id(), revision(form), effective, texts);
                return pages.done(path(version), "policies.done.saved");
            } catch (AnnouncementRefused refused) {
                if (!RefusalWords.into(form, refused, List.of())) {
                    return pages.refused(path(version), RefusalWords.key(refused));
                }
            }
        }
        return pages.invalid(editing(version, form));
    }

    private static long revision(Form form) {
        try {
            return Long.parseLong(form.trimmed("revision"));
        } catch (NumberFormatException notANumber) {
            return -1;
        }
    }

    private static LocalDate effective(Form form, PolicyVersion version) {
        try {
            return LocalDate.parse(form.trimmed("effective"));
        } catch (DateTimeException unreadable) {
            form.reject("effective", "policies.refused.date");
            return version.effectiveOn();
        }
    }

    @POST
    @Path(AnnouncementsResource.ID + "/publish")
    @StaffRole(Role.ANNOUNCER)
    @FreshSignIn
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response publish(@PathParam("id") UUID id, MultivaluedMap<String, String> sent) {
        PolicyVersion version = version(id);
        Form form = Form.of(sent);
        List<Finding> findings = policies.findings(version);
        try {
            policies.publishFirst(visitor.account(), version.id(), FindingReasons.read(form, findings));
            return pages.done(HOME, "policies.done.published");
        } catch (FindingsOpen open) {
            FindingReasons.reject(form, findings, open);
            return pages.invalid(editing(version, filled(version, form)));
        } catch (AnnouncementRefused refused) {
            return pages.refused(path(version), "policies.refused.publish");
        }
    }

    @POST
    @Path(AnnouncementsResource.ID + "/discard")
    @StaffRole(Role.ANNOUNCER)
    public Response discard(@PathParam("id") UUID id) {
        PolicyVersion version = version(id);
        try {
            policies.discard(visitor.account(), version.id());
            return pages.done(HOME, "policies.done.discarded");
        } catch (AnnouncementRefused refused) {
            return pages.refused(path(version), RefusalWords.key(refused));
        }
    }

    @POST
    @Path(AnnouncementsResource.ID + "/bring-back")
    @StaffRole(Role.ANNOUNCER)
    public Response bringBack(@PathParam("id") UUID id) {
        try {
            return pages.done(
                    path(policies.bringBack(visitor.account(), new PolicyVersionId(id))), "site.discarded.done");
        } catch (AnnouncementRefused gone) {
            return pages.refused(HOME, RefusalWords.key(gone));
        }
    }

    /** What somebody writes is not lost because another has thrown the draft away: it comes back, and says that it was changed. */
    private PolicyVersion evenIfDiscarded(UUID id) {
        PolicyVersionId version = new PolicyVersionId(id);
        return policies.find(version).orElseGet(() -> {
            try {
                return policies.bringBack(visitor.account(), version);
            } catch (AnnouncementRefused gone) {
                throw new Problem(ProblemType.NOT_FOUND);
            }
        });
    }

    private PolicyVersion version(UUID id) {
        return policies.find(new PolicyVersionId(id)).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
    }

    private static String path(PolicyVersion version) {
        return HOME + "/" + version.id().value();
    }

    @ShownBy("announcements/policies")
    public record PoliciesPage(
            List<PolicyVersion> versions,
            List<PolicyKind> kinds,
            Map<PolicyVersionId, PolicyReach.Reach> reach,
            List<DiscardedDraft> discarded)
            implements PageModel {}

    /** @param unsaid languages that have a text and no summary of what changes */
    @ShownBy("announcements/policyedit")
    public record PolicyEditPage(
            PolicyVersion version,
            Form form,
            List<Locale> languages,
            int noticeDays,
            String html,
            List<Finding> findings,
            List<Locale> unsaid)
            implements PageModel {}
}
