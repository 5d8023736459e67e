package org.tidings.mail;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Domains that are those of large mailbox providers but for one slip of the finger: a letter left out, doubled, wrong, or two of them
 * changed round. What is a domain of its own is never taken for a slip, however alike it looks; short names, to which half the others are
 * alike, only for letters changed round.
 */
final class MistypedDomain {

    /** Where most people have their mailbox, in the world and where the site speaks German; the most common first. */
    private static final List<String> PROVIDERS = List.of(
            "gmail.com",
            "gmx.de",
            "web.de",
            "t-online.de",
            "gmx.net",
            "hotmail.com",
            "outlook.com",
            "yahoo.com",
            "icloud.com",
            "freenet.de",
            "googlemail.com",
            "outlook.de",
            "hotmail.de",
            "yahoo.de",
            "aol.com",
            "live.com",
            "msn.com",
            "gmx.at",
            "gmx.ch",
            "protonmail.com",
            "hotmail.co.uk",
            "yahoo.co.uk",
            "hotmail.fr",
            "yahoo.fr",
            "wanadoo.fr",
            "comcast.net",
            "rediffmail.com",
            "yandex.ru");

    /** Others that look like one of those. */
    private static final Set<String> OTHERS = Set.of(
            "mail.com",
            "ymail.com",
            "email.com",
            "email.de",
            "mail.de",
            "mail.ru",
            "gmx.com",
            "gmx.org",
            "gmx.info",
            "gmx.eu",
            "gmx.biz",
            "gmx.us",
            "gmx.fr",
            "gmx.li",
            "gmx.tm",
            "me.com",
            "mac.com",
            "cloud.com",
            "aol.de",
            "aim.com",
            "hey.com",
            "web.com",
            "wp.pl",
            "ok.de",
            "rocketmail.com",
            "live.de",
            "live.ca",
            "free.fr",
            "freemail.de",
            "freemail.hu",
            "online.de",
            "arcor.de",
            "posteo.de",
            "mailbox.org",
            "proton.me",
            "bluewin.ch",
            "orange.fr",
            "laposte.net",
            "yandex.com",
            "fastmail.com",
            "tutanota.com",
            "vodafone.de",
            "inbox.com",
            "hushmail.com",
            "gmail.co",
            "gmail.de");

    /** Ends that no domain has, and what was meant. */
    private static final Map<String, String> NO_ENDS = Map.ofEntries(
            Map.entry("con", "com"),
            Map.entry("cmo", "com"),
            Map.entry("ocm", "com"),
            Map.entry("comm", "com"),
            Map.entry("coom", "com"),
            Map.entry("ccom", "com"),
            Map.entry("vom", "com"),
            Map.entry("xom", "com"),
            Map.entry("cpm", "com"),
            Map.entry("cim", "com"),
            Map.entry("c0m", "com"),
            Map.entry("copm", "com"),
            Map.entry("cmm", "com"),
            Map.entry("conm", "com"),
            Map.entry("comn", "com"),
            Map.entry("som", "com"),
            Map.entry("ed", "de"),
            Map.entry("dee", "de"),
            Map.entry("dde", "de"),
            Map.entry("d", "de"),
            Map.entry("nte", "net"),
            Map.entry("ent", "net"),
            Map.entry("nett", "net"),
            Map.entry("ner", "net"),
            Map.entry("ney", "net"),
            Map.entry("nrt", "net"),
            Map.entry("ogr", "org"),
            Map.entry("orgg", "org"),
            Map.entry("rog", "org"),
            Map.entry("ort", "org"));

    /** Ends of countries in which no large provider has its mailboxes, but in which slips of the finger end. */
    private static final Set<String> SLIPS_OF_COM = Set.of("cm", "om");

    private static final Set<String> KNOWN =
            Stream.concat(PROVIDERS.stream(), OTHERS.stream()).collect(Collectors.toUnmodifiableSet());
    private static final Set<String> NAMES =
            PROVIDERS.stream().map(MistypedDomain::name).collect(Collectors.toUnmodifiableSet());

    /** Of names this long two slips are still nearer to them than to anything else. */
    private static final int LONG_NAME = 7;

    private static final int SHORT_NAME = 5;

    private MistypedDomain() {}

    /** @param typed cleaned */
    static Optional<EmailAddress> meant(String typed) {
        int at = typed.lastIndexOf('@');
        if (at < 1 || typed.length() > 320) {
            return Optional.empty();
        }
        String domain = typed.substring(at + 1).toLowerCase(Locale.ROOT);
        return domainMeant(domain)
                .filter(meant -> !meant.equals(domain))
                .flatMap(meant -> read(typed.substring(0, at + 1) + meant));
    }

    private static Optional<EmailAddress> read(String address) {
        try {
            return Optional.of(EmailAddress.parse(address));
        } catch (EmailAddressRejected stillWrong) {
            return Optional.empty();
        }
    }

    private static Optional<String> domainMeant(String typed) {
        // A comma is beside the full stop, and so is a semicolon on other keyboards.
        String domain = withAnEnd(
                typed.replaceAll("[,;:]", ".").replaceAll("\\.{2,}", ".").replaceAll("\\s+", ""));
        return KNOWN.contains(domain) ? Optional.of(domain) : nearest(domain).or(() -> Optional.of(domain));
    }

    private static Optional<String> nearest(String domain) {
        if (domain.indexOf('.') < 0) {
            return PROVIDERS.stream()
                    .filter(provider -> name(provider).equals(domain) || isSlipOf(provider, domain))
                    .findFirst();
        }
        if (NAMES.contains(name(domain))) {
            // The name is right, and so may any country's end be.
            String com = name(domain) + ".com";
            String end = end(domain);
            boolean slipped = SLIPS_OF_COM.contains(end) || (end.length() > 2 && distance(end, "com") == 1);
            return Optional.of(com).filter(known -> slipped && PROVIDERS.contains(known));
        }
        return PROVIDERS.stream().filter(provider -> isSlipOf(provider, domain)).findFirst();
    }

    private static String withAnEnd(String domain) {
        String meant = NO_ENDS.get(end(domain));
        return meant == null ? domain : name(domain) + "." + meant;
    }

    private static String end(String domain) {
        return domain.substring(domain.lastIndexOf('.') + 1);
    }

    private static String name(String domain) {
        int dot = domain.lastIndexOf('.');
        return dot < 0 ? domain : domain.substring(0, dot);
    }

    private static boolean isSlipOf(String provider, String domain) {
        String name = name(provider);
        if (changedRound(provider, domain)) {
            return true;
        }
        if (name.length() < SHORT_NAME || name.charAt(0) != domain.charAt(0)) {
            return false;
        }
        int slips = distance(provider, domain);
        return slips == 1
                || (slips == 2
                        && name.length() >= LONG_NAME
                        && Math.abs(provider.length() - domain.length()) < 2
                        && end(provider).equals(end(domain)));
    }

    /** Two neighbouring letters. */
    private static boolean changedRound(String a, String b) {
        if (a.length() != b.length()) {
            return false;
        }
        int first = 0;
        while (first < a.length() && a.charAt(first) == b.charAt(first)) {
            first++;
        }
        return first + 1 < a.length()
                && a.charAt(first) == b.charAt(first + 1)
                && a.charAt(first + 1) == b.charAt(first)
                && a.substring(first + 2).equals(b.substring(first + 2));
    }

    /** Letters to put in, leave out, replace, or change round with their neighbour (Damerau and Levenshtein, no letter touched twice). */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            d[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            d[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(replaced, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
