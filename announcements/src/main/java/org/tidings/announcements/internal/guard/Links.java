package org.tidings.announcements.internal.guard;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses in plain text, as mail programs make links of them: with a scheme, without one, or only a host; and the hosts that an
 * announcement may point to: the site's own and those configured.
 */
public record Links(Set<String> hosts) {

    private static final int CASE_BLIND = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
    private static final int DECODED_TIMES = 3;

    /** Besides the country codes; no list is complete, but these are what links in mails end with. */
    private static final String GENERIC =
            "com|net|org|info|biz|name|pro|mobi|dev|app|shop|store|online|site|website|xyz|top|club|live|life|blog|cloud|page|link|click|deals?"
                    + "|sale|buy|market|marketing|media|news|email|digital|agency|company|services?|solutions|support|tech|technology|academy"
                    + "|school|events?|tickets|travel|holiday|hotel|rest|fun|games?|gift|gifts|promo|offers?|win|vip|world|zone|space|today|guide"
                    + "|group|team|work|works|design|studio|art|photo|health|money|loan|finance|bank|insurance|jobs|edu|gov|mil|int|eu|uk|su"
                    + "|berlin|wien|koeln|hamburg|london|paris|nyc|tokyo|amsterdam|example|test|invalid|local|localhost|onion|xn--[a-z0-9-]+";

    private static final String ENDING =
            GENERIC + "|" + String.join("|", Locale.getISOCountries()).toLowerCase(Locale.ROOT);
    private static final String LABEL = "[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?";
    private static final String REST = "(?::\\d{2,5})?(?:[/?#][^\\s<>\"]*)?";

    private static final Pattern LINK = Pattern.compile(
            "[a-z][a-z0-9+.-]{1,20}:[/\\\\]{1,3}[^\\s<>\"]+"
                    + "|(?<![\\p{L}\\p{N}:@/.])[/\\\\]{2}" + LABEL + "(?:\\." + LABEL + ")+" + REST
                    + "|(?<![\\p{L}\\p{N}@.])www\\.[^\\s<>\"]+"
                    + "|(?<![\\p{L}\\p{N}@./_-])(?:" + LABEL + "[.．。｡])+(?:" + ENDING
                    + ")(?![\\p{L}\\p{N}@-]|\\.[\\p{L}\\p{N}])" + REST
                    + "|(?<![\\d.])\\d{1,3}(?:\\.\\d{1,3}){3}(?::\\d{2,5})?/[^\\s<>\"]*"
                    + "|" + LABEL + "\\s?[\\[({](?:dot|punkt|\\.)[\\])}]\\s?" + LABEL + "(?:/[^\\s<>\"]*)?",
            CASE_BLIND);

    private static final Pattern TRAILING = Pattern.compile("[.,;:!?)\\]'’”*_]+$");
    /** A full stop without a blank after it: "again.It works"; and names of files and programs. */
    private static final Pattern NO_HOST = Pattern.compile(
            ".*\\p{Ll}\\.(?:It|In|Is|So|At|To|No|Do|Am|As|My|Be|By|Me|An|Es|Im|Us)|[\\p{L}\\p{N}_-]+\\.(?:md|py|js|rs|so|ps)");

    private static final Pattern SHOP = Pattern.compile(
            "[/.=-](?:e-?shop|shop(?:ping)?|store|pricing|prices?|plans?|upgrades?|buy|purchase|checkout|cart|basket|orders?|offers?|deals?|sales?|discounts?"
                    + "|promo(?:tion)?s?|coupons?|vouchers?|gifts?|premium|trial|refer(?:ral)?s?|invite|donate|preise|tarife|angebote?|kaufen|bestellen|warenkorb"
                    + "|gutscheine?|rabatte?|abo|upgraden|aktion(?:en)?)(?![a-z])",
            CASE_BLIND);
    private static final Pattern TRACKING = Pattern.compile(
            "[?&#;/](?:utm_?\\w+|[a-z]*clid|mc_[ce]id|_hs\\w+|mkt_tok|ref|referrer|refid|affiliate|aff(?:_?id)?|partner(?:_?id)?|campaign(?:_?id)?|cmp(?:id)?|cid|trk\\w*"
                    + "|igshid|[wg]braid|li_fat_id|vero_\\w+|oly_\\w+|s_kwcid|ck_\\w+|sc_\\w+|pk_\\w+|mtm_\\w+|matomo_\\w+|at_\\w+|wt_?mc\\w*|src|source|via|tag|recipient|subscriber(?:_?id)?"
                    + "|uid|user_?id|email|e-?mail|track(?:ing)?(?:_?id)?)=",
            CASE_BLIND);
    private static final Pattern ENCODED_HTTP = Pattern.compile("aHR0c[A-Za-z0-9+/_-]{4,}");
    private static final Pattern ADDRESS_WITHIN = Pattern.compile(
            "(?:[a-z][a-z0-9+.-]{1,20}:)?[/\\\\]{2,}[^\\s&]+|(?<![\\p{L}\\p{N}@./_-])(?:www\\.|(?:" + LABEL + "\\.)+(?:"
                    + ENDING + ")(?![\\p{L}\\p{N}@.-]))[^\\s&]*",
            CASE_BLIND);

