package org.tidings.mail.internal.simulation;

/** An engine with a fault, made from outside: the simulator has to find each of them. */
enum Mutation {
    NONE(false),
    /** As in the container until November 2026: every statement commits by itself. */
    NO_TRANSACTIONS(false),
    /** The content goes out before the journal says so, or without. */
    JOURNAL_SAYS_NOTHING(false),
    /** Who was taken for dead goes on recording and reserving. */
    NO_FENCING(true),
    /** Who reserves does not keep the others from reserving the same. */
    NO_LOCK_ON_THE_MAILING(false),
    /** What was reserved by a commit whose answer was lost is not looked for. */
    LOST_ANSWERS_ARE_FORGOTTEN(true),
    /** Nobody remembers that a mail was in doubt. */
    DOUBT_IS_NOT_KEPT(false),
    /** Whether a letter was withdrawn is not asked again. */
    LETTERS_ARE_NOT_LOOKED_FOR_AGAIN(true),
    /** A mailing ends though somebody waits for another try. */
    RETRIES_ARE_OVERLOOKED_AT_THE_END(true);

    /** Whether it shows in one world of some hundred only: too many for a build. */
    final boolean rare;

    Mutation(boolean rare) {
        this.rare = rare;
    }

    void into(SimulatedDatabase database, SimulatedDisk disk) {
        database.everyStatementCommits = this == NO_TRANSACTIONS;
        if (this == JOURNAL_SAYS_NOTHING) {
            disk.forgets = "B ";
        }
        database.rewriting = switch (this) {
            case NO_FENCING ->
                sql -> sql.startsWith("select set_config(")
                                && sql.endsWith(" from mail.nodes where id = ? for key share")
                        ? "select 1 where ? is not null"
                        : sql;
            case NO_LOCK_ON_THE_MAILING -> sql -> sql.replace("and active for update", "and active");
            case LOST_ANSWERS_ARE_FORGOTTEN ->
                sql -> sql.equals("select id from mail.claims where node = ?")
                                || sql.equals("select id from mail.letters where node = ?")
                        ? sql + " and 1 = 0"
                        : sql;
            case DOUBT_IS_NOT_KEPT ->
                sql -> sql.replace(
                        "select recipient, attempts, ever_doubtful, dated from",
                        "select recipient, attempts, false as ever_doubtful, dated from");
            case LETTERS_ARE_NOT_LOOKED_FOR_AGAIN ->
                sql -> sql.equals("select id from mail.letters where id = any (?)")
                        ? "select u.id from unnest(?) as u(id)"
                        : sql;
            case RETRIES_ARE_OVERLOOKED_AT_THE_END ->
                sql -> sql.replace(
                                "select 1 from mail.retries r where r.mailing = ?",
                                "select 1 from mail.retries r where r.mailing = ? and 1 = 0")
                        .replace(
                                "(select count(*) from mail.retries where mailing = ?)",
                                "(select count(*) from mail.retries where mailing = ? and 1 = 0)");
            default -> sql -> sql;
        };
    }
}
