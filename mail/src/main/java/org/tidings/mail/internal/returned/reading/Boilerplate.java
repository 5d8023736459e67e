package org.tidings.mail.internal.returned.reading;

import java.util.List;
import java.util.regex.Pattern;
import org.tidings.mail.internal.replies.EnhancedStatus;
import org.tidings.mail.internal.replies.ReplyClassifier;
import org.tidings.mail.internal.replies.Words;

/**
 * What gateways, lawyers and advertisers write above, between and below the words of others: "scanned for spam", "external e-mail",
 * "confidential". It says nothing about the mail that came back, and its words ("spam", "virus", "unauthorized") say something else
 * than the same words in a refusal.
 */
final class Boilerplate {
    private static final int LINES_AT_MOST = 2_000;

    /** Found in a paragraph without a reply code, these make it none of the server's. Folded. */
    private static final Pattern GATEWAY = Pattern.compile(
            String.join(
                    "|",
                    // Somebody looked through the mail.
                    "\\b(?:scanned|screened|inspected|virus[- ]?checked|spam[- ]?checked|certified|swept|sanitized)\\b(?: [^ .]{1,30}){0,5} (?:for|by|with|against|using|from|on|at)\\b",
                    "\\b(?:checked|filtered|protected|cleaned|verified|secured|tested|processed|examined|analy[sz]ed) (?:[^ .]{1,30} ){0,4}(?:by|for|against|from|with) (?:[^ .]{1,30} ){0,6}(?:spam|virus|viruses|malware|threat|threats|content|security|gateway|anti-?virus|anti-?spam|mailscanner"
                            + "|proofpoint|mimecast|barracuda|sophos|symantec|messagelabs|eset|avast|avg|kaspersky|trend|forcepoint|hornetsecurity|spamfence|nospamproxy|clearswift|fortimail|ironport|vade|retarus|spamexperts"
                            + "|spamtitan|mailcleaner|mailmarshal|websense|bitdefender|mcafee|cisco|microsoft|zix|trustwave)",
                    "\\b(?:virus(?:es)?|malware|spam|threats?)[- ]?(?:free|clean)\\b",
                    "\\bfree (?:of|from) (?:[^ .]{1,20} )?(?:virus|malware|spam|threat)",
                    "\\b(?:no|any|any known) (?:[^ .]{1,20} )?(?:virus(?:es)?|malware|threats?|spam) (?:was |were |has been |have been )?(?:found|detected|present)",
                    "believed to be clean",
                    "\\b(?:powered|protected|secured|scanned|filtered|hosted|delivered|checked) by\\b.{0,60}\\b(?:mailscanner|proofpoint|mimecast|barracuda|sophos|symantec|messagelabs|eset|avast|avg|kaspersky|trend ?micro|forcepoint"
                            + "|hornet|nospamproxy|clearswift|forti|ironport|vade|retarus|spamexperts|spamtitan|mailcleaner|mailmarshal|bitdefender|mcafee|cisco|email security|mail security|security gateway|anti-?spam|anti-?virus|spam filter|spamfilter)",
                    "\\b(?:auf|nach) (?:[^ .]{1,20} ){0,3}(?:viren|spam|malware|schadsoftware|schadcode)(?: [^ .]{1,20}){0,4} (?:gepruft|geprueft|gescannt|untersucht|uberpruft|ueberprueft|durchsucht)",
                    "\\b(?:virenfrei|frei von viren|keine viren gefunden|virengepruft|virengeprueft|garanti sans virus|sans virus|libre de virus|privo di virus|virusvrij|virusfri|wolna od wirusow)\\b",
                    "\\ba ete (?:analyse|verifie|scanne|controle|filtre)|\\b(?:ha sido|fue) (?:analizad|escanead|verificad|revisad)|\\be stat[oa] (?:analizzat|controllat|scansionat|verificat)"
                            + "|\\b(?:is|werd) (?:gescand|gecontroleerd)|\\bzostala (?:przeskanowan|sprawdzon)|\\bfoi (?:verificad|analisad|escanead)|\\bhar (?:blivit )?(?:skannats|genomsokts|scannet|skannet|blevet scannet)"
                            + "|\\bbyla (?:zkontrolovana|provere)|\\bпровере(?:но|на) (?:на вирус|антивирус|kaspersky)|\\bellenorizte|\\btaranmistir|扫描|掃描|"
                            + Words.fold("スキャン|바이러스 검사"),
                    // It came from outside.
                    "\\boriginat(?:es|ed|ing) (?:from )?(?:an )?(?:outside|external)|\\b(?:came|comes|sent|received|is) from (?:an )?(?:outside|external)|\\bfrom outside (?:of )?(?:the|your|our|this)\\b|\\boutside (?:of )?(?:your|our|the) organi[sz]ation",
                    "\\bexternal (?:e-?mail|sender|message|source|mail)\\b|^\\W{0,12}(?:\\[?external\\]?|externe? (?:e-?mail|mail|nachricht))\\W",
                    "\\bexterne (?:e-?mail|mail|nachricht|absender)|\\bvon (?:extern|ausserhalb)|\\bexpediteur externe|\\bprovient de l'exterieur|\\bmittente esterno|\\bremitente externo|\\bvan buiten (?:de|uw|onze)",
                    "\\b(?:do not|don't|never|please do not|be careful|be cautious|think before|exercise caution|use caution)\\b.{0,40}\\b(?:click|clicking|open|opening|links?|attachments?|reply)\\b",
                    "\\bklicken sie (?:nicht|keine)|\\boffnen sie (?:keine|nicht)|\\bne cliquez pas|\\bno (?:haga|hagas) clic|\\bnon (?:cliccare|aprire)|\\bklik niet",
                    // What to do with spam.
                    "\\b(?:if|when|should)\\b.{0,60}\\b(?:is|looks|seems|appears|be|as)\\b.{0,20}\\b(?:spam|phish\\w*|suspicious|junk|unsolicited|unwanted)\\b",
                    "\\b(?:report|mark|flag|classify|submit|forward)\\b.{0,30}\\b(?:as|it|this|the|any)\\b.{0,25}\\b(?:spam|phish\\w*|junk|suspicious|not spam)\\b",
                    "\\b(?:report|click here to report|to report)\\b.{0,20}\\b(?:spam|phish\\w*|abuse|suspicious)\\b|\\bclick here (?:if|to)\\b.{0,40}\\bspam\\b|\\bspam (?:or phish\\w* )?report",
                    "\\b(?:spam|junk|phishing|quarantine) (?:digest|settings|folder|quarantine)\\b",
                    // Lawyers.
                    "\\b(?:confidential|privileged|legally protected|confidentiality notice|disclaimer)\\b",
                    "\\bnot (?:the|an) (?:intended |named )(?:recipient|addressee)|\\b(?:solely|exclusively|only) for the (?:use|attention|information|person|individual|intended|addressee)|\\bintended (?:solely|only|exclusively)",
                    "\\b(?:unauthori[sz]ed|strictly) (?:use|copying|disclosure|review|distribution|dissemination|access|prohibited)\\b.{0,80}\\b(?:prohibited|unlawful|forbidden|copying|disclosure|distribution|use)\\b",
                    "\\b(?:accepts?|accepted|assumes?) no (?:liability|responsibility)|\\bliability for (?:any )?(?:damage|loss|virus)|\\bregistered (?:office|in england)|\\bconsider the environment|\\bbefore (?:you )?print(?:ing)?\\b",
                    "\\bvertraulich|\\bconfidentiel|\\bconfidencial|\\briservat[oaie]\\b|\\bvertrouwelijk|\\bfortrolig|\\bkonfidentiell|\\bpoufne\\b|\\bpoufn|\\bduvern|\\bbizalmas|\\bконфиденциал|\\bgizli|機密|机密"));

