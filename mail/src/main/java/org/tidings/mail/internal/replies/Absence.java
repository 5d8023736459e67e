package org.tidings.mail.internal.replies;

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
            + "|person|alias|members?|spectator|employee|inbox|e-mail account|email account|login|local part|localpart|destination address|logins?|student|staff member|mailaccount|resource))";
    private static final String WHERE = "(?:hosts?|hostname|domains?|mail server name|mx hosts?)";

    /** Nothing that names another party, such as "sender" or "client". */
    private static final String BETWEEN =
            "(?:(?:a|an|the|any|or|local|virtual|relay|remote|mail|email|e-mail|smtp|internet|domain|final|delivery|destination|target"
                    + "|recipient|user|mailbox|address|account|name|active|known|valid|existing|such|illegal|invalid|unknown|disabled|inactive) )";

    private static final String AFTER_NOUN =
            "(?:(?:that|which|you|are|tried|trying|attempted|writing|mailing|emailing|looking|contacting|addressed|sent|to|reach|contact|specified|entered|given|supplied|listed|requested|for|recipient"
                    + "|user|users|address|account|mailbox|email|e-mail|mail|name|local|your|this|the|has|have|had|been|is|was|were|be|it|of"
                    + "|could|can|may|does|do|did|seems|appears|either|currently|domain|or|simply|in|rejected:|rejected|error:|error|:|-|\\.\\.\\.|>:|<>:|<>|\\(\\)|\"\"|\\[\\]|<|>) )";

    private static final String ABSENT =
            "(?:unknown|userunknown|invalid|undefined|unregistered|unrecogni[sz]ed|non-?existent|non existent|nonexisting|nonexistant|non-?existing|non-?existant|inexistent|unfound|unlisted|bogus"
                    + "|(?:not|[a-z]{2,6}n'?t|cannot|doesnot|isnot|cant|doesn\u00b4t) (?:be |been |a |an |currently |longer |actually |even |seem to |appear to )?(?:found|known|exists?|exsist|existing|valid|present|listed|recogni[sz]ed|registered|defined"
                    + "|located|identified|provisioned|configured|in (?:our |the |this |my |any )?(?:\\w{1,15} ){0,2}(?:system|directory|database|list|domain|table|records|organi[sz]ation)|one of our|our (?:user|customer|client|subscriber)|a user|a (?:valid|known) )"
                    + "|notfound|notexist|not-found|unkown|unknow|unknwon|uknown)";

    /** What was there and is not any more; "suspended", "blocked" and "locked" may pass. */
    private static final String CLOSED =
            "(?:(?:permanently |been |now |already |since |recently |become )?(?:disabled|deactivated|de-activated|deleted|removed|closed|closed down|terminated|retired|cancelled|canceled|discontinued|decommissioned|dis-?abled|inactive|in-active"
                    + "|non-?active|expired|dormant|abandoned|defunct|obsolete|shut ?down|withdrawn|archived|purged|erased|deprovisioned|de-provisioned|unused)"
                    + "|no longer (?:be |being |been )?(?:valid|in use|used|active|activated|exists?|existing|available|accepts?|accepting|works?|working|monitored|maintained|supported|employed|registered|served|serviced|with|at|here|on|known|present|functional|operational|receiv\\w+))";

    /** Does not turn what is said of the mailbox: "message has been deleted", "quota expired" are others. */
    private static final String AFTER_MAILBOX =
            "(?:(?:that|which|you|are|tried|trying|attempted|sent|to|reach|contact|specified|for|recipient|user|address|account|mailbox|email|e-mail|mail|name|local|this|has|have|had|been|is|was|were|it|of|[:;,-]|>|<>) )";

    private static final Pattern NOBODY = Pattern.compile(
            "\\bno (?:such |matching |valid (?!recipients\\b(?! for)))" + BETWEEN + "{0,2}" + WHO + "\\b(?! from)"
                    + "|\\bno " + BETWEEN + "{0,2}" + WHO
                    + " (?:is |was |are |were )?(?:here|found|by that|by this|with that|with this|of that|of this|available for this|at this|on this|exists?)\\b"
                    + "|\\b(?:unknown|invalid|illegal|bad|incorrect|wrong|undefined|non-?existent|non existent|nonexisting|unregistered|unrecogni[sz]ed) "
                    + BETWEEN + "{0,3}" + WHO + "\\b(?! (?:or pass|and pass|name or|syntax|format|credential))"
                    + "|\\b" + WHO + "[,;:\"'>\\])]{0,4} (?:\\S )?" + AFTER_NOUN + "{0,8}" + ABSENT + "\\b"
                    + "|(?:\\bnot|n't) (?:a |an |our )?(?:known|valid|registered|recogni[sz]ed|existing|local) "
                    + BETWEEN + "{0,2}" + WHO
                    + "\\b"
                    + "|n(?:'t|ot) have (?:a |an |any )?(?:such )?(?:user|recipient|mailbox|address|person|one) (?:of|by|with|named|called|here)\\b"
                    + "|n(?:'t|ot) have (?:a |an |any )?(?:[^ .]{1,60} )?(?:account|mailbox)\\b"
                    + "|(?:\\bunable to|\\bcannot|\\bcan't|n't able to|\\bcould not|\\bcouldn't|\\bfailed to) (?:find|locate) "
                    + BETWEEN + "{0,2}" + WHO
                    + "\\b"
                    + "|\\bno ?(?:one|body) (?:here )?(?:is )?(?:by|with|of|at) (?:that|this) (?:name|address)");

    private static final Pattern RUN_TOGETHER = Pattern.compile(
            "\\b(?:(?:user|recipient|mailbox|account|address|rcpt|addressee|username)s?[-.]?(?:is)?[-.]?(?:unknown|notfound|notexists?|doesnotexist|invalid|nonexistent|notknown|not-found|not-exist|not\\.found|disabled(?!\\w)|inactive)"
                    + "|(?:nosuch|no-such|unknown|invalid|bad|nonexistent|no\\.such)[-.]?(?:user|recipient|mailbox|account|address|rcpt|addressee|person))\\b");

    private static final Pattern ADDRESSEE_ABSENT = Pattern.compile("\\b" + Parties.ADDRESSEE
            + "\\b[,;:\"'>\\])]{0,4} (?:\\S )?(?:(?:address|mailbox|account|user|e-mail|email|is|was|does|do|has|could|can|be|an?|[:-]) ){0,4}"
            + ABSENT + "\\b");

    private static final Pattern CLOSED_MAILBOX = Pattern.compile(
            "\\b" + WHO + "[,;:\"'>\\])]{0,4} (?:\\S )?" + AFTER_MAILBOX + "{0,8}" + CLOSED
                    + "\\b(?! (?:by|for) (?:spam|sending|policy))"
                    + "|\\b(?:disabled|deactivated|deleted|closed|expired|inactive|terminated|cancelled|canceled|dormant|obsolete|discontinued|abandoned|defunct|retired) "
                    + BETWEEN + "{0,2}" + WHO + "\\b(?! from)"
                    + "|\\b(?:person|employee|colleague|user|member|recipient|he|she|they)\\b[^.;]{0,40} (?:has |have |had )?(?:left (?:the|our|this|us)|no longer works|no longer with|no longer employed|retired|passed away)\\b");

    private static final Pattern NOWHERE = Pattern.compile("\\bno such " + BETWEEN + "{0,2}" + WHERE + "\\b"
            + "|\\b(?:unknown|non-?existent|unresolvable|unrout(?:e)?able) (?!relay )"
            + BETWEEN + "{0,2}" + WHERE + "\\b"
            + "|\\b" + WHERE + "[,;:\"'>\\])]{0,4} (?:\\S )?" + AFTER_NOUN
            + "{0,8}(?:unknown|non-?existent|(?:not|n't|cannot) (?:be )?(?:found|known|exist))\\b"
            + "|\\brecipient domain must exist\\b");

    /** What is said may pass: "mailbox is temporarily disabled", "lookup failure, please retry". */
    private static final Pattern PASSING = Pattern.compile(
            "\\btempora\\w{2,6} (?:\\w{1,20} ){0,3}(?:disabled|unavailable|inactive|deactivated|closed|blocked|suspended|locked|rejected|not available)\\b"
                    + "|\\b(?:disabled|unavailable|inactive|deactivated|closed|not available) tempora");

    /** The same, in whatever words and languages; in a server's own sentence only, since reports speak of time as well. */
    private static final Pattern NOT_FOR_EVER = Pattern.compile(
            "(?<!permanent or )(?<!not a )(?<!not )\\btempora\\p{L}{0,10}\\b|\\btemp(?:orary)? (?:fail|err)|\\b(?:try|retry|resend|resubmit|send) (?:\\w{1,12} ){0,3}(?:later|in (?:a|an|some|\\d))"
                    + "|\\bplease (?:re-?try|wait)\\b|\\bright now\\b|\\b(?:at|for) (?:this|the) (?:time|moment|present)\\b|\\bmomentarily\\b|\\bcurrently (?:\\w{1,12} )?(?:unavailable|not available|unable|disabled|down|busy|offline|inaccessible|suspended|unreachable)"
                    + "|\\blook-?up (?:\\w{1,12} )?(?:fail\\w*|error|timed|timeout|problem|defer\\w*)|\\b(?:ldap|directory|database|db|dns|back-?end|sql|mysql|nss|storage|internal|authentication) (?:\\w{1,12} ){0,3}(?:fail\\w*|error|timeout|timed out|down|unavailable|unreachable"
                    + "|not responding|not reachable|problem|outage|defer\\w*)|\\bunable to (?:look ?up|contact|connect|query|reach) (?:\\w{1,12} ){0,3}(?:server|directory|database|ldap|service)\\b|\\bunder maintenance|\\bmaintenance (?:mode|window)"
                    + Words.fold(
                            "|\\b(?:vorubergehend|voruebergehend|zeitweilig|zeitweise|momentan|derzeit|zur ?zeit|im moment|spater|spaeter|pour le moment|en ce moment|plus tard|actuellement|de momento|por el momento|en este momento|mas tarde|no momento|mais tarde"
                                    + "|al momento|piu tardi|tijdelijk|op dit moment|momenteel|later opnieuw|tillfallig\\w*|midlertidig\\w*|for tiden|for oyeblikket|forsok igen|prov igen|tilapais\\w*|myohemmin|tymczasow\\w*|chwilow\\w*|pozniej|docasn\\w*|pozdeji|neskor"
                                    + "|privremen\\w*|zacasn\\w*|kasnije|pozneje|временно|позже|тимчасов\\w*|пізніше|по-късно|atmeneti\\w*|ideiglenes\\w*|kesobb|gecici\\w*|daha sonra|momentan indisponibil\\w*|temporar|mai tarziu|προσωριν\\w*|αργοτερα|ajutine|hiljem|laikin\\w*|veliau|islaicigi|velak)"
                                    + "|一時的|一時停止|しばらく|後ほど|後で|暂时|暫時|稍后|稍後|临时|일시적|나중에|잠시 후|tam thoi|sementara|ชั่วคราว|مؤقت|لاحقا|موقت|זמני|מאוחר יותר"),
            Pattern.UNICODE_CHARACTER_CLASS);

    private Absence() {}

    static boolean ofUser(Words words) {
        return words.match(NOBODY) || words.match(RUN_TOGETHER) || AbsenceByLanguage.ofUser(words);
    }

    /** The same, where her own address is the noun. */
    static boolean ofAddressee(Words marked) {
        return marked.match(ADDRESSEE_ABSENT);
    }

    /** Whether it says that somebody was there once. */
    static boolean ofOpenMailbox(Words words) {
        return words.match(CLOSED_MAILBOX) || AbsenceByLanguage.ofOpenMailbox(words);
    }

    static boolean ofHost(Words words) {
        return words.match(NOWHERE);
    }

    static boolean isPassing(Words words) {
        return words.match(PASSING);
    }

    /** Whether a server's own sentence says that it may be otherwise tomorrow. */
    static boolean isNotForEver(Words sentence) {
        return sentence.match(NOT_FOR_EVER);
    }
}
