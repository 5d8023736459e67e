package org.tidings.mail.internal.settings;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Limits by receiver. The defaults are R01 and R02; their TLS column is between the mail server and the receiver, since we
 * hand mails to a server of ours and never to a receiver's own.
 *
 * @param byReceiver by the names that {@code Receivers} gives
 * @param otherwise for everybody else
 */
public record ReceivingLimits(Map<String, ReceivingLimit> byReceiver, ReceivingLimit otherwise) {

    private static final ReceivingLimit DEFAULT = new ReceivingLimit(10, 100, 100);
    private static final Map<String, ReceivingLimit> DEFAULTS = Map.of(
            MailOperators.GOOGLE, new ReceivingLimit(5, 50, 100),
            MailOperators.YAHOO, new ReceivingLimit(10, 20, 100),
            MailOperators.OUTLOOK, new ReceivingLimit(5, 50, 100),
            MailOperators.MICROSOFT_365, new ReceivingLimit(5, 50, 100),
            MailOperators.ICLOUD, new ReceivingLimit(10, 100, 100),
            MailOperators.GMX, new ReceivingLimit(4, 20, 100));

    private static final Pattern ENTRY =
            Pattern.compile("(\\*|[a-z0-9][a-z0-9.-]{0,252})\\s*=\\s*(\\d{1,6})\\s*/\\s*(\\d{1,6})\\s*/\\s*(\\d{1,6})");

    public ReceivingLimits {
        byReceiver = Map.copyOf(byReceiver);
    }

    /**
     * Reads {@code google=5/50/100, example.org=2/20/10, *=10/100/100}: at once, mails per connection, a second. What is not
     * named keeps its default.
     *
     * @return empty for {@code off}
     * @throws IllegalArgumentException saying what is wrong
     */
    public static Optional<ReceivingLimits> parse(String text) {
        String limits = text.strip().toLowerCase(Locale.ROOT);
        if (limits.equals("off")) {
            return Optional.empty();
        }
        Map<String, ReceivingLimit> byReceiver = new HashMap<>(DEFAULTS);
        ReceivingLimit otherwise = DEFAULT;
        for (String part : limits.isEmpty() ? new String[0] : limits.split(",", -1)) {
            Matcher entry = ENTRY.matcher(part.strip());
            if (!entry.matches()) {
                throw new IllegalArgumentException(
                        "tidings.mail.receiving.limits must be off, or parts such as google=5/50/100 divided by commas");
            }
            ReceivingLimit limit = new ReceivingLimit(
                    Integer.parseInt(entry.group(2)),
                    Integer.parseInt(entry.group(3)),
                    Integer.parseInt(entry.group(4)));
            if (entry.group(1).equals("*")) {
                otherwise = limit;
            } else {
                byReceiver.put(entry.group(1), limit);
            }
        }
        return Optional.of(new ReceivingLimits(byReceiver, otherwise));
    }

    public ReceivingLimit of(String receiver) {
        return byReceiver.getOrDefault(receiver, otherwise);
    }
}
