package org.tidings.mail.internal.outcomes;

import java.util.EnumSet;
import java.util.Set;
import org.tidings.mail.Diagnostic.Why;
import org.tidings.mail.internal.replies.Reason;

/** What the reasons of refusals have in common: who is to do something about them. */
public final class Causes {

    /** The address: nobody is there (BNC-03). */
    public static final Set<Reason> ADDRESS = EnumSet.of(
            Reason.USER_UNKNOWN,
            Reason.MAILBOX_DISABLED,
            Reason.MOVED,
            Reason.OWNER_CHANGED,
            Reason.HOST_UNKNOWN,
            Reason.UNROUTABLE);

    /** How this site is set up: refused here, it is refused everywhere. */
    public static final Set<Reason> CONFIGURATION =
            EnumSet.of(Reason.AUTHENTICATION, Reason.LOGIN, Reason.TLS, Reason.BLOCKLISTED);

    /** We ourselves (BNC-05): our standing, our set-up, what we wrote. */
    public static final Set<Reason> OURS = EnumSet.of(
            Reason.AUTHENTICATION,
            Reason.LOGIN,
            Reason.TLS,
            Reason.BLOCKLISTED,
            Reason.SPAM_CONTENT,
            Reason.POLICY,
            Reason.PROTOCOL);

    private Causes() {}

    /** Why a try failed or was put off. */
    public static Reason of(Outcome outcome) {
        Reply reply = outcome.reply();
        // What was put off until it expired has no reply of its own any more.
        return reply.reason()
                .orElse(
                        outcome.kind() == Outcome.Kind.FAILED && reply.text().startsWith(Why.GIVEN_UP.kept())
                                ? Reason.EXPIRED
                                : Reason.UNKNOWN);
    }
}
