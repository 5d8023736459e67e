package org.tidings.web.announcements;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.AllAccounts;
import org.tidings.accounts.AuditLog;
import org.tidings.accounts.Role;
import org.tidings.announcements.AnnouncementAction;
import org.tidings.announcements.AnnouncementView;
import org.tidings.announcements.StaffAnnouncements;
import org.tidings.mail.Addressee;
import org.tidings.mail.Audience;
import org.tidings.mail.AudienceQuery;
import org.tidings.mail.Delivery;
import org.tidings.mail.DeliveryState;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.Mailings;
import org.tidings.web.access.FreshSignIn;
import org.tidings.web.access.StaffRole;
import org.tidings.web.access.Visitor;
import org.tidings.web.mail.DeliveryLine;
import org.tidings.web.mail.WrittenTo;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.PageModel;
import org.tidings.web.pages.Pages;
import org.tidings.web.pages.ShownBy;
import org.tidings.web.pages.TypedAddress;

/**
 * Whom an announcement reached and whom not, by name: for privacy officers, who may know accounts, and on record. Announcers see
 * the figures.
 */
@Path("/staff/reached")
public class ReachedResource {
    private static final String ONE = "{id: [0-9a-f-]{36}}";
    private static final int LISTED = 200;
    private static final int A_PAGE = 100;
    private static final int A_READ = 1_000;

    private final Pages pages;
    private final Visitor visitor;
    private final Workbench workbench;
    private final StaffAnnouncements announcements;
    private final Mailings mailings;
    private final WrittenTo writtenTo;
    private final AuditLog auditLog;
    private final Instance<Audience> audiences;

    @Inject
    public ReachedResource(
            Pages pages,
            Visitor visitor,
            Workbench workbench,
            StaffAnnouncements announcements,
            Mailings mailings,
            WrittenTo writtenTo,
            AuditLog auditLog,
            @Any Instance<Audience> audiences) {
        this.pages = pages;
        this.visitor = visitor;
        this.workbench = workbench;
        this.announcements = announcements;
        this.mailings = mailings;
        this.writtenTo = writtenTo;
        this.auditLog = auditLog;
        this.audiences = audiences;
    }

    /** The announcements that went out: the way to whom they reached. */
    @GET
    @StaffRole(Role.PRIVACY_OFFICER)
    public Response list() {
        return pages.ok(new ToldPage(announcements.newest(LISTED).stream()
                .filter(view -> view.mailing().isPresent())
                .toList()));
    }

    @GET
    @Path(ONE)
    @StaffRole(Role.PRIVACY_OFFICER)
    @FreshSignIn
    public Response page(
            @PathParam("id") UUID id,
            @QueryParam("state") @Nullable DeliveryState state,
            @QueryParam("after") @Nullable UUID after) {
        AnnouncementView view = workbench.view(id);
        auditLog.record(visitor.account(), AnnouncementAction.READ_ANNOUNCEMENT_DELIVERIES, "announcement", id, "");
        return page(200, view, state, after, Form.empty(), Optional.empty());
    }

    private Response page(
            int status,
            AnnouncementView view,
            @Nullable DeliveryState state,
            @Nullable UUID after,
            Form form,
            Optional<List<Delivery>> told) {
        List<DeliveryLine> lines = lines(view, state, after, A_PAGE, pages.t("issues.deliveries.moved"));
        return pages.respond(
                status, new ReachedPage(view, lines, Optional.ofNullable(state), lines.size() == A_PAGE, form, told));
    }

    /** Answers by the keyed hash of the address, so also for who has another one now, or is erased. A POST: it stays out of addresses. */
    @POST
    @Path(ONE + "/told")
    @StaffRole(Role.PRIVACY_OFFICER)
    @FreshSignIn
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response told(@PathParam("id") UUID id, MultivaluedMap<String, String> sent) {
        AnnouncementView view = workbench.view(id);
        Form form = Form.of(sent);
        Optional<EmailAddress> address = TypedAddress.read(form, "address");
        if (address.isEmpty()) {
            return page(422, view, null, null, form, Optional.empty());
        }
        auditLog.record(visitor.account(), AnnouncementAction.ASK_ANNOUNCEMENT_ADDRESS, "announcement", id, "");
        List<Delivery> told = view.mailing()
                .map(mailing -> mailings.deliveriesTo(mailing, address.get()))
                .orElse(List.of());
        return page(200, view, null, null, form, Optional.of(told));
    }

    @GET
    @Path(ONE + "/deliveries.csv")
    @StaffRole(Role.PRIVACY_OFFICER)
    @FreshSignIn
    public Response csv(@PathParam("id") UUID id) {
        AnnouncementView view = workbench.view(id);
        auditLog.record(visitor.account(), AnnouncementAction.EXPORT_ANNOUNCEMENT_DELIVERIES, "announcement", id, "");
        return DeliveryLine.csv(after -> lines(view, null, after, A_READ, ""));
    }

    /** @param moved what stands in the place of an address that is not the one written to */
    private List<DeliveryLine> lines(
            AnnouncementView view, @Nullable DeliveryState state, @Nullable UUID after, int limit, String moved) {
        if (view.mailing().isEmpty()) {
            return List.of();
        }
        List<Delivery> deliveries = mailings.deliveries(view.mailing().get(), state, after, limit);
        Map<UUID, Addressee> who =
                who(view, deliveries.stream().map(Delivery::recipient).toList());
        return deliveries.stream()
                .map(delivery -> {
                    Optional<Addressee> account = Optional.ofNullable(who.get(delivery.recipient()));
                    return new DeliveryLine(
                            delivery,
                            account.map(one -> one.address().original())
                                    .map(now -> writtenTo.still(delivery, now) ? now : moved)
                                    .orElse(""),
                            account.map(Addressee::name).orElse(""),
                            "/staff/accounts/" + delivery.recipient());
                })
                .toList();
    }

    private Map<UUID, Addressee> who(AnnouncementView view, List<UUID> accounts) {
        AudienceQuery query =
                new AudienceQuery(view.content().type().mailKind(), view.id().value(), workbench.now());
        return audiences.stream()
                .filter(audience -> audience.name().equals(AllAccounts.NAME))
                .flatMap(audience -> audience.lookUp(query, accounts).stream())
                .collect(Collectors.toMap(Addressee::recipient, Function.identity()));
    }

    /** @param told what became of the mails to the typed address; empty where none was asked for */
    @ShownBy("announcements/reached")
    public record ReachedPage(
            AnnouncementView view,
            List<DeliveryLine> lines,
            Optional<DeliveryState> state,
            boolean more,
            Form form,
            Optional<List<Delivery>> told)
            implements PageModel {}

    @ShownBy("announcements/told")
    public record ToldPage(List<AnnouncementView> sent) implements PageModel {}
}