    public static List<String> in(String text) {
        List<String> links = new ArrayList<>();
        String visible = visible(text);
        Matcher matcher = LINK.matcher(visible);
        while (matcher.find()) {
            String link = TRAILING.matcher(matcher.group()).replaceAll("");
            if (!link.isEmpty() && !NO_HOST.matcher(link).matches()) {
                links.add(link);
            }
        }
        return new ArrayList<>(new LinkedHashSet<>(links));
    }

    /** The same text with blanks where links were, every other character at its place. */
    public static String blanked(String text) {
        StringBuilder rest = new StringBuilder(text);
        Matcher matcher = LINK.matcher(text);
        while (matcher.find()) {
            for (int i = matcher.start(); i < matcher.end(); i++) {
                if (".,;:!?".indexOf(text.charAt(i)) < 0 || i + 1 < matcher.end()) {
                    rest.setCharAt(i, ' ');
                }
            }
        }
        return rest.toString();
    }

    /** Without characters that show nothing: an address broken by one is whole for who reads or copies it. */
    private static String visible(String text) {
        return text.replaceAll("[\\p{Cf}]", "");
    }

    public boolean allowed(String link) {
        return host(link).map(hosts::contains).orElse(false);
    }

    private static Optional<String> host(String link) {
        String slashes = link.replace('\\', '/').replaceAll("[．。｡]", ".");
        String full = slashes.startsWith("//")
                ? "https:" + slashes
                : slashes.matches("(?i)[a-z][a-z0-9+.-]*:/.*") ? slashes : "https://" + slashes;
        try {
            URI uri = new URI(full.replaceAll("(?<=\\S)[\\[\\]{}|^`]", "_"));
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            String host = uri.getHost();
            if (host == null
                    || uri.getUserInfo() != null
                    || !Arrays.asList("https", "http").contains(scheme)) {
                return Optional.empty();
            }
            String plain = host.toLowerCase(Locale.ROOT);
            return Optional.of(plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain);
        } catch (URISyntaxException unreadable) {
            return Optional.empty();
        }
    }

    /** Whether its path or query carries the address of another host: who may redirect for us is anybody's advertiser. */
    public boolean leadsElsewhere(String link) {
        String decoded = decoded(link);
        int begin = decoded.indexOf('/', Math.max(0, decoded.indexOf("//") + 2));
        int query = decoded.indexOf('?');
        int from = begin < 0 ? query : query < 0 ? begin : Math.min(begin, query);
        if (from < 0) {
            return false;
        }
        String rest = decoded.substring(from + 1);
        if (ENCODED_HTTP.matcher(rest).find()) {
            return true;
        }
        Matcher matcher = ADDRESS_WITHIN.matcher(rest);
        while (matcher.find()) {
            if (!NO_HOST.matcher(matcher.group()).matches() && !allowed(matcher.group())) {
                return true;
            }
        }
        return false;
    }

    public static boolean tracks(String link) {
        return TRACKING.matcher(decoded(link)).find();
    }

    public static boolean sells(String link) {
        String decoded = decoded(link);
        return SHOP.matcher(decoded).find() || SHOP.matcher("/" + decoded).find();
    }

    private static String decoded(String link) {
        String decoded = link;
        for (int i = 0; i < DECODED_TIMES && decoded.indexOf('%') >= 0; i++) {
            decoded = once(decoded);
        }
        return decoded;
    }

    /** Percent-encodings that can be read; the rest as it is. */
    private static String once(String link) {
        Matcher matcher = Pattern.compile("(?:%[0-9a-fA-F]{2})+").matcher(link);
        return matcher.replaceAll(found -> {
            byte[] bytes = new byte[found.group().length() / 3];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) Integer.parseInt(found.group().substring(3 * i + 1, 3 * i + 3), 16);
            }
            return Matcher.quoteReplacement(new String(bytes, StandardCharsets.UTF_8));
        });
    }
}
