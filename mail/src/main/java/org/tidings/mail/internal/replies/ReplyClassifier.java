package org.tidings.mail.internal.replies;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Says what a server's reply means: the enhanced code first, then the words, then the basic code (SND-05). Shared by the sending
 * engine, which has live replies, and by the reader of reports, which has what others were told.
 *
 * <p>In doubt nothing here is {@link Verdict.Kind#HARD}: an address is lost to a wrong verdict for ever, and to a missing one
 * for a few mails.
 */
public final class ReplyClassifier {
    /** "It may not exist, or you may not write to it": Google Groups says both in one sentence. */
    public static final List<String> GROUPS = List.of("groups.google.com", "google groups");

    /** What 552 was for before RFC 1123; RFC 5321 section 4.5.3.1.10 still takes it for that where nothing else is said. */
    private static final List<String> TOO_MANY = List.of("recipients");

    private static final List<String> EXCHANGE_ONLINE_UNLISTED = List.of("recipient address rejected: access denied");

    private ReplyClassifier() {}

    /** Where in the conversation a reply came. */
    public enum Stage {
        /** Greeting, EHLO, STARTTLS. */
        CONNECT,
        AUTH,
        MAIL,
        RCPT,
        /** DATA or BDAT, before the content. */
        DATA,
        /** After the content. */
        CONTENT
    }

    /**
     * How to go on with servers that ask for patience (RCV-03).
     *
     * @param pause how long the advice holds
     * @param connections at most this many; 0: none at all
     * @param perMinute at most this many mails a minute; 0: none at all
     */
    public record Patience(Duration pause, int connections, int perMinute) {}

    /**
     * Classifies a live reply that is no success.
     *
     * @param code the basic code, 400 to 599
     * @param text the reply's text, lines joined, with or without the code in front
     */
    public static Verdict classify(Stage stage, int code, String text) {
        return classify(stage, code, text, Parties.UNKNOWN);
    }

    /**
     * Classifies a live reply that is no success.
     *
     * @param code the basic code, 400 to 599
     * @param text the reply's text, lines joined, with or without the code in front
     * @param parties whose addresses and domains it may name
     */
    public static Verdict classify(Stage stage, int code, String text, Parties parties) {
        int kind = code / 100;
        Optional<EnhancedStatus> status = EnhancedStatus.firstIn(text, kind);
        Said words = Said.live(text, parties);
        if (kind == 4) {
            return new Verdict(Verdict.Kind.DEFERRED, temporaryReason(code, status, words), status);
        }
        if (stage == Stage.AUTH) {
            return new Verdict(Verdict.Kind.OURS, Reason.LOGIN, status);
        }
        boolean aboutRecipient = stage == Stage.RCPT || stage == Stage.CONTENT || stage == Stage.DATA;
        if (!aboutRecipient) {
            // Nobody was named yet: whatever is wrong is not wrong with a recipient.
            Verdict verdict = permanent(code, status, words);
            Reason reason = verdict.kind() == Verdict.Kind.OURS ? verdict.reason() : Reason.POLICY;
            return new Verdict(
                    Verdict.Kind.OURS,
                    stage == Stage.MAIL && reason == Reason.POLICY ? senderReason(words) : reason,
                    status);
        }
        if (stage == Stage.RCPT
                && code == 552
                && status.isEmpty()
                && !words.say(TroubleWords.MAILBOX_FULL)
                && gone(status, words).isEmpty()
                && (words.say(TOO_MANY)
                        || permanent(code, status, words).reason() == Reason.UNKNOWN
                        || permanent(code, status, words).reason() == Reason.MAILBOX_FULL)) {
            return new Verdict(Verdict.Kind.DEFERRED, Reason.TOO_MANY_RECIPIENTS, status);
        }
        Verdict verdict = permanent(code, status, words);
        if (stage == Stage.DATA && verdict.kind() == Verdict.Kind.HARD && code == 503) {
            return new Verdict(Verdict.Kind.OURS, Reason.PROTOCOL, status);
        }
        return verdict;
    }

    /** What RCV-03 advises for a deferral, if it asks for patience with the whole destination. */
    public static Optional<Patience> patience(int code, String text) {
        if (code / 100 != 4) {
            return Optional.empty();
        }
        String folded = Words.fold(text);
        if (folded.contains("tss05")) {
            return Optional.of(new Patience(Duration.ofHours(4), 0, 0));
        }
        if (folded.contains("tss04")) {
            return Optional.of(new Patience(Duration.ofHours(2), 0, 0));
        }
        if (folded.contains("unusual rate")) {
            return Optional.of(new Patience(Duration.ofMinutes(30), 1, 10));
        }
        if (folded.contains("temporarily deferred")
                || folded.contains("rate limit")
                || folded.contains("server busy")
                || folded.contains("ratelimit")
                || folded.contains("throttl")
                || folded.contains("too many connections")) {
            return Optional.of(new Patience(Duration.ofMinutes(90), 1, 1));
        }
        return Optional.empty();
    }

    /**
     * Classifies what a report says about a recipient that was given up.
     *
     * @param status the report's own Status field
     * @param diagnostic the server's words, with its codes if it gave any
     */
    public static Verdict classifyReport(Optional<EnhancedStatus> status, String diagnostic) {
        return classifyReport(status, diagnostic, Parties.UNKNOWN);
    }

    /** @param parties whose addresses and domains it may name */
    public static Verdict classifyReport(Optional<EnhancedStatus> status, String diagnostic, Parties parties) {
        Optional<EnhancedStatus> told = EnhancedStatus.mostSpecificIn(diagnostic);
        Optional<EnhancedStatus> best = told.filter(EnhancedStatus::isSpecific)
                .filter(inner -> inner.kind() != 2)
                .or(() -> status)
                .or(() -> told);
        int code = basicCode(diagnostic)
                .orElseGet(() -> best.map(s -> s.kind() * 100).orElse(0));
        Said words = Said.reported(diagnostic, parties);
        int kind = best.map(EnhancedStatus::kind).orElse(code / 100);
        if (told.isEmpty()
                && code >= 400
                && code / 100 != kind
                && status.isPresent()
                && !status.get().isSpecific()) {
            kind = code / 100;
        }
        if (kind == 4) {
            return new Verdict(Verdict.Kind.SOFT, temporaryReason(code, best, words), best);
        }
        return permanent(code, best, words);
    }

    /** A three-digit reply code that begins a line or follows a phrase such as "said:". */
    public static Optional<Integer> basicCode(String text) {
        int at = indexOfBasicCode(text);
        return at < 0 ? Optional.empty() : Optional.of(Integer.parseInt(text.substring(at, at + 3)));
    }

    /** @return -1 if there is none */
    public static int indexOfBasicCode(String text) {
        int limit = Math.min(text.length(), Words.CHARS_AT_MOST);
        for (int i = 0; i + 3 <= limit; i++) {
            char c = text.charAt(i);
            if ((c == '4' || c == '5')
                    && (i == 0 || !isCodePart(text.charAt(i - 1)))
                    && text.charAt(i + 1) >= '0'
                    && text.charAt(i + 1) <= '7'
                    && Character.isDigit(text.charAt(i + 2))
                    && (i + 3 == limit || " -#:\r\n;".indexOf(text.charAt(i + 3)) >= 0)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isCodePart(char c) {
        return Character.isLetterOrDigit(c)
                || c == '.'
                || c == '-'
                || c == '/'
                || c == '['
                || c == ','
                || c == '_'
                || c == '=';
    }

    private static Verdict permanent(int code, Optional<EnhancedStatus> status, Said words) {
        if (code == 521) {
            return ofHost(status, words);
        }
        return aboutUs(status, words)
                .or(() -> goneInSoManyWords(status, words))
                .or(() -> aboutOurStanding(status, words))
                .or(() -> aboutTheirTrouble(status, words))
                .or(() -> gone(status, words))
                .or(() -> aboutOurWays(status, words))
                .orElseGet(() -> general(code, status, words));
    }

    /** 521 and 556 speak of a host (RFC 7504); what is wrong with ours, or with theirs, is not wrong with a mailbox. */
    private static Verdict ofHost(Optional<EnhancedStatus> status, Said words) {
        return aboutUs(status, words)
                .or(() -> aboutOurStanding(status, words))
                .or(() -> words.say(GoneWords.HOST_UNKNOWN)
                        ? verdict(Verdict.Kind.SOFT, Reason.UNREACHABLE, status)
                        : Optional.empty())
                .or(() -> temporaryReason(0, status, words) == Reason.UNKNOWN
                        ? Optional.empty()
                        : verdict(Verdict.Kind.SOFT, temporaryReason(0, status, words), status))
                .orElseGet(() -> new Verdict(Verdict.Kind.OURS, Reason.POLICY, status));
    }

    /** A server that asked our own address back, or does not want our host, may say so in words of a missing user. */
    private static Optional<Verdict> aboutUs(Optional<EnhancedStatus> status, Said words) {
        if (AboutUs.ofSender(words.marked())) {
            return verdict(Verdict.Kind.OURS, Reason.AUTHENTICATION, status);
        }
        if (AboutUs.ofHost(words.marked()) && !isNobody(words.sentence())) {
            return verdict(Verdict.Kind.OURS, reasonForHost(status, words), status);
        }
        return Optional.empty();
    }

    private static Reason reasonForHost(Optional<EnhancedStatus> status, Said words) {
        Words spoken = words.spoken();
        if (spoken.mention(RefusalWords.BLOCKLISTED)) {
            return Reason.BLOCKLISTED;
        }
        if (spoken.say(RefusalWords.SPAM_CONTENT)) {
            return Reason.SPAM_CONTENT;
        }
        if (spoken.say(RefusalWords.AUTHENTICATION) || spoken.say(List.of(" ptr ", " dns "))) {
            return Reason.AUTHENTICATION;
        }
        if (spoken.say(RefusalWords.LOGIN)) {
            return Reason.LOGIN;
        }
        if (spoken.say(RefusalWords.RELAY)) {
            return Reason.POLICY;
        }
        return words.say(TroubleWords.RATE_LIMITED)
                        || words.say(List.of("frequency", "limited"))
                        || isAny(status, 7, 28)
                ? Reason.RATE_LIMITED
                : Reason.BLOCKLISTED;
    }

    /** The server's own sentence behind its code goes before what gateways and others add to it. */
    private static Optional<Verdict> goneInSoManyWords(Optional<EnhancedStatus> status, Said words) {
        Words sentence = words.sentence();
        boolean plain = (isNobody(sentence)
                        || Absence.ofAddressee(words.markedSentence())
                        || sentence.say(GoneWords.MAILBOX_DISABLED)
                        || Absence.ofOpenMailbox(sentence))
                && !sentence.mention(RefusalWords.BLOCKLISTED)
                && !sentence.say(RefusalWords.SPAM_CONTENT)
                && !sentence.say(RefusalWords.AUTHENTICATION)
                && !sentence.say(TroubleWords.MAILBOX_FULL)
                && !sentence.say(TroubleWords.BROKEN_MAILBOX)
                && !sentence.say(TroubleWords.NOT_ABOUT_THE_USER)
                && !sentence.say(TroubleWords.HER_WISH)
                && !sentence.say(TroubleWords.TOO_MANY_WRONG)
                && !sentence.say(RefusalWords.REMEMBERED)
                && !Absence.isNotForEver(sentence)
                && !words.mention(GROUPS)
                && !isAny(status, 2, 2, 3, 4, 2, 3, 1, 7, 1, 8, 7, 17, 7, 18)
                && !words.say(RefusalWords.REMEMBERED);
        return plain && words.isBesideTheCode() ? gone(status, words.only(sentence)) : Optional.empty();
    }

    /** Before everything else: "5.1.1 … listed by Spamhaus" is about us whatever the code says. */
    private static Optional<Verdict> aboutOurStanding(Optional<EnhancedStatus> status, Said words) {
        if (words.mention(RefusalWords.BLOCKLISTED)) {
            return verdict(Verdict.Kind.OURS, Reason.BLOCKLISTED, status);
        }
        if (isAny(status, 7, 17, 7, 18)) {
            Reason reason = isNobody(words) ? Reason.USER_UNKNOWN : Reason.OWNER_CHANGED;
            return verdict(Verdict.Kind.HARD, reason, status);
        }
        if (isAny(status, 7, 20, 7, 21, 7, 22, 7, 23, 7, 24, 7, 25, 7, 26, 7, 27, 7, 515)
                || words.say(RefusalWords.AUTHENTICATION)) {
            return verdict(Verdict.Kind.OURS, Reason.AUTHENTICATION, status);
        }
        if (words.say(RefusalWords.REMEMBERED)) {
            return verdict(Verdict.Kind.OURS, Reason.POLICY, status);
        }
        if (words.say(RefusalWords.SPAM_CONTENT)) {
            return verdict(Verdict.Kind.OURS, Reason.SPAM_CONTENT, status);
        }
        return Optional.empty();
    }

    /** What sounds as if nobody were there, and what contradicts a code that says so. */
    private static Optional<Verdict> aboutTheirTrouble(Optional<EnhancedStatus> status, Said words) {
        if (isAny(status, 2, 2) || words.say(TroubleWords.MAILBOX_FULL)) {
            return verdict(Verdict.Kind.SOFT, Reason.MAILBOX_FULL, status);
        }
        if (isAny(status, 3, 4, 2, 3) || (words.say(TroubleWords.TOO_LARGE) && !isNobody(words))) {
            return verdict(Verdict.Kind.SOFT, Reason.MESSAGE_TOO_LARGE, status);
        }
        if (isAny(status, 1, 7, 1, 8)) {
            return verdict(Verdict.Kind.OURS, Reason.AUTHENTICATION, status);
        }
        if (words.say(TroubleWords.BROKEN_MAILBOX)) {
            return verdict(Verdict.Kind.SOFT, Reason.THEIR_CONFIGURATION, status);
        }
        if (words.say(TroubleWords.HER_WISH)) {
            return verdict(Verdict.Kind.SOFT, Reason.POLICY, status);
        }
        if (words.say(TroubleWords.TOO_MANY_WRONG)) {
            return verdict(Verdict.Kind.SOFT, Reason.RATE_LIMITED, status);
        }
        if (words.mention(GROUPS)) {
            return verdict(Verdict.Kind.SOFT, temporaryReason(0, status, words), status);
        }
        if (!isAny(status, 1, 1) && (words.say(TroubleWords.NOT_ABOUT_THE_USER) || Absence.isPassing(words.whole()))) {
            return verdict(Verdict.Kind.SOFT, temporaryReason(0, status, words), status);
        }
        if (Absence.isNotForEver(words.spoken()) || (isAny(status, 1, 3) && !isNobody(words))) {
            return verdict(Verdict.Kind.SOFT, temporaryReason(0, status, words), status);
        }
        return Optional.empty();
    }

    private static Optional<Verdict> gone(Optional<EnhancedStatus> status, Said words) {
        if (words.say(List.of("syntax", "malformed")) && !isAny(status, 1, 1) && !words.say(GoneWords.UNROUTABLE)) {
            return Optional.empty();
        }
        // A host that is gone before a user: "domain … does not exist" has the words of both.
        if (isAny(status, 1, 10) && isNobody(words)) {
            // Exchange says 5.1.10 of a recipient, RFC 7505 of a domain without mail.
            return verdict(Verdict.Kind.HARD, Reason.USER_UNKNOWN, status);
        }
        if (isAny(status, 1, 10, 1, 2, 4, 310)) {
            return verdict(Verdict.Kind.HARD, Reason.HOST_UNKNOWN, status);
        }
        if (isAny(status, 4, 4)) {
            return verdict(Verdict.Kind.HARD, Reason.UNROUTABLE, status);
        }
        // 5.4.1 with these words is how Exchange Online says that its directory does not list the recipient.
        if (isAny(status, 1, 1) || (isAny(status, 4, 1) && words.say(EXCHANGE_ONLINE_UNLISTED))) {
            return verdict(Verdict.Kind.HARD, Reason.USER_UNKNOWN, status);
        }
        if (isAny(status, 1, 6) || words.say(GoneWords.MOVED)) {
            return verdict(Verdict.Kind.HARD, Reason.MOVED, status);
        }
        if (isAny(status, 2, 1) || words.say(GoneWords.MAILBOX_DISABLED) || Absence.ofOpenMailbox(words.whole())) {
            return verdict(Verdict.Kind.HARD, Reason.MAILBOX_DISABLED, status);
        }
        if (words.say(GoneWords.HOST_UNKNOWN) || Absence.ofHost(words.whole())) {
            if (words.isBesideTheCode() && AboutUs.ofNumber(words.marked())) {
                return verdict(Verdict.Kind.OURS, Reason.AUTHENTICATION, status);
            }
            return verdict(Verdict.Kind.HARD, Reason.HOST_UNKNOWN, status);
        }
        if (words.say(GoneWords.UNROUTABLE)) {
            return verdict(Verdict.Kind.HARD, Reason.UNROUTABLE, status);
        }
        // IronPort's whole answer for who is not in its table.
        boolean rejected = isAny(status, 1, 0) && words.say(GoneWords.ADDRESS_REJECTED);
        if (rejected || isNobody(words) || isUnavailable(status, words)) {
            return verdict(Verdict.Kind.HARD, Reason.USER_UNKNOWN, status);
        }
        return Optional.empty();
    }

    private static boolean isNobody(Said words) {
        return isNobody(words.whole()) || Absence.ofAddressee(words.marked());
    }

    private static boolean isNobody(Words words) {
        return Absence.ofUser(words) || words.say(GoneWords.USER_UNKNOWN);
    }

    /** RFC 5321 gives 550 one text for "not found" and for "refused by policy": it counts where nothing speaks of policy. */
    private static boolean isUnavailable(Optional<EnhancedStatus> status, Said words) {
        boolean policy = status.filter(s -> s.subject() == 7).isPresent() || words.say(RefusalWords.POLICY);
        return !policy && words.say(GoneWords.MAILBOX_UNAVAILABLE);
    }

    /** How we come, what we bring, and that we may not. */
    private static Optional<Verdict> aboutOurWays(Optional<EnhancedStatus> status, Said words) {
        int subject = status.map(EnhancedStatus::subject).orElse(0);
        if (words.say(RefusalWords.LOGIN) || isAny(status, 7, 8)) {
            return verdict(Verdict.Kind.OURS, Reason.LOGIN, status);
        }
        if (words.say(RefusalWords.TLS) || isAny(status, 7, 10, 7, 11)) {
            return verdict(Verdict.Kind.OURS, Reason.TLS, status);
        }
        if (words.say(RefusalWords.RELAY)) {
            return verdict(Verdict.Kind.OURS, Reason.POLICY, status);
        }
        if (subject == 7) {
            return verdict(Verdict.Kind.OURS, Reason.POLICY, status);
        }
        if (isAny(status, 6, 7)) {
            return verdict(Verdict.Kind.SOFT, Reason.UTF8_ADDRESS, status);
        }
        if (subject == 6) {
            return verdict(Verdict.Kind.OURS, Reason.SPAM_CONTENT, status);
        }
        if (isAny(status, 5, 1, 5, 2, 5, 4)) {
            return verdict(Verdict.Kind.OURS, Reason.PROTOCOL, status);
        }
        return Optional.empty();
    }

    private static Verdict general(int code, Optional<EnhancedStatus> status, Said words) {
        Reason temporary = temporaryReason(0, status, words);
        if (temporary != Reason.UNKNOWN) {
            return new Verdict(Verdict.Kind.SOFT, temporary, status);
        }
        if (words.say(RefusalWords.POLICY)) {
            return new Verdict(Verdict.Kind.OURS, Reason.POLICY, status);
        }
        // BNC-08: what is not understood never suppresses.
        return new Verdict(Verdict.Kind.SOFT, code == 552 ? Reason.MAILBOX_FULL : Reason.UNKNOWN, status);
    }

    private static Reason temporaryReason(int code, Optional<EnhancedStatus> status, Said words) {
        if (isAny(status, 4, 7, 4, 300) || words.say(TroubleWords.EXPIRED)) {
            return Reason.EXPIRED;
        }
        if (isAny(status, 2, 2) || (words.say(TroubleWords.MAILBOX_FULL) && code != 0)) {
            return Reason.MAILBOX_FULL;
        }
        if (words.say(TroubleWords.GREYLISTED)) {
            return Reason.GREYLISTED;
        }
        if (words.mention(RefusalWords.BLOCKLISTED)) {
            return Reason.BLOCKLISTED;
        }
        if (code == 452 && (isAny(status, 5, 3) || (status.isEmpty() && words.say(List.of("recipients"))))) {
            return Reason.TOO_MANY_RECIPIENTS;
        }
        if (words.say(TroubleWords.RATE_LIMITED) || isAny(status, 7, 28)) {
            return Reason.RATE_LIMITED;
        }
        if (words.say(TroubleWords.THEIR_CONFIGURATION) || isAny(status, 4, 6, 4, 14, 3, 5)) {
            return Reason.THEIR_CONFIGURATION;
        }
        if (words.say(TroubleWords.UNREACHABLE)
                || status.filter(s -> s.subject() == 4 && s.detail() < 4).isPresent()) {
            return Reason.UNREACHABLE;
        }
        if (words.say(TroubleWords.BUSY) || code == 421) {
            return Reason.BUSY;
        }
        if (code / 100 == 4 && words.say(RefusalWords.AUTHENTICATION)) {
            return Reason.AUTHENTICATION;
        }
        return Reason.UNKNOWN;
    }

    private static Reason senderReason(Said words) {
        return words.say(TroubleWords.TOO_LARGE) ? Reason.MESSAGE_TOO_LARGE : Reason.AUTHENTICATION;
    }

    private static Optional<Verdict> verdict(Verdict.Kind kind, Reason reason, Optional<EnhancedStatus> status) {
        return Optional.of(new Verdict(kind, reason, status));
    }

    /** @param pairs subject and detail, again and again */
    private static boolean isAny(Optional<EnhancedStatus> status, int... pairs) {
        if (status.isEmpty()) {
            return false;
        }
        for (int i = 0; i < pairs.length; i += 2) {
            if (status.get().is(pairs[i], pairs[i + 1])) {
                return true;
            }
        }
        return false;
    }
}
