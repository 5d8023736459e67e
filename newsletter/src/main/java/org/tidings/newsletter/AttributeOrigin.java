package org.tidings.newsletter;

/** Where something that is known about a reader came from. */
public enum AttributeOrigin {
    /** She said it on her own pages. */
    READER,
    /** She said it in a form, and confirmed it by the link in a mail. */
    FORM,
    STAFF,
    PROGRAM,
    IMPORT;

    /** Whether the person said it herself: nobody else's word takes its place unseen. */
    public boolean saidByThePerson() {
        return this == READER || this == FORM;
    }

    /** Who that is; empty for an import, which may fill in anything. */
    public java.util.Optional<AttributeParty> party() {
        return switch (this) {
            case READER, FORM -> java.util.Optional.of(AttributeParty.READER);
            case STAFF -> java.util.Optional.of(AttributeParty.STAFF);
            case PROGRAM -> java.util.Optional.of(AttributeParty.PROGRAM);
            case IMPORT -> java.util.Optional.empty();
        };
    }
}
