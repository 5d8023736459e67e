package org.tidings.mail.internal.replies;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a server speaks of us: of our envelope sender, which it asked back for ("callout"), of our host, our address on the network,
 * or of what comes from there. By nouns for the sender and states, as {@link Absence} does for the recipient; the order and what stands
 * between vary from server to server.
 */
final class AboutUs {
    private static final String OURS = "(?:" + Parties.OURSELVES + "|" + Parties.OUR_DOMAIN + ")";

    /** Nobody but the sender; "returned to sender" and "notify the sender" say nothing of her. */
    private static final String SENDER =
            "(?:(?<!\\bto )(?<!to the )(?<!notify )(?<!the original )(?:senders?|sender's|originator|sending (?:address|user|mailbox|account)|return[- ]?path|reverse[- ]?path"
                    + "|envelope[- ](?:from|sender)|mail[- ]from|from[- ]address|from[- ]domain|return address|reply address|sender address|bounce address)|"
                    + OURS + ")";

    private static final String STATE =
            "(?:unknown|un\\w{0,3}rout\\w+|undeliverable|unverif\\w+|unresolv\\w+|unreachable|unrecogni[sz]ed|invalid|fail\\w*|reject\\w*|refused|denied|block\\w*|banned|non-?exist\\w*"
                    + "|nonexist\\w*|disabled|unauthori[sz]ed|forged|fake|illegal|bad|no such|missing|(?:not|cannot|[a-z]{2,6}n't|[a-z]{2,6}nt) (?:[a-z]{1,12} ){0,2}(?:exist\\w*|found|known|valid|verif\\w+|recogni\\w+|resolv\\w+"
                    + "|reach\\w*|routable|deliverable|accept\\w*|allowed|permitted|authori\\w+|registered|trusted|have an?))";

    private static final String BAD =
            "(?:unknown|invalid|bad|unverified|unverifiable|unresolvable|illegal|undeliverable|forged|fake|non-?existent|no valid|no such|not a valid|un\\w{0,3}routable|unrouteable|wrong|incorrect|blocked|banned|unauthori[sz]ed"
                    + "|missing|(?:cannot|can't|could not|couldn't|unable to|failed to) (?:verify|validate|check|resolve|find|reach|deliver to|route to|accept))";

    /** A word that does not bring in another party. */
    private static final String WORD = "(?!recipient|rcpt|addressee|to:|user:|users\\b)[^ .;]{1,40}";

    private static final Pattern SENDER_IS_BAD =
            Pattern.compile("\\b" + SENDER + "[,:>\\])\"']{0,3} (?:" + WORD + " ){0,4}" + STATE + "\\b" + "|\\b" + BAD
                    + " (?:(?:the|your|this|mail|envelope|smtp|e-?mail|user|mailbox|address|domain|host|of|for|from|a|an) |[:<>\"'-]{1,3} ?){0,4}"
                    + SENDER);

    /** The same in other languages. */
    private static final Pattern SENDER_IS_ABSENT = Pattern.compile(
            "(?:" + AbsenceByLanguage.SENDER + ")\\p{L}{0,10}[^.,;。，；]{0,40}?" + AbsenceByLanguage.ABSENT + "|"
                    + AbsenceByLanguage.ABSENT + "\\p{L}{0,6}[^.,;。，；]{0,24}?(?:" + AbsenceByLanguage.SENDER + ")");

    private static final Pattern GONE = Pattern.compile(
            "\\b(?:unknown|undeliverable|invalid|un\\w{0,3}routable|unrouteable|unrecogni[sz]ed|non-?exist\\w*|disabled|no such|(?:not|cannot|[a-z]{2,6}n'?t) (?:[a-z]{1,12} ){0,2}(?:exist\\w*|found|known|valid|recogni\\w+|registered))\\b|"
                    + AbsenceByLanguage.ABSENT);

    /** Recipients are asked for as well, but then it is said. */
    private static final Pattern CALLOUT = Pattern.compile(
            "(?<!recipient )(?<!recipient address )(?<!rcpt )\\b(?:call-?out|call-?back|call-?ahead|call-?forward) (?:"
                    + WORD + " ){0,4}(?:fail\\w*|reject\\w*|refused|unsuccessful|unverif\\w+|error|denied)"
                    + "|\\bsender[- ](?:" + WORD
                    + " ){0,2}(?:verif\\w+|validation|check)\\b|\\bverif\\w+ (?:of )?(?:the |your )?sender");

