package org.tidings.mail.internal.replies;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who speaks to whom: a server that says "unknown user" may mean whom we write to, or us. Our own envelope sender is known by its form
 * (see {@code Verp}) wherever it stands; other addresses and domains of ours and the recipient's are to be given.
 *
 * @param ours addresses and domains that are ours, in lower case
 * @param recipient whom the mail was for, in lower case, if that is known
 */
public record Parties(Set<String> ours, Optional<String> recipient) {
    private static final Pattern TOKEN = Pattern.compile(
            "(?i)[^\\s<>\"'(),;:\\[\\]]{0,64}\\bb\\+[a-z2-7]{26,40}\\.[a-z2-7]{16}(?:[@=][a-z0-9._-]{1,190}[a-z0-9])?");
    private static final Pattern NUMBERED = Pattern.compile(
            "(?<![\\d.])(?:\\d{1,3}\\.){3}\\d{1,3}(?![\\d]|\\.\\d)|\\bipv6:[0-9a-f:]{4,45}|(?<![0-9a-f:])(?:[0-9a-f]{1,4}:){4,7}[0-9a-f]{0,4}");
    /** A label says whose an address is and nothing about it. */
    private static final Pattern LABELLED = Pattern.compile(
            "(?im)^[ \\t>]{0,8}(?:sender(?: address)?|from|reply-to|return-path|absender|expediteur|remitente|mittente):[ \\t]{0,8}[^\\s]{1,200}[ \\t]*$"
                    + "|\\b(?:from|envelope-from|env-from|helo|ehlo|client)[=:] ?<?[^\\s<>,;()]{3,200}>?");

    private static final Pattern URL = Pattern.compile("(?i)https?://\\S{1,300}");

    static final String OURSELVES = "ourselves";
    static final String OUR_DOMAIN = "ourdomain";
    static final String ADDRESSEE = "addressee";
    static final String NUMBER = "ipnumber";

    /** Where nobody is known: only our own envelope sender is. */
    public static final Parties UNKNOWN = new Parties(Set.of(), Optional.empty());

    public Parties {
        ours = Set.copyOf(ours);
    }

    /** Of a mail from one address to another. */
    public static Parties of(String sender, String recipient) {
        Set<String> ours = new LinkedHashSet<>();
        add(ours, sender);
        return new Parties(ours, Optional.of(recipient.toLowerCase(Locale.ROOT)).filter(r -> r.indexOf('@') > 0));
    }

    private static void add(Set<String> ours, String address) {
        String lower = address.toLowerCase(Locale.ROOT);
        int at = lower.lastIndexOf('@');
        if (at > 0 && at + 1 < lower.length()) {
            ours.add(lower);
            ours.add(lower.substring(at + 1));
        } else if (at < 0 && lower.indexOf('.') > 0) {
            ours.add(lower);
        }
    }

    /** The same and more that is ours: an address, or a domain. */
    public Parties and(String other) {
        Set<String> more = new LinkedHashSet<>(ours);
        add(more, other);
        return new Parties(more, recipient);
    }

    /** The same mail to somebody else. */
    public Parties to(Optional<String> other) {
        return new Parties(ours, other.map(r -> r.toLowerCase(Locale.ROOT)));
    }

    /** The text with words in place of who is known: {@value #OURSELVES}, {@value #OUR_DOMAIN}, {@value #ADDRESSEE}, {@value #NUMBER}. */
    String marked(String text) {
        String marked = text.length() > Words.CHARS_AT_MOST ? text.substring(0, Words.CHARS_AT_MOST) : text;
        marked = URL.matcher(marked).replaceAll(" ");
        marked = LABELLED.matcher(marked).replaceAll(" ");
        marked = TOKEN.matcher(marked).replaceAll(" " + OURSELVES + " ");
        if (recipient.isPresent()) {
            marked = replaced(marked, recipient.get(), ADDRESSEE);
            String local =
                    recipient.get().substring(0, Math.max(0, recipient.get().lastIndexOf('@')));
            if (!local.isEmpty()) {
                // Many servers know her by what stands before the "@".
                marked = Pattern.compile("(?i)\\b(user|username|mailbox|account|recipient|alias) [<\"'\\[(]{0,2}"
                                + Pattern.quote(local) + "(?![a-z0-9@._-])[>\"'\\])]{0,2}")
                        .matcher(marked)
                        .replaceAll(" " + ADDRESSEE + " ");
            }
        }
        String hers = recipient.map(r -> r.substring(r.lastIndexOf('@') + 1)).orElse("");
        for (String own : ours) {
            if (own.indexOf('@') > 0 && !own.equals(recipient.orElse(""))) {
                marked = replaced(marked, own, OURSELVES);
            }
        }
        for (String own : ours) {
            // Where she is one of us, our domain is hers as well.
            if (own.indexOf('@') < 0 && !hers.equals(own) && !hers.endsWith("." + own) && !own.endsWith("." + hers)) {
                marked = replaced(marked, "(?:[a-z0-9-]{1,63}\\.){0,4}", own, OUR_DOMAIN);
            }
        }
        return NUMBERED.matcher(marked).replaceAll(" " + NUMBER + " ");
    }

    private static String replaced(String text, String name, String word) {
        return replaced(text, "", name, word);
    }

    private static String replaced(String text, String prefix, String name, String word) {
        Matcher matcher = Pattern.compile(
                        "(?i)(?<![a-z0-9._@=+-])" + prefix + Pattern.quote(name) + "(?![a-z0-9@_-]|\\.[a-z0-9])")
                .matcher(text);
        return matcher.replaceAll(" " + word + " ");
    }
}
