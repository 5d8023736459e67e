package org.tidings.announcements;

/** The closed list of words in brackets with which the subject of an announcement begins; the texts are in the bundle. */
public enum SubjectPrefix {
    ACTION_REQUIRED,
    MAINTENANCE,
    INCIDENT,
    SECURITY,
    TERMS,
    PRIVACY_POLICY,
    END_OF_SERVICE,
    DATA_BREACH
}
