package org.tidings.accounts.internal;

/** A password's Argon2id hash in PHC string form, parameters and salt included. */
record PasswordHash(String phc) {

    /** Matches no password: the holder must choose another by mail. */
    static final PasswordHash NONE = new PasswordHash("");

    @Override
    public String toString() {
        return "PasswordHash[…]";
    }
}
