package org.tidings.web.accounts;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AccountView;
import org.tidings.accounts.Accounts;
import org.tidings.accounts.AuditLog;
import org.tidings.accounts.Role;
import org.tidings.web.access.StaffRole;
import org.tidings.web.pages.Pages;

/** What staff did, newest first. */
@Path("/staff/audit")
public class AuditResource {

    private static final int SHOWN = 200;

    private final Pages pages;
    private final AuditLog audit;
    private final Accounts accounts;

    @Inject
    public AuditResource(Pages pages, AuditLog audit, Accounts accounts) {
        this.pages = pages;
        this.audit = audit;
        this.accounts = accounts;
    }

    @GET
    @StaffRole({Role.ADMINISTRATOR, Role.PRIVACY_OFFICER})
    public Response newest() {
        List<AuditLog.AuditEntry> entries = audit.newest(Optional.empty(), Optional.empty(), SHOWN);
        Map<AccountId, String> names = new HashMap<>();
        entries.forEach(entry -> names.computeIfAbsent(
                entry.actor(),
                id -> accounts.find(id).map(AuditResource::nameOf).orElse("")));
        return pages.ok("accounts/audit", Map.of("entries", entries, "names", names));
    }

    private static String nameOf(AccountView account) {
        return account.name().isEmpty() ? account.address().original() : account.name();
    }
}
