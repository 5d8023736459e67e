package org.tidings.newsletter;

/** Who may see what is known, or change it. */
public enum AttributeParty {
    /** The person herself, on her own pages and in forms. Her copy of data has everything, whatever this says. */
    READER,
    /** Publishers. */
    STAFF,
    /** Programs, by the API. */
    PROGRAM
}
