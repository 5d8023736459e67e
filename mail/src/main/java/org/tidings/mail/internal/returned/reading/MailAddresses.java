package org.tidings.mail.internal.returned.reading;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds addresses in text that others wrote; lenient, in one pass. */
final class MailAddresses {
    private static final String LOCAL = "[^\\s<>\"'(),;:\\[\\]=]{1,64}";
    private static final Pattern ADDRESS = Pattern.compile(LOCAL + "@[a-zA-Z0-9._-]{1,190}[a-zA-Z0-9]");
    /** A recipient that begins a paragraph of its own, as servers list them; the full stop may be the sentence's. */
    private static final Pattern LISTED = Pattern.compile("(?im)^[ \\t]{0,8}(?:\\* |[45]\\d\\d |"
            + "(?:(?:unknown|failed|intended|invalid|final|delivery|bad|undeliverable) ){0,3}(?:recipient|user|address|userid|mailbox):"
            + " ?(?:\\[SMTP:)?)?[<\"]?(" + LOCAL + "@[a-z0-9._-]{1,190}+)"
            + "[>\"\\]]?(?:[:,]|<mailto:|[ \\t]*$|[ \\t]+\\(|\\.\\.\\.|[ \\t]+on [a-z0-9]|(?<=\\.) )");
    /** After these words servers name whom they did not reach. */
    private static final Pattern NAMED = Pattern.compile(
            "(?i)(?:following (?:\\w{1,12} )?(?:recipient|address|user|mailbox)"
                    + "|failed recipient|(?:not|n't) (?:be )?delivered to|did not reach|unable to deliver|intended recipient)");

    private MailAddresses() {}

    static Optional<String> firstIn(String field) {
        Matcher matcher = ADDRESS.matcher(field.length() > 2_000 ? field.substring(0, 2_000) : field);
        return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
    }

    static void addAll(Set<String> target, String text, int atMost) {
        Matcher matcher = ADDRESS.matcher(text);
        while (matcher.find() && target.size() < atMost) {
            target.add(matcher.group());
        }
    }

    /** The listed recipients from there on; ask {@link #listedBy} for the address of each. */
    static Matcher listed(String text) {
        return LISTED.matcher(text);
    }

    static String listedBy(Matcher listed) {
        String address = listed.group(1);
        int end = address.length();
        while (address.charAt(end - 1) == '.') {
            end--;
        }
        return address.substring(0, end);
    }

    /** What follows the first words after which servers name recipients; the whole if there are none. */
    static String afterAnnouncement(String text) {
        Matcher matcher = NAMED.matcher(text);
        return matcher.find() ? text.substring(matcher.end()) : text;
    }

    static String localPart(String address) {
        int at = address.lastIndexOf('@');
        return at < 0 ? address : address.substring(0, at);
    }
}