    private static final String HOST =
            "(?:(?:your|the (?:sending|connecting|client)|sending|connecting|client|source|originating|sender's) (?:[a-z-]{1,12} ){0,2}(?:ip|ips|ip address|host|hostname|server|servers|mailserver|mta"
                    + "|network|domain|system|isp|provider|relay|machine|subnet|address range|netblock|connection|connections)|ip "
                    + Parties.NUMBER + "|\\bip[=:] ?\\[? ?" + Parties.NUMBER + "|" + Parties.NUMBER + ")";

    private static final Pattern HOST_IS_UNWELCOME = Pattern.compile(
            "\\b" + HOST
                    + "\\b[,:>\\])\"']{0,3}(?: [^ .;]{1,40}){0,7} (?:block\\w*|blackl\\w*|list(?:ed|ing)|bann?e?d?|den(?:ied|y)|reject\\w*|refus\\w+"
                    + "|not (?:[a-z]{1,12} ){0,2}(?:allowed|accepted|permitted|authori[sz]ed|trusted|welcome|resolve\\w*)|(?:does|do)(?:n't| not) (?:have|resolve|match)|limit\\w*|throttl\\w+|dynamic|residential|generic|suspicious|poor|reputation"
                    + "|exceed\\w+|too (?:many|much|fast|quickly)|unauthori[sz]ed|untrusted|prohibited|compromised|abus\\w+|infected|spam\\w*)\\b");

    private static final Pattern MAIL_FROM_THERE = Pattern.compile(
            "\\b(?:messages?|e-?mails?|mails?|connections?|traffic|sessions?|senders?)\\b (?:[a-z]{1,12} )?(?:from|by|of) (?:[^ .;]{1,30} ){0,4}?(?:"
                    + Parties.NUMBER + "|" + OURS
                    + "|your [a-z]{2,12}|this (?:ip|host|server|sender|domain|network|source|address)|(?:unknown|dynamic|residential|untrusted) (?:ip|hosts?|address\\w*|senders?))\\b[,:>\\])\"']{0,3}"
                    + "(?: [^ .;]{1,40}){0,8} (?:block\\w*|reject\\w*|refus\\w+|denied|deferred|limited|prohibited|banned|disallowed|discarded|not|are ?n't|were ?n't|was ?n't|is ?n't|cannot|will not|won't)\\b");

    /** A host without a name in the DNS is the one that is connected. */
    private static final Pattern NUMBER_UNKNOWN =
            Pattern.compile("\\b(?:host|hostname|host name|name|ptr|dns|domain|client)\\b(?: [^ .;]{1,20}){0,4} \\[? ?"
                    + Parties.NUMBER + "|\\b" + Parties.NUMBER
                    + "\\b(?: [^ .;]{1,20}){0,5} (?:unknown|not found|no such|resolv\\w+|ptr|no name)|\\bunknown (?:client|host):? \\[? ?"
                    + Parties.NUMBER);

    private static final Pattern FROM = Pattern.compile("\\b(?:from|behalf of)[:=]? [<\"'\\[( ]{0,3}$");

    private static final List<String> ASKING_FOR_THE_OPERATOR = Words.phrases(
            "ask your postmaster",
            "contact your postmaster",
            "contact your internet service provider",
            "contact your isp",
            "contact your mail provider",
            "contact your email provider",
            "contact your hosting provider",
            "contact your network administrator",
            "part of their network is on",
            "weren't sent",
            "were not sent. please contact",
            "bitten sie ihren postmaster",
            "wenden sie sich an ihren provider",
            "ptr resource record",
            "bad dns ptr",
            "bad ptr",
            "frequency limited",
            "frequency limit",
            "ip frequency",
            "suspected spam ip",
            "client host rejected",
            "client host blocked",
            "client rejected",
            "helo rejected",
            "server ip",
            "sender ip",
            "source ip",
            "remote ip",
            "client ip",
            "ip is blocked",
            "ip rejected",
            "ip denied",
            "ip reputation",
            "ip throttl",
            "ip name lookup failed",
            "adresse ip",
            "direccion ip",
            "indirizzo ip",
            "endereco ip",
            "ip-adresse",
            "ip-adress",
            "ip adresse",
            "ip-adres",
            "adres ip",
            "adresa ip",
            "ip adresa",
            "ip-cim",
            "ip adresi",
            "ip адрес",
            "ip-адрес",
            "cannot resolve your",
            "can't resolve your",
            "unable to resolve your",
            "could not resolve your",
            "connection refused by policy",
            "too many connections from",
            "too many sessions from");

