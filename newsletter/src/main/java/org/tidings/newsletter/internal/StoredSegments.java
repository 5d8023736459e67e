package org.tidings.newsletter.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AuditLog;
import org.tidings.mail.Mailings;
import org.tidings.newsletter.AttributeType;
import org.tidings.newsletter.AttributeValueRejected;
import org.tidings.newsletter.AttributeView;
import org.tidings.newsletter.ChangedMeanwhile;
import org.tidings.newsletter.Condition;
import org.tidings.newsletter.Condition.Comparison;
import org.tidings.newsletter.IssueId;
import org.tidings.newsletter.IssueState;
import org.tidings.newsletter.IssueUnknown;
import org.tidings.newsletter.NewsletterAction;
import org.tidings.newsletter.SegmentId;
import org.tidings.newsletter.SegmentRejected;
import org.tidings.newsletter.SegmentRejected.Reason;
import org.tidings.newsletter.SegmentUnknown;
import org.tidings.newsletter.SegmentView;
import org.tidings.newsletter.Segments;
import org.tidings.newsletter.internal.knowing.AttributeBook;
import org.tidings.newsletter.internal.knowing.ConditionSql;
import org.tidings.newsletter.internal.knowing.WrittenCondition;
import org.tidings.site.Now;
import org.tidings.site.OddCharacter;
import org.tidings.site.Sql;
import org.tidings.site.Transactional;

/** Segments in the database. */
@ApplicationScoped
@Transactional
class StoredSegments implements Segments {

    private static final int LONGEST_NAME = 120;
    private static final int MOST_STEPS = 60;
    private static final int DEEPEST = 8;
    private static final int LONGEST_WRITTEN = 20_000;
    private static final String SELECT = "select id, name, written, changed_at, version from newsletter.segment ";

    private final Sql sql;
    private final AttributeBook attributes;
    private final ReachedReaders reached;
    private final EntityManager entityManager;
    private final AuditLog auditLog;
    private final Clock clock;

    @SuppressWarnings("NullAway") // for the container's proxy
    StoredSegments() {
        this((DataSource) null, null, null, null, null);
    }

    @Inject
    StoredSegments(
            @NewsletterDb DataSource dataSource,
            @NewsletterDb EntityManager entityManager,
            Mailings mailings,
            AuditLog auditLog,
            Clock clock) {
        this.sql = new Sql(dataSource);
        this.attributes = new AttributeBook(sql);
        this.reached = new ReachedReaders(sql, mailings);
        this.entityManager = entityManager;
        this.auditLog = auditLog;
        this.clock = clock;
    }

    private OffsetDateTime now() {
        return Now.by(clock);
    }

    @Override
    public List<SegmentView> all() {
        return sql.list(SELECT + "order by name", StoredSegments::view);
    }

    private static SegmentView view(ResultSet row) throws SQLException {
        return new SegmentView(
                new SegmentId(Sql.id(row, "id")),
                row.getString("name"),
                WrittenCondition.read(row.getString("written")),
                Sql.time(row, "changed_at"),
                row.getLong("version"));
    }

    @Override
    public Optional<SegmentView> find(SegmentId segment) {
        return sql.first(SELECT + "where id = ?", StoredSegments::view, segment.value());
    }

    @Override
    public SegmentId define(String name, Condition condition, AccountId by) {
        check(name, null);
        check(condition);
        UUID id = SubscriptionBook.newId();
        sql.update(
                "insert into newsletter.segment (id, name, written, created_at, changed_at, version)"
                        + " values (?, ?, ?, ?, ?, 0)",
                id,
                name.strip(),
                WrittenCondition.write(condition),
                now(),
                now());
        auditLog.record(by, NewsletterAction.DEFINE_SEGMENT, "segment", id, "");
        return new SegmentId(id);
    }

    @Override
    public void change(SegmentId segment, String name, Condition condition, long version, AccountId by) {
        if (find(segment).isEmpty()) {
            throw new SegmentUnknown();
        }
        check(name, segment.value());
        check(condition);
        int changed = sql.update(
                "update newsletter.segment set name = ?, written = ?, changed_at = ?, version = version + 1"
                        + " where id = ? and version = ?",
                name.strip(),
                WrittenCondition.write(condition),
                now(),
                segment.value(),
                version);
        if (changed == 0) {
            throw new ChangedMeanwhile();
        }
        auditLog.record(by, NewsletterAction.CHANGE_SEGMENT, "segment", segment.value(), "");
    }

    @Override
    public void remove(SegmentId segment, AccountId by) {
        long waiting = sql.number(
                "select count(*) from newsletter.issue_audience a join newsletter.issue i on i.id = a.issue"
                        + " where (a.segment_in = ? or a.segment_out = ?) and"
                        + " i.state in ('DRAFT', 'SCHEDULED', 'SENDING')",
                segment.value(),
                segment.value());
        if (waiting > 0) {
            throw new SegmentRejected(Reason.IN_USE);
        }
        sql.update("delete from newsletter.segment where id = ?", segment.value());
        auditLog.record(by, NewsletterAction.REMOVE_SEGMENT, "segment", segment.value(), "");
    }

