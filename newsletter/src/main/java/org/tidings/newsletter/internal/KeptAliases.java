package org.tidings.newsletter.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AuditLog;
import org.tidings.newsletter.NewsletterAction;
import org.tidings.newsletter.NewsletterAliases;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.NewsletterUnknown;
import org.tidings.newsletter.NewsletterView;
import org.tidings.newsletter.Newsletters;
import org.tidings.site.Sql;
import org.tidings.site.Transactional;

/** Ids of other systems in the database. */
@ApplicationScoped
@Transactional
class KeptAliases implements NewsletterAliases {

    private final Sql sql;
    private final Newsletters newsletters;
    private final AuditLog auditLog;

    @SuppressWarnings("NullAway") // for the container's proxy
    KeptAliases() {
        this(null, null, null);
    }

    @Inject
    KeptAliases(@NewsletterDb DataSource dataSource, Newsletters newsletters, AuditLog auditLog) {
        this.sql = new Sql(dataSource);
        this.newsletters = newsletters;
        this.auditLog = auditLog;
    }

    @Override
    public Set<NewsletterId> meant(Set<UUID> aliases) {
        Set<UUID> meant = new HashSet<>(aliases);
        for (UUID alias : aliases) {
            sql.first("select newsletter from newsletter.newsletter_alias where alias = ?", KeptAliases::id, alias)
                    .ifPresent(meant::add);
        }
        return newsletters.offered().stream()
                .map(NewsletterView::id)
                .filter(id -> meant.contains(id.value()))
                .collect(Collectors.toSet());
    }

    @Override
    public Set<UUID> of(NewsletterId newsletter) {
        return Set.copyOf(sql.list(
                "select alias from newsletter.newsletter_alias where newsletter = ?",
                KeptAliases::id,
                newsletter.value()));
    }

    @Override
    public void set(NewsletterId newsletter, Set<UUID> aliases, AccountId by) {
        if (newsletters.find(newsletter).isEmpty()) {
            throw new NewsletterUnknown();
        }
        if (aliases.size() > MOST) {
            throw new IllegalArgumentException("more than " + MOST + " ids for one newsletter");
        }
        sql.update("delete from newsletter.newsletter_alias where newsletter = ?", newsletter.value());
        List<UUID> sorted = aliases.stream().sorted().toList();
        for (UUID alias : sorted) {
            boolean ours = newsletters.find(new NewsletterId(alias)).isPresent();
            // Two people at once: whoever comes second waits, and is told.
            if (ours
                    || sql.update(
                                    "insert into newsletter.newsletter_alias (alias, newsletter) values (?, ?) on conflict do nothing",
                                    alias,
                                    newsletter.value())
                            == 0) {
                throw new AliasTaken(alias);
            }
        }
        auditLog.record(
                by, NewsletterAction.NAME_ELSEWHERE, "newsletter", newsletter.value(), Integer.toString(sorted.size()));
    }

    private static UUID id(ResultSet row) throws SQLException {
        return row.getObject(1, UUID.class);
    }
}