    /** Providers' own codes: AOL, Hotmail, NetEase, Comcast, Apple, Yahoo, Orange. */
    private static final Pattern CODES = Pattern.compile(
            "\\((?:con|rly|dns|dyn|rtr|hvu|nr|sov|cld):[a-z0-9]{2}\\)|\\b(?:sc|dy|ou)-00\\d\\b"
                    + "|\\b(?:dt|mi|hl|ip):(?:[a-z]{3}|\\d{2,3})\\b|\\brp:(?:trl|cel|qrc)\\b|\\b(?:bl|rl|sp|pt)0000\\d{2}\\b|\\[(?:hm|cs)\\d{2}\\]|\\[(?:ts|tss|bl)\\d{2}\\]|\\[ipts\\d{2}\\]|\\bofr_?\\d{0,3}_(?:1\\d\\d|5\\d\\d|102|999)\\b");

    private AboutUs() {}

    /** Whether it says that our address, or our domain, is not there or not wanted: whatever else sounds like a missing recipient. */
    static boolean ofSender(Words marked) {
        String text = marked.plain();
        boolean hers = text.contains(" " + Parties.ADDRESSEE + " ");
        boolean ours = text.contains(" " + Parties.OURSELVES + " ");
        if (marked.match(SENDER_IS_BAD) || marked.match(SENDER_IS_ABSENT) || (!hers && marked.match(CALLOUT))) {
            return !hers || !ours || isOurs(text);
        }
        return ours && (hers ? isOurs(text) : !isOnlyNamedAsFrom(text));
    }

    /** Whom the first word of absence is said of: who stands right behind it, or who stands last before it. */
    private static boolean isOurs(String text) {
        Matcher absence = GONE.matcher(text);
        while (absence.find()) {
            Optional<Boolean> subject = subject(text, absence.start(), absence.end());
            if (subject.isPresent()) {
                return subject.get();
            }
        }
        return false;
    }

    private static Optional<Boolean> subject(String text, int from, int to) {
        Matcher behind = BEHIND.matcher(text).region(to, text.length());
        if (behind.lookingAt()) {
            return Optional.of(behind.group(1).equals(Parties.OURSELVES));
        }
        int ours = text.lastIndexOf(" " + Parties.OURSELVES + " ", from);
        int hers = text.lastIndexOf(" " + Parties.ADDRESSEE + " ", from);
        int last = Math.max(ours, hers);
        if (last < 0 || from - last > 160) {
            return Optional.empty();
        }
        return Optional.of(ours > hers && !isNamedAsFrom(text, ours));
    }

    private static final Pattern BEHIND = Pattern.compile(
            "(?:[^a-z0-9]{0,6}(?:user|mailbox|recipient|address|account|host|domain|local|name|in|for|here|email|e-mail)?){0,4}[^a-z0-9]{0,6}\\b("
                    + Parties.OURSELVES + "|" + Parties.ADDRESSEE + ")\\b");

    private static boolean isOnlyNamedAsFrom(String text) {
        int at = text.indexOf(" " + Parties.OURSELVES + " ");
        while (at >= 0) {
            if (!isNamedAsFrom(text, at)) {
                return false;
            }
            at = text.indexOf(" " + Parties.OURSELVES + " ", at + 1);
        }
        return true;
    }

    private static boolean isNamedAsFrom(String text, int at) {
        return FROM.matcher(text.substring(Math.max(0, at - 20), at + 1)).find();
    }

    /** Whether it says that our host, or what comes from there, is not wanted. */
    static boolean ofHost(Words marked) {
        return marked.match(HOST_IS_UNWELCOME)
                || marked.match(MAIL_FROM_THERE)
                || marked.say(ASKING_FOR_THE_OPERATOR)
                || marked.match(CODES);
    }

    /** Whether the host that is unknown is one named by a number: the one that is connected. */
    static boolean ofNumber(Words marked) {
        return marked.match(NUMBER_UNKNOWN);
    }
}
