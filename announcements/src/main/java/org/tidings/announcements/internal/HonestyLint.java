package org.tidings.announcements.internal;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tidings.announcements.AnnouncementContent;
import org.tidings.announcements.Finding;
import org.tidings.announcements.Finding.Rule;
import org.tidings.announcements.Slot;
import org.tidings.announcements.Wording;

/**
 * Looks for promotion in what has to reach everybody: a service mail that promotes anything is marketing. Errs towards finding
 * too much; what is honest, such as "20 % of requests fail", a second person confirms with a reason.
 */
final class HonestyLint {

    private static final int CASE_BLIND = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
    private static final int MAX_LINKS = 2;
    private static final int MAX_MATCH = 60;

    private static final Pattern PRICE = Pattern.compile(
            "[$€£¥₹]\\s?\\d[\\d.,]*|\\d[\\d.,]*\\s?(?:[$€£¥₹%]|percent\\b|prozent\\b|euros?\\b|dollars?\\b|(?:eur|usd|gbp|chf)\\b)"
                    + "|\\b(?:eur|usd|gbp|chf)\\s?\\d[\\d.,]*|\\b(?:price|pricing|preis)\\w*",
            CASE_BLIND);

    private static final Map<String, Pattern> PROMOTIONAL = Map.of(
            "en",
            Pattern.compile(
                    "\\b(?:free|offers?|sales?|discount(?:s|ed)?|upgrad(?:e|es|ed|ing)|new plans?|trials?|refer(?:ral|rals)?|win(?:ner|ners)?"
                            + "|limited|(?:don[’']?t|never) miss|buy(?:ing)?|try|gifts?|bonus(?:es)?|exclusive(?:ly)?|premium"
                            + "|deals?|coupons?|vouchers?|promo(?:tion|tional)?s?|subscribe|save (?:up|big|now)|special|hurry|act now|cheap(?:er)?|shop)\\b",
                    CASE_BLIND),
            "de",
            Pattern.compile(
                    "\\b(?:gratis|kostenlos|umsonst|angebot|sonderangebot|rabatt|upgrade|neuer tarif|neue tarife|probeabo|testen sie|weiterempf"
                            + "|gewinn|limitiert|begrenzt|nur noch|nicht verpassen|verpassen sie|kaufen|geschenk|bonus|exklusiv|premium"
                            + "|schnäppchen|gutschein|sonderaktion|aktionspreis|vorteilspreis|sparen|abonnieren|günstig|jetzt zugreifen|ausverkauf)\\w*",
                    CASE_BLIND));

    private static final Map<String, Pattern> SUPERLATIVES = Map.of(
            "en",
            Pattern.compile(
                    "\\b(?:best|greatest|fastest|easiest|finest|coolest|smartest|biggest|most (?:powerful|advanced|popular|exciting)"
                            + "|amazing|awesome|incredible|ultimate|unbeatable|world[- ]class|revolutionary|exciting|thrilled|unique|never before)\\b",
                    CASE_BLIND),
            "de",
            Pattern.compile(
                    "\\b(?:beste[rsnm]?|größte[rsnm]?|schnellste[rsnm]?|einfachste[rsnm]?|modernste[rsnm]?|einzigartig\\w*|unschlagbar\\w*"
                            + "|sensationell\\w*|großartig\\w*|fantastisch\\w*|unglaublich\\w*|revolutionär\\w*|begeistert\\w*|spannend\\w*)\\b",
                    CASE_BLIND));

    private static final Pattern EXCLAMATION = Pattern.compile("[!¡！❗❕]");
    private static final Pattern EMOJI =
            Pattern.compile("[\\x{1F000}-\\x{1FAFF}\\x{2600}-\\x{27BF}\\x{2B50}\\x{2B55}\\x{FE0F}\\x{20E3}]");
    private static final Pattern SHOP = Pattern.compile(
            "/(?:shop|store|pricing|prices|plans|upgrade|buy|checkout|preise|tarife|angebote?)\\b", CASE_BLIND);
    private static final Pattern TRACKING =
            Pattern.compile("[?&#](?:utm_\\w+|gclid|fbclid|mc_[ce]id|_hsenc|ref|campaign)=", CASE_BLIND);

    private final Links links;

    HonestyLint(Links links) {
        this.links = links;
    }

    List<Finding> findings(AnnouncementContent content) {
        List<Finding> findings = new ArrayList<>();
        content.wordings().forEach((language, wording) -> inLanguage(language, wording, findings));
        return List.copyOf(new LinkedHashSet<>(findings));
    }

    private void inLanguage(Locale language, Wording wording, List<Finding> findings) {
        int linkCount = 0;
        for (Slot slot : Slot.values()) {
            // Compatibility forms and invisible characters must not hide a word: ｆｒｅｅ, f<zero width>ree.
            String text = Normalizer.normalize(wording.text(slot), Normalizer.Form.NFKC)
                    .replaceAll("[\\p{Cf}&&[^\\x{200D}]]", "");
            List<String> found = Links.in(text);
            linkCount += found.size();
            String prose = Links.without(text);
            Collector into = new Collector(language, slot, findings);
            into.all(Rule.PRICE, PRICE, prose);
            // Advertising in another language is advertising too.
            PROMOTIONAL.forEach((ofLanguage, pattern) -> into.all(Rule.PROMOTIONAL_WORD, pattern, prose));
            SUPERLATIVES.forEach((ofLanguage, pattern) -> into.all(Rule.SUPERLATIVE, pattern, prose));
            into.all(Rule.EXCLAMATION_MARK, EXCLAMATION, prose);
            into.all(Rule.EMOJI, EMOJI, prose);
            for (String link : found) {
                if (!links.allowed(link)) {
                    into.add(Rule.FOREIGN_LINK, link);
                }
                if (TRACKING.matcher(link).find()) {
                    into.add(Rule.TRACKING_LINK, link);
                }
                if (SHOP.matcher(link).find()) {
                    into.add(Rule.SHOP_LINK, link);
                }
            }
        }
        if (linkCount > MAX_LINKS) {
            new Collector(language, Slot.WHAT, findings).add(Rule.MANY_LINKS, String.valueOf(linkCount));
        }
    }

    /** Findings without a reason of at least the length; those that cannot be confirmed always. */
    static List<Finding> open(List<Finding> findings, Map<String, String> reasons, int minimumReason) {
        return findings.stream()
                .filter(finding -> !finding.rule().confirmable()
                        || reasons.getOrDefault(finding.key(), "").strip().length() < minimumReason)
                .toList();
    }

    static List<Finding> unconfirmable(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> !finding.rule().confirmable())
                .toList();
    }

    private record Collector(Locale language, Slot slot, List<Finding> findings) {
        void all(Rule rule, Pattern pattern, String text) {
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                add(rule, matcher.group());
            }
        }

        void add(Rule rule, String match) {
            String words = match.strip().toLowerCase(Locale.ROOT);
            findings.add(new Finding(
                    language, slot, rule, words.length() > MAX_MATCH ? words.substring(0, MAX_MATCH) : words));
        }
    }
}
