package org.tidings.newsletter;

import java.util.List;
import java.util.Optional;
import org.tidings.accounts.AccountId;

/** Saved conditions over readers. A segment never widens who may be written to: it only chooses among those who may. */
public interface Segments {

    /** By name. */
    List<SegmentView> all();

    Optional<SegmentView> find(SegmentId segment);

    /** @throws SegmentRejected saying why not */
    SegmentId define(String name, Condition condition, AccountId by);

    /**
     * @throws SegmentRejected saying why not
     * @throws SegmentUnknown if there is none
     * @throws ChangedMeanwhile if the version is not the present one
     */
    void change(SegmentId segment, String name, Condition condition, long version, AccountId by);

    /** @throws SegmentRejected if an issue goes to it that waits to be sent */
    void remove(SegmentId segment, AccountId by);

    /**
     * How many readers fulfil it now, whatever they get.
     *
     * @throws SegmentRejected saying why it is none
     */
    long count(Condition condition);

    /**
     * Whom an issue goes to.
     *
     * @param only readers of its newsletter who are in this segment; empty for all
     * @param except and not in this one
     */
    record Choice(Optional<SegmentId> only, Optional<SegmentId> except) {

        /** All readers of its newsletter. */
        public static final Choice ALL = new Choice(Optional.empty(), Optional.empty());

        public boolean isAll() {
            return only.isEmpty() && except.isEmpty();
        }
    }

    Choice of(IssueId issue);

    /**
     * Chooses whom a draft goes to.
     *
     * @throws IssueNotInState if it is no draft
     * @throws SegmentUnknown if there is no such segment
     */
    void choose(IssueId issue, Choice choice, AccountId by);
}
