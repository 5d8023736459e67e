package org.tidings.announcements;

import java.util.List;

/**
 * A step with an announcement or a policy version is refused. Why is a fact, and a kind of its own where there is more to know about it;
 * what is said of it, and where, is the matter of who asked.
 */
public sealed class AnnouncementRefused extends RuntimeException {

    /** The broken rule. */
    public enum Reason {
        /** There is no such announcement. */
        UNKNOWN,
        /** There is no such policy version. */
        VERSION_UNKNOWN,
        /** {@link ContentRejected}. */
        CONTENT_REJECTED,
        /** {@link FindingsOpen}. */
        FINDINGS_OPEN,
        /** Somebody else changed it after it was opened for editing. */
        EDITED_MEANWHILE,
        /** A published policy version stays as it is; write a new one. */
        VERSION_PUBLISHED,
        /** Approval is a second person's: who wrote, edited, submitted or sent it cannot give it. */
        AUTHOR_CANNOT_APPROVE,
        /** What was approved or is to be sent is not what was shown. */
        CONTENT_CHANGED_SINCE_SHOWN,
        /** The number that was typed is not the number of recipients. */
        COUNT_NOT_CONFIRMED,
        /** More announcements in a month than the site allows itself need a reason. */
        MONTHLY_LIMIT_REACHED,
        /** A reason of at least ten characters is needed. */
        REASON_MISSING,
        /** Only urgent types may be sent before approval. */
        EMERGENCY_NOT_ALLOWED,
        /** {@link EmergencyNotReviewed}. */
        EMERGENCY_NOT_REVIEWED,
        /** {@link PeopleWereTold}. */
        PEOPLE_WERE_TOLD,
        /** {@link NotInThisState}. */
        NOT_IN_THIS_STATE
    }

    private final Reason reason;

    public AnnouncementRefused(Reason reason) {
        this(reason, "");
    }

    private AnnouncementRefused(Reason reason, String more) {
        super(more.isEmpty() ? reason.name() : reason + ": " + more);
        this.reason = reason;
    }

    public static AnnouncementRefused unknown() {
        return new AnnouncementRefused(Reason.UNKNOWN);
    }

    public Reason reason() {
        return reason;
    }

    /** An announcement or policy that cannot be kept or submitted as it is. */
    public static final class ContentRejected extends AnnouncementRefused {

        /**
         * @param field {@code prefix}, {@code start}, {@code end}, {@code undo}, {@code policy}, {@code outcome}, {@code at}, language and slot:
         *     {@code en.what}, or {@code de.summary} of the policy
         */
        public record Problem(String field, Flaw flaw) {}

        /** What is wrong, for a message next to the field. */
        public enum Flaw {
            MISSING,
            TOO_LONG,
            CONTROL_CHARACTER,
            /** Two curly braces together would be taken for a slot of the mail. */
            SLOT_BRACES,
            /** Not on the closed list for this type. */
            NOT_ALLOWED,
            END_BEFORE_START,
            /** The window is over, or the day is too early to tell everybody in time. */
            TOO_EARLY,
            /** It is over before the undo window is: nobody could get it in time. */
            NOBODY_IN_TIME,
            /** What is said to be finished ends later than now. */
            NOT_YET,
            /** The policy version is not a draft of the right kind, or lacks a text. */
            NOT_READY,
            /** The policy version has a text in this language and no summary of what changes. */
            SUMMARY_MISSING
        }

        private final List<Problem> problems;

        public ContentRejected(List<Problem> problems) {
            super(Reason.CONTENT_REJECTED, problems.toString());
            this.problems = List.copyOf(problems);
        }

        public ContentRejected(String field, Flaw flaw) {
            this(List.of(new Problem(field, flaw)));
        }

        public List<Problem> problems() {
            return problems;
        }
    }

    /** The lint found what has to be removed, or confirmed by a second person with a written reason. */
    public static final class FindingsOpen extends AnnouncementRefused {
        private final List<Finding> findings;

        public FindingsOpen(List<Finding> findings) {
            super(Reason.FINDINGS_OPEN, String.valueOf(findings.size()));
            this.findings = List.copyOf(findings);
        }

        public List<Finding> findings() {
            return findings;
        }
    }

    /** An emergency was sent and no second person has looked at it yet: a second one has to wait, unless it is of the same thread. */
    public static final class EmergencyNotReviewed extends AnnouncementRefused {
        private final AnnouncementId open;
        private final String headline;

        /** @param headline of the one that waits, in English */
        public EmergencyNotReviewed(AnnouncementId open, String headline) {
            super(Reason.EMERGENCY_NOT_REVIEWED, "");
            this.open = open;
            this.headline = headline;
        }

        /** The one that waits for its review. */
        public AnnouncementId open() {
            return open;
        }

        public String headline() {
            return headline;
        }
    }

    /** What people were told of by mail is not ended in silence, unless that is confirmed. */
    public static final class PeopleWereTold extends AnnouncementRefused {
        private final long told;

        public PeopleWereTold(long told) {
            super(Reason.PEOPLE_WERE_TOLD, String.valueOf(told));
            this.told = told;
        }

        /** How many; 0 where the first mails are just on their way. */
        public long told() {
            return told;
        }
    }

    /** The step does not fit where the announcement or policy version is on its way. */
    public static final class NotInThisState extends AnnouncementRefused {

        /** Where it is. */
        public enum Where {
            DRAFT,
            SUBMITTED,
            APPROVED,
            PUBLISHED,
            /** Somebody has said how it ended. */
            ENDED,
            /** Its undo window is open, or it was never published. */
            NOT_PUBLIC,
            /** Made up; nobody was told of it. */
            SAMPLE,
            /** It was no emergency, or it has been reviewed. */
            NO_REVIEW_DUE,
            /** A policy version that is not the first of its kind. */
            LATER_VERSION,
            /** A policy version that everybody can read already. */
            IN_FORCE;

            static Where of(AnnouncementState state) {
                return valueOf(state.name());
            }
        }

        private final Where where;

        public NotInThisState(Where where) {
            super(Reason.NOT_IN_THIS_STATE, where.name());
            this.where = where;
        }

        public NotInThisState(AnnouncementState state) {
            this(Where.of(state));
        }

        public Where where() {
            return where;
        }
    }
}
