package org.tidings.announcements;

import java.util.List;

/** An announcement or policy that cannot be kept or submitted as it is. */
public final class ContentRejected extends RuntimeException {

    /**
     * @param field {@code prefix}, {@code start}, {@code end}, {@code undo}, {@code policy}, {@code outcome}, {@code at}, language and slot: {@code
     *     en.what}, or {@code de.summary} of the policy
     */
    public record Problem(String field, Reason reason) {}

    /** What is wrong, for a message next to the field. */
    public enum Reason {
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
        super(problems.toString());
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
