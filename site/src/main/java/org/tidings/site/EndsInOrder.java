package org.tidings.site;

import java.time.Duration;

/**
 * What a module does off a request, and how it ends when the site stops. Every CDI bean of this type is told, all of them the first
 * part, then one after the other the second; the database is there until all have returned. The web module tells them.
 *
 * <p>A site that is killed tells nobody: what is written here makes an end quick and clean, it is not what keeps a promise.
 */
public interface EndsInOrder {

    /** From now on nothing new is begun. Returns at once, also while the database is away. */
    void beginNothingMore();

    /**
     * Waits until what was begun is over, and puts away what is not.
     *
     * @param patience so long it may wait for others, such as mail servers; a little longer for the database. What is not over then is
     *     left as a kill would leave it
     */
    void finish(Duration patience);
}
