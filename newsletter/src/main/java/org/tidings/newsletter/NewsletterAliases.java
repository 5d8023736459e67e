package org.tidings.newsletter;

import java.util.Set;
import java.util.UUID;
import org.tidings.accounts.AccountId;

/** The ids by which forms of another system know our newsletters, so that they go on working on the day of the move: listmonk's list UUIDs. */
public interface NewsletterAliases {

    /** At most so many are kept of one newsletter. */
    int MOST = 50;

    /** The newsletters on offer that these stand for, each once; an id of ours stands for itself. */
    Set<NewsletterId> meant(Set<UUID> aliases);

    Set<UUID> of(NewsletterId newsletter);

    /**
     * These, and no others, stand for the newsletter from now on.
     *
     * @throws AliasTaken if one of them stands for another newsletter, or is its id
     * @throws NewsletterUnknown if it does not exist
     */
    void set(NewsletterId newsletter, Set<UUID> aliases, AccountId by);

    /** One id, two newsletters. */
    final class AliasTaken extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final UUID alias;

        public AliasTaken(UUID alias) {
            super("stands for another newsletter");
            this.alias = alias;
        }

        public UUID alias() {
            return alias;
        }
    }
}
