package org.tidings.mail;

import java.util.Optional;

/**
 * Why a try went as it did, as a fact: the words of another server as they are, or a reason of our own. Nobody says the latter in words
 * but who shows it.
 *
 * <p>Kept as one line, as {@link #kept} has it: ours begins with {@code ~}, which no reply of RFC 5321 does.
 */
public sealed interface Diagnostic {

    /** Words that are not ours, in one line: a server's reply, what the network said, the name of a receiver. */
    record Words(String words) implements Diagnostic {

        @Override
        public String kept() {
            return words;
        }
    }

    /**
     * A reason of our own.
     *
     * @param about what it was about, where there is anything
     */
    record Own(Why why, Optional<Diagnostic> about) implements Diagnostic {

        @Override
        public String kept() {
            return why.kept() + about.map(a -> " " + a.kept()).orElse("");
        }
    }

    /** Our own reasons. Their codes are stored: never change one. */
    enum Why {
        /** About the receiver, whose limit is reached. */
        TURN("turn", "waits for its turn at "),
        HOURS("hours", "waits for the mailing's hours"),
        /** About what was said at last. */
        GIVEN_UP("given-up", "given up: "),
        BROKE_AFTER_CONTENT("broke-after-content", "connection broke after the content: "),
        BROKE("broke", "connection broke: "),
        /** About the mail before on the same connection. */
        BEFORE("before", "the connection ended with the mail before: "),
        PROCESS_ENDED("process-ended", "the process ended while the mail was on its way"),
        FAILED_AFTER_CONTENT("failed-after-content", "failed after the content"),
        LOGIN("login", "login refused: "),
        KEPT_HERE("kept-here", "250 kept in the local mailbox"),
        NOT_KEPT_HERE("not-kept-here", "the local mailbox could not be written"),
        NO_UTF8("no-utf8", "5.6.7 the server offers no SMTPUTF8"),
        CANNOT_SIGN("cannot-sign", "cannot be signed: "),
        CANNOT_COMPOSE("cannot-compose", "cannot be composed: "),
        /** About what we do not send. */
        NOT_SENT("not-sent", "refused by us: "),
        NO_TRANSACTIONS("no-transactions", "transactions do not hold in threads of "),
        NOT_STARTED("not-started", "not started yet");

        private static final String MARK = "~";

        private final String code;
        /** How it was written down until the codes came; rows of then are still read. */
        private final String former;

        Why(String code, String former) {
            this.code = code;
            this.former = former;
        }

        /** The line that is kept, as far as it is the same for all. */
        public String kept() {
            return MARK + code;
        }

        private Optional<Own> in(String line) {
            String mark = kept();
            if (line.equals(mark) || line.startsWith(mark + " ")) {
                return Optional.of(about(line.substring(mark.length())));
            }
            return line.startsWith(former) ? Optional.of(about(line.substring(former.length()))) : Optional.empty();
        }

        private Own about(String rest) {
            return new Own(this, rest.isBlank() ? Optional.empty() : Optional.of(Diagnostic.of(rest.strip())));
        }
    }

    /** As it is kept, in one line. */
    String kept();

    /** What a kept line says. */
    static Diagnostic of(String kept) {
        for (Why why : Why.values()) {
            Optional<Own> own = why.in(kept);
            if (own.isPresent()) {
                return own.get();
            }
        }
        return new Words(kept);
    }
}