    @Override
    public long count(Condition condition) {
        check(condition);
        reached.know(ConditionSql.issues(condition));
        ConditionSql written = new ConditionSql(condition, attributes.byKey());
        return sql.number(
                "select count(*) from newsletter.subscriber p where p.address is not null and " + written.text(),
                written.arguments().toArray());
    }

    private void check(String name, @Nullable UUID self) {
        if (OddCharacter.showsNothing(name)) {
            throw new SegmentRejected(Reason.NAME_EMPTY);
        }
        if (name.strip().length() > LONGEST_NAME) {
            throw new SegmentRejected(Reason.NAME_TOO_LONG);
        }
        if (OddCharacter.inLine(name).isPresent()) {
            throw new SegmentRejected(Reason.NAME_CHARACTERS);
        }
        boolean taken = sql
                .list(
                        "select id from newsletter.segment where name = ?",
                        row -> row.getObject(1, UUID.class),
                        name.strip())
                .stream()
                .anyMatch(id -> !id.equals(self));
        if (taken) {
            throw new SegmentRejected(Reason.NAME_TAKEN);
        }
    }

    private void check(Condition condition) {
        if (ConditionSql.size(condition) > MOST_STEPS || ConditionSql.depth(condition) > DEEPEST) {
            throw new SegmentRejected(Reason.TOO_LARGE);
        }
        checkValues(condition, attributes.byKey());
        if (WrittenCondition.write(condition).length() > LONGEST_WRITTEN) {
            throw new SegmentRejected(Reason.TOO_LARGE);
        }
    }

    private static void checkValues(Condition condition, Map<String, AttributeView> known) {
        if (condition instanceof Condition.All all) {
            all.of().forEach(one -> checkValues(one, known));
        } else if (condition instanceof Condition.Any any) {
            any.of().forEach(one -> checkValues(one, known));
        } else if (condition instanceof Condition.Not not) {
            checkValues(not.of(), known);
        } else if (condition instanceof Condition.Known one) {
            checkValue(one, known.get(one.attribute()));
        } else if (condition instanceof Condition.Tagged one
                && org.tidings.newsletter.Tags.name(one.tag()).isEmpty()) {
            throw new SegmentRejected(Reason.VALUE);
        }
    }

    private static void checkValue(Condition.Known one, @Nullable AttributeView attribute) {
        if (attribute == null) {
            throw new SegmentRejected(Reason.ATTRIBUTE_UNKNOWN);
        }
        Comparison comparison = one.comparison();
        boolean ordered = comparison == Comparison.AT_LEAST || comparison == Comparison.AT_MOST;
        if ((ordered && !attribute.type().isOrdered())
                || (comparison == Comparison.CONTAINS && attribute.type() != AttributeType.TEXT)) {
            throw new SegmentRejected(Reason.COMPARISON);
        }
        if (comparison == Comparison.KNOWN) {
            return;
        }
        if (one.value().isBlank() || OddCharacter.inLine(one.value()).isPresent()) {
            throw new SegmentRejected(Reason.VALUE);
        }
        try {
            if (comparison != Comparison.CONTAINS
                    && !attribute.read(one.value()).equals(one.value())) {
                throw new SegmentRejected(Reason.VALUE);
            }
        } catch (AttributeValueRejected e) {
            throw new SegmentRejected(Reason.VALUE);
        }
    }

    // Of issues

    @Override
    public Choice of(IssueId issue) {
        return choiceOf(sql, issue.value());
    }

    static Choice choiceOf(Sql sql, UUID issue) {
        return sql.first(
                        "select segment_in, segment_out from newsletter.issue_audience where issue = ?",
                        row -> new Choice(
                                Optional.ofNullable(row.getObject("segment_in", UUID.class))
                                        .map(SegmentId::new),
                                Optional.ofNullable(row.getObject("segment_out", UUID.class))
                                        .map(SegmentId::new)),
                        issue)
                .orElse(Choice.ALL);
    }

    @Override
    public void choose(IssueId issue, Choice choice, AccountId by) {
        Issue draft = Optional.ofNullable(
                        entityManager.find(Issue.class, issue.value(), LockModeType.PESSIMISTIC_WRITE))
                .filter(one -> one.discardedAt().isEmpty())
                .orElseThrow(IssueUnknown::new);
        draft.mustBe(IssueState.DRAFT);
        for (Optional<SegmentId> one : List.of(choice.only(), choice.except())) {
            if (one.isPresent() && find(one.get()).isEmpty()) {
                throw new SegmentUnknown();
            }
        }
        sql.update("delete from newsletter.issue_audience where issue = ?", issue.value());
        sql.update("delete from newsletter.issue_recipient where issue = ?", issue.value());
        if (!choice.isAll()) {
            sql.update(
                    "insert into newsletter.issue_audience (issue, segment_in, segment_out) values (?, ?, ?)",
                    issue.value(),
                    choice.only().map(SegmentId::value).orElse(null),
                    choice.except().map(SegmentId::value).orElse(null));
        }
        auditLog.record(by, NewsletterAction.CHOOSE_AUDIENCE, "issue", issue.value(), "");
    }
}
