package org.tidings.mail.internal.returned;

import java.util.regex.Pattern;

/**
 * Whether an English sentence says that nobody of that name is there, or no such host: the noun and the state are known, their order
 * and what stands between them vary from server to server. Only words that cannot turn the sense may stand between: "unknown
 * recipient" and "recipient address is not known" say it, "recipient refused, sender unknown" does not.
 */
final class Absence {
    /** "Your account" and "sender address" are not the recipient's. */
    private static final String NOT_OURS =
            "(?<!\\b(?:ip|sender|senders|sender's|from|client|return|source|originating|reply|your) (?:e-?mail |mail )?)";

    private static final String WHO = "(?:recipients?|rcpt|addressee|" + NOT_OURS
            + "(?:users?|usernames?|userids?|mail ?box(?:es)?|mail-box|mail ?drop|accounts?|address|addresses|customers?|subscriber"
            + "|person|alias|members?|spectator))";
    private static final String WHERE = "(?:hosts?|hostname|domains?|mail server name|mx hosts?)";

    /** Nothing that names another party, such as "sender" or "client". */
    private static final String BETWEEN =
            "(?:(?:a|an|the|any|or|local|virtual|relay|remote|mail|email|e-mail|smtp|internet|domain|final|delivery|destination|target"
                    + "|recipient|user|mailbox|address|account|name|active|known|valid|existing|such|illegal|invalid|unknown|disabled|inactive) )";

    private static final String AFTER_NOUN =
            "(?:(?:that|which|you|are|tried|trying|attempted|sent|to|reach|contact|specified|entered|given|supplied|listed|requested|for|recipient"
                    + "|user|users|address|account|mailbox|email|e-mail|mail|name|local|your|this|the|has|have|had|been|is|was|were|be|it|of"
                    + "|could|can|may|does|do|did|seems|appears|either|currently|domain|or|simply|in|rejected:|rejected|error:|error|:|-|\\.\\.\\.|>:|<>:|<>|\\(\\)|\"\"|\\[\\]|<|>) )";

    private static final String ABSENT =
            "(?:unknown|userunknown|invalid|undefined|unregistered|unrecogni[sz]ed|non-?existent|non existent|nonexisting"
                    + "|(?:not|[a-z]{2,6}n't|cannot) (?:be |been |a |an |currently |longer )?(?:found|known|exists?|existing|valid|present|listed|recogni[sz]ed|registered|defined|located|identified)"
                    + "|notfound)";

    private static final Pattern NOBODY =
            Pattern.compile("\\bno (?:such |matching |valid )" + BETWEEN + "{0,2}" + WHO + "\\b(?! from)"
                    + "|\\bno " + BETWEEN + "{0,2}" + WHO
                    + " (?:is |was |are |were )?(?:here|found|by that|by this|with that|with this|of that|of this|available for this|at this|on this|exists?)\\b"
                    + "|\\b(?:unknown|invalid|illegal|bad|incorrect|wrong|undefined|non-?existent|non existent|nonexisting|unregistered|unrecogni[sz]ed) "
                    + BETWEEN + "{0,3}" + WHO + "\\b(?! (?:or pass|and pass|name or|syntax|format|credential))"
                    + "|\\b" + WHO + "[,;:\"'>\\])]{0,4} (?:\\S )?" + AFTER_NOUN + "{0,8}" + ABSENT + "\\b"
                    + "|(?:\\bnot|n't) (?:a |an |our )?(?:known|valid|registered|recogni[sz]ed|existing|local) "
                    + BETWEEN + "{0,2}" + WHO
                    + "\\b"
                    + "|n(?:'t|ot) have (?:a |an |any )?(?:[^ .]{1,60} )?(?:account|mailbox)\\b"
                    + "|(?:\\bunable to|\\bcannot|\\bcan't|n't able to|\\bcould not|\\bcouldn't|\\bfailed to) (?:find|locate) "
                    + BETWEEN + "{0,2}" + WHO
                    + "\\b"
                    + "|\\bno ?(?:one|body) (?:here )?(?:is )?(?:by|with|of|at) (?:that|this) (?:name|address)");

    private static final Pattern NOWHERE = Pattern.compile("\\bno such " + BETWEEN + "{0,2}" + WHERE + "\\b"
            + "|\\b(?:unknown|non-?existent|unresolvable|unrout(?:e)?able) (?!relay )"
            + BETWEEN + "{0,2}" + WHERE + "\\b"
            + "|\\b" + WHERE + "[,;:\"'>\\])]{0,4} (?:\\S )?" + AFTER_NOUN
            + "{0,8}(?:unknown|non-?existent|(?:not|n't|cannot) (?:be )?(?:found|known|exist))\\b"
            + "|\\brecipient domain must exist\\b");

    /** What is said of the noun may pass: "mailbox is temporarily disabled". */
    private static final Pattern PASSING = Pattern.compile(
            "\\btempora\\w{2,6} (?:\\w{1,20} ){0,3}(?:disabled|unavailable|inactive|deactivated|closed|blocked|suspended|locked|rejected|not available)\\b"
                    + "|\\b(?:disabled|unavailable|inactive|deactivated|closed|not available) tempora");

    private Absence() {}

    static boolean ofUser(Words words) {
        return words.match(NOBODY);
    }

    static boolean ofHost(Words words) {
        return words.match(NOWHERE);
    }

    static boolean isPassing(Words words) {
        return words.match(PASSING);
    }
}
