package org.tidings.mail.internal.settings;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Who runs the mail of a domain, as far as names tell it. Limits are the operator's, not the domain's (R01). */
public final class MailOperators {

    static final String GOOGLE = "google";
    static final String YAHOO = "yahoo";
    /** Outlook.com and Hotmail: other machines and limits than {@link #MICROSOFT_365}. */
    static final String OUTLOOK = "outlook";

    static final String MICROSOFT_365 = "o365";
    static final String ICLOUD = "icloud";
    /** GMX and web.de are one company. */
    static final String GMX = "gmx";

    private static final Map<String, String> DOMAINS = Map.ofEntries(
            Map.entry("gmail.com", GOOGLE),
            Map.entry("googlemail.com", GOOGLE),
            Map.entry("ymail.com", YAHOO),
            Map.entry("rocketmail.com", YAHOO),
            Map.entry("myyahoo.com", YAHOO),
            Map.entry("aol.com", YAHOO),
            Map.entry("verizon.net", YAHOO),
            Map.entry("att.net", YAHOO),
            Map.entry("sbcglobal.net", YAHOO),
            Map.entry("msn.com", OUTLOOK),
            Map.entry("icloud.com", ICLOUD),
            Map.entry("me.com", ICLOUD),
            Map.entry("mac.com", ICLOUD),
            Map.entry("web.de", GMX));

    /** Names that their owner has under many country codes: yahoo.co.uk, hotmail.fr. */
    private static final Map<Pattern, String> FAMILIES = Map.of(
            Pattern.compile("(yahoo|aol)(\\.com?)?\\.[a-z]{2,3}"), YAHOO,
            Pattern.compile("(hotmail|outlook|live)(\\.com?)?\\.[a-z]{2,3}"), OUTLOOK,
            Pattern.compile("gmx\\.[a-z]{2,3}"), GMX);

    /** Ends of exchangers' names, the more exact ones first. */
    private static final List<Map.Entry<String, String>> EXCHANGERS = List.of(
            Map.entry("google.com", GOOGLE),
            Map.entry("googlemail.com", GOOGLE),
            Map.entry("yahoodns.net", YAHOO),
            Map.entry("olc.protection.outlook.com", OUTLOOK),
            Map.entry("protection.outlook.com", MICROSOFT_365),
            Map.entry("mx.microsoft", MICROSOFT_365),
            Map.entry("mail.icloud.com", ICLOUD),
            Map.entry("gmx.net", GMX),
            Map.entry("gmx.com", GMX),
            Map.entry("web.de", GMX));

    /** Second labels under which names are given out in many countries: example.co.uk. */
    private static final Set<String> SECOND_LEVEL =
            Set.of("ac", "co", "com", "edu", "go", "gob", "gov", "ne", "net", "or", "org");

    private MailOperators() {}

    /** @param domain A-labels in lower case */
    public static Optional<String> ofDomain(String domain) {
        String known = DOMAINS.get(domain);
        if (known != null) {
            return Optional.of(known);
        }
        return FAMILIES.entrySet().stream()
                .filter(family -> family.getKey().matcher(domain).matches())
                .map(Map.Entry::getValue)
                .findAny();
    }

    /** A known operator, or else the domain that the exchanger belongs to: its name's last two or three labels. */
    public static String ofExchanger(String host) {
        for (Map.Entry<String, String> rule : EXCHANGERS) {
            if (host.equals(rule.getKey()) || host.endsWith("." + rule.getKey())) {
                return rule.getValue();
            }
        }
        return owner(host);
    }

    private static String owner(String host) {
        String[] labels = host.split("\\.", -1);
        int count = labels.length;
        if (count <= 2) {
            return host;
        }
        boolean countryWithSecondLevel = labels[count - 1].length() == 2 && SECOND_LEVEL.contains(labels[count - 2]);
        int kept = countryWithSecondLevel ? 3 : 2;
        return String.join(".", List.of(labels).subList(count - kept, count));
    }
}
