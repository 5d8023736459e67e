package org.tidings.web.announcements;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.tidings.announcements.AnnouncementId;
import org.tidings.announcements.Policies;
import org.tidings.announcements.PolicyVersion;
import org.tidings.announcements.PublicAnnouncements;
import org.tidings.announcements.PublicAnnouncements.PublicAnnouncement;
import org.tidings.web.access.Public;
import org.tidings.web.pages.PageModel;
import org.tidings.web.pages.Pages;
import org.tidings.web.pages.ShownBy;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/** What everybody may read about the service. */
@Path("/announcements")
public class AnnouncementsResource {
    private static final int SHOWN = 100;
    static final String ID = "{id: [0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}}";

    private final Pages pages;
    private final PublicAnnouncements announcements;
    private final Policies policies;

    @Inject
    public AnnouncementsResource(Pages pages, PublicAnnouncements announcements, Policies policies) {
        this.pages = pages;
        this.announcements = announcements;
        this.policies = policies;
    }

    @GET
    @Public
    public Response list() {
        List<PublicAnnouncement> all = announcements.newest(SHOWN);
        return pages.ok(new ListPage(
                all.stream().filter(AnnouncementsResource::open).toList(),
                all.stream().filter(thread -> !open(thread)).toList()));
    }

    static boolean open(PublicAnnouncement thread) {
        return switch (thread.standing()) {
            case UPCOMING, UNDER_WAY, UNCONFIRMED -> true;
            case COMPLETED, CANCELLED, PUBLISHED -> false;
        };
    }

    @GET
    @Path(ID)
    @Public
    public Response show(@PathParam("id") UUID id) {
        PublicAnnouncement thread =
                announcements.find(new AnnouncementId(id)).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
        return pages.ok(
                new ShowPage(thread, thread.latest().content().policyVersion().flatMap(policies::find)));
    }

    @ShownBy("announcements/list")
    public record ListPage(List<PublicAnnouncement> open, List<PublicAnnouncement> past) implements PageModel {}

    /** @param policy the version that it published */
    @ShownBy("announcements/show")
    public record ShowPage(PublicAnnouncement thread, Optional<PolicyVersion> policy) implements PageModel {}
}
