package org.tidings.web.announcements;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
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
import org.tidings.announcements.AnnouncementView;
import org.tidings.mail.Addressee;
import org.tidings.mail.Audience;
import org.tidings.mail.AudienceQuery;
import org.tidings.mail.Delivery;
import org.tidings.mail.DeliveryState;
import org.tidings.mail.Mailings;
import org.tidings.web.access.FreshSignIn;
import org.tidings.web.access.StaffRole;
import org.tidings.web.access.Visitor;
import org.tidings.web.mail.DeliveryLine;
import org.tidings.web.pages.Pages;

/**
 * Whom an announcement reached and whom not, by name: for privacy officers, who may know accounts, and on record. Announcers see
 * the figures.
 */
@Path("/staff/reached/{id: [0-9a-f-]{36}}")
public class ReachedResource {
    private static final int A_PAGE = 100;
    private static final int A_READ = 1_000;

    private final Pages pages;
    private final Visitor visitor;
    private final Workbench workbench;
    private final Mailings mailings;
    private final AuditLog auditLog;
    private final Instance<Audience> audiences;

    @Inject
    public ReachedResource(
            Pages pages,
            Visitor visitor,
            Workbench workbench,
            Mailings mailings,
            AuditLog auditLog,
            @Any Instance<Audience> audiences) {
        this.pages = pages;
        this.visitor = visitor;
        this.workbench = workbench;
        this.mailings = mailings;
        this.auditLog = auditLog;
        this.audiences = audiences;
    }

    @GET
    @StaffRole(Role.PRIVACY_OFFICER)
    @FreshSignIn
    public Response page(
            @PathParam("id") UUID id,
            @QueryParam("state") @Nullable DeliveryState state,
            @QueryParam("after") @Nullable UUID after) {
        AnnouncementView view = workbench.view(id);
        List<DeliveryLine> lines = lines(view, state, after, A_PAGE);
        auditLog.record(visitor.account(), "read-announcement-deliveries", "announcement", id, "");
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("view", view);
        parameters.put("lines", lines);
        parameters.put("state", Optional.ofNullable(state));
        parameters.put("more", lines.size() == A_PAGE);
        return pages.ok("announcements/reached", parameters);
    }

    @GET
    @Path("deliveries.csv")
    @StaffRole(Role.PRIVACY_OFFICER)
    @FreshSignIn
    public Response csv(@PathParam("id") UUID id) {
        AnnouncementView view = workbench.view(id);
        auditLog.record(visitor.account(), "export-announcement-deliveries", "announcement", id, "");
        return DeliveryLine.csv(after -> lines(view, null, after, A_READ));
    }

    private List<DeliveryLine> lines(
            AnnouncementView view, @Nullable DeliveryState state, @Nullable UUID after, int limit) {
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
                            account.map(one -> one.address().original()).orElse(""),
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
}