    /** Somebody who looked through a mail and did not like it is no gateway's footer. Folded. */
    private static final Pattern REFUSAL = Pattern.compile(
            "\\b(?:reject\\w*|refus\\w+|bounced|undeliver\\w+|not (?:be |been )?(?:deliver\\w*|accept\\w*|sent)|n't (?:be )?(?:deliver\\w*|accept\\w*)|infected|quarantined|was blocked|been blocked"
                    + "|(?:found|identified|classified|detected|considered|flagged|recogni[sz]ed) (?:as|to (?:be|contain))|contain(?:s|ed) (?:a |the )?(?:virus|malware|spam)|user unknown|unknown user|abgelehnt|zuruckgewiesen|rejete|rechazad|rifiutat"
                    + "|did not reach|could ?n.t be|failed)\\b");

    private Boilerplate() {}

    /**
     * The text without such paragraphs, and without such lines at the end of a paragraph. Blank lines stay, so that paragraphs are
     * told apart as before.
     */
    static String removedFrom(String text) {
        List<String> lines = text.lines().limit(LINES_AT_MOST).toList();
        StringBuilder kept = new StringBuilder(text.length());
        int from = 0;
        while (from < lines.size()) {
            int to = from;
            while (to < lines.size() && !lines.get(to).isBlank()) {
                to++;
            }
            keep(lines.subList(from, to), kept);
            while (to < lines.size() && lines.get(to).isBlank()) {
                kept.append('\n');
                to++;
            }
            from = to;
        }
        return kept.toString();
    }

    /** Sentence by sentence, since a gateway may put its own right behind a server's. What follows a footer's first one is footer. */
    private static void keep(List<String> paragraph, StringBuilder kept) {
        if (paragraph.isEmpty()) {
            return;
        }
        if (!GATEWAY.matcher(folded(paragraph)).find()) {
            paragraph.forEach(line -> kept.append(line).append('\n'));
            return;
        }
        int coded = lastWithCode(paragraph);
        int line = 0;
        while (line < paragraph.size()) {
            int end = endOfSentence(paragraph, line);
            List<String> sentence = paragraph.subList(line, end);
            if (!isGateway(sentence)) {
                sentence.forEach(one -> kept.append(one).append('\n'));
            } else if (line > coded
                    && !REFUSAL.matcher(folded(paragraph.subList(line, paragraph.size())))
                            .find()) {
                return;
            }
            line = end;
        }
    }

    /** It ends with its full stop, where the indentation changes, and where a server's words with their code begin or end. */
    private static int endOfSentence(List<String> lines, int from) {
        int end = from + 1;
        while (end < lines.size()
                && !hasCode(lines.get(end - 1))
                && !hasCode(lines.get(end))
                && !endsSentence(lines.get(end - 1))
                && indent(lines.get(end - 1)) == indent(lines.get(end))) {
            end++;
        }
        return end;
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }

    private static boolean endsSentence(String line) {
        String end = line.strip();
        return end.isEmpty() || ".:!?)>".indexOf(end.charAt(end.length() - 1)) >= 0;
    }

    private static int lastWithCode(List<String> lines) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (hasCode(lines.get(i))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean hasCode(String line) {
        return ReplyClassifier.basicCode(line).isPresent()
                || EnhancedStatus.firstIn(line).isPresent();
    }

    private static boolean isGateway(List<String> sentence) {
        String folded = folded(sentence);
        return sentence.stream().noneMatch(Boilerplate::hasCode)
                && GATEWAY.matcher(folded).find()
                && !REFUSAL.matcher(folded).find();
    }

    private static String folded(List<String> lines) {
        return Words.fold(String.join(" ", lines.stream().map(String::strip).toList()));
    }
}
