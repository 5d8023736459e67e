package org.tidings.newsletter.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AuditLog;
import org.tidings.newsletter.AttributeOrigin;
import org.tidings.newsletter.NewsletterAction;
import org.tidings.newsletter.SubscriberId;
import org.tidings.newsletter.Tags;
import org.tidings.newsletter.internal.knowing.TagBook;
import org.tidings.site.Now;
import org.tidings.site.Sql;
import org.tidings.site.Transactional;

/** Tags in the database. */
@ApplicationScoped
@Transactional
class StoredTags implements Tags {

    private final TagBook book;
    private final AuditLog auditLog;
    private final Clock clock;

    @SuppressWarnings("NullAway") // for the container's proxy
    StoredTags() {
        this((DataSource) null, null, null);
    }

    @Inject
    StoredTags(@NewsletterDb DataSource dataSource, AuditLog auditLog, Clock clock) {
        this.book = new TagBook(new Sql(dataSource));
        this.auditLog = auditLog;
        this.clock = clock;
    }

    @Override
    public List<String> all() {
        return book.all();
    }

    @Override
    public Map<UUID, List<String>> of(Collection<UUID> readers) {
        return book.of(readers);
    }

    @Override
    public List<String> of(SubscriberId reader) {
        return book.of(List.of(reader.value())).getOrDefault(reader.value(), List.of());
    }

    @Override
    public void set(SubscriberId reader, Collection<String> names, AttributeOrigin origin) {
        book.keepOnly(reader.value(), names);
        add(names.stream().map(name -> new Tagged(reader.value(), name)).toList(), origin);
    }

    @Override
    public long add(Collection<Tagged> tagged, AttributeOrigin origin) {
        return book.add(tagged, origin, Now.by(clock));
    }

    @Override
    public void remove(String name, AccountId by) {
        book.find(name).ifPresent(tag -> {
            book.delete(tag);
            auditLog.record(by, NewsletterAction.REMOVE_TAG, "tag", tag, "");
        });
    }
}
