package org.tidings.newsletter.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AuditLog;
import org.tidings.newsletter.AttributeDetails;
import org.tidings.newsletter.AttributeId;
import org.tidings.newsletter.AttributeOrigin;
import org.tidings.newsletter.AttributeParty;
import org.tidings.newsletter.AttributeUnknown;
import org.tidings.newsletter.AttributeValue;
import org.tidings.newsletter.AttributeValueRejected;
import org.tidings.newsletter.AttributeValueRejected.Reason;
import org.tidings.newsletter.AttributeValuesRejected;
import org.tidings.newsletter.AttributeView;
import org.tidings.newsletter.Attributes;
import org.tidings.newsletter.ChangedMeanwhile;
import org.tidings.newsletter.NewsletterAction;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.SubscriberId;
import org.tidings.newsletter.internal.knowing.AttributeBook;
import org.tidings.newsletter.internal.knowing.FormAnswers;
import org.tidings.site.Now;
import org.tidings.site.Secrets;
import org.tidings.site.Sql;
import org.tidings.site.Transactional;

/** Attributes in the database. */
@ApplicationScoped
@Transactional
class StoredAttributes implements Attributes {

    private final AttributeBook book;
    private final Sql sql;
    private final AuditLog auditLog;
    private final Clock clock;

    @SuppressWarnings("NullAway") // for the container's proxy
    StoredAttributes() {
        this((DataSource) null, null, null);
    }

    @Inject
    StoredAttributes(@NewsletterDb DataSource dataSource, AuditLog auditLog, Clock clock) {
        this.sql = new Sql(dataSource);
        this.book = new AttributeBook(sql);
        this.auditLog = auditLog;
        this.clock = clock;
    }

    private OffsetDateTime now() {
        return Now.by(clock);
    }

    @Override
    public List<AttributeView> all() {
        return book.all();
    }

    @Override
    public Optional<AttributeView> find(AttributeId attribute) {
        return Optional.ofNullable(book.byId().get(attribute.value()));
    }

    @Override
    public Optional<AttributeView> findByKey(String key) {
        return Optional.ofNullable(book.byKey().get(key));
    }

    @Override
    public AttributeId define(AttributeDetails details, AccountId by) {
        AttributeRules.check(details, book.byKey());
        UUID id = SubscriptionBook.newId();
        book.insert(id, details, now());
        auditLog.record(by, NewsletterAction.DEFINE_ATTRIBUTE, "attribute", id, details.key());
        return new AttributeId(id);
    }

    @Override
    public void change(AttributeId attribute, AttributeDetails details, long version, AccountId by) {
        AttributeView before = find(attribute).orElseThrow(AttributeUnknown::new);
        AttributeDetails after = new AttributeDetails(
                before.key(), before.type(), details.words(), details.choices(), details.seenBy(), details.changedBy());
        AttributeRules.checkChange(
                after, before, before.details().choices().isEmpty() ? List.of() : book.valuesInUse(attribute.value()));
        if (!book.update(attribute.value(), after, version)) {
            throw new ChangedMeanwhile();
        }
        auditLog.record(by, NewsletterAction.CHANGE_ATTRIBUTE, "attribute", attribute.value(), before.key());
    }

    @Override
    public void remove(AttributeId attribute, AccountId by) {
        AttributeView view = find(attribute).orElseThrow(AttributeUnknown::new);
        book.delete(attribute.value());
        auditLog.record(by, NewsletterAction.REMOVE_ATTRIBUTE, "attribute", attribute.value(), view.key());
    }

    @Override
    public long known(AttributeId attribute) {
        return book.known(attribute.value());
    }

    @Override
    public List<AttributeValue> of(SubscriberId reader) {
        return book.of(reader.value());
    }

    @Override
    public Map<UUID, Map<String, String>> of(Collection<UUID> readers) {
        Map<UUID, AttributeView> definitions = book.byId();
        Map<UUID, Map<String, String>> all = new HashMap<>();
        book.of(readers, definitions.keySet()).forEach((reader, values) -> {
            Map<String, String> byKey = new LinkedHashMap<>();
            definitions.forEach((id, view) -> {
                String value = values.get(id);
                if (value != null) {
                    byKey.put(view.key(), value);
                }
            });
            all.put(reader, byKey);
        });
        return all;
    }

    @Override
    public void set(SubscriberId reader, Map<String, String> typed, AttributeOrigin origin) {
        Map<String, AttributeView> known = book.byKey();
        Map<AttributeView, String> values = new LinkedHashMap<>();
        Map<String, Reason> wrong = new LinkedHashMap<>();
        typed.forEach((key, text) -> {
            AttributeView attribute = known.get(key);
            if (attribute == null) {
                wrong.put(key, Reason.UNKNOWN);
            } else if (origin.party()
                    .filter(party -> !attribute.changedBy(party))
                    .isPresent()) {
                wrong.put(key, Reason.NOT_ALLOWED);
            } else {
                try {
                    values.put(attribute, text.isBlank() ? "" : attribute.read(text));
                } catch (AttributeValueRejected e) {
                    wrong.put(key, e.reason());
                }
            }
        });
        if (!wrong.isEmpty()) {
            throw new AttributeValuesRejected(wrong);
        }
        keep(reader, values, origin);
    }

    /** What has not changed keeps where it came from: a form that is sent back as it was says nothing new. */
    private void keep(SubscriberId reader, Map<AttributeView, String> values, AttributeOrigin origin) {
        Map<UUID, String> before = book.of(
                        List.of(reader.value()),
                        values.keySet().stream().map(a -> a.id().value()).toList())
                .getOrDefault(reader.value(), Map.of());
        values.forEach((attribute, value) -> {
            UUID id = attribute.id().value();
            if (value.isEmpty()) {
                book.forget(reader.value(), id);
            } else if (!value.equals(before.get(id))) {
                book.put(reader.value(), attribute, value, origin, now());
            }
        });
    }

    @Override
    public long fillIn(Collection<Given> values, AttributeOrigin origin) {
        return book.fillIn(values, origin, now());
    }

    @Override
    public long replace(Collection<Given> values, AttributeOrigin origin) {
        return book.replace(values, origin, now());
    }

    @Override
    public List<AttributeView> askedBy(NewsletterId newsletter) {
        return book.askedBy(newsletter.value());
    }

    @Override
    public void ask(NewsletterId newsletter, List<AttributeId> attributes, AccountId by) {
        Map<UUID, AttributeView> known = book.byId();
        List<UUID> asked = attributes.stream()
                .map(AttributeId::value)
                .distinct()
                .filter(id -> Optional.ofNullable(known.get(id))
                        .filter(view -> view.changedBy(AttributeParty.READER))
                        .isPresent())
                .toList();
        book.ask(newsletter.value(), asked);
        auditLog.record(
                by,
                NewsletterAction.CHANGE_QUESTIONS,
                "newsletter",
                newsletter.value(),
                Integer.toString(asked.size()));
    }

    @Override
    public Map<AttributeView, String> waiting(String confirmationToken) {
        return sql.first(
                        "select answers from newsletter.confirmation where token_hash = ?",
                        row -> row.getString(1),
                        Secrets.sha256(confirmationToken))
                .map(FormAnswers::stored)
                .map(answers -> answers.values(book.byKey()))
                .orElse(Map.of());
    }
}
