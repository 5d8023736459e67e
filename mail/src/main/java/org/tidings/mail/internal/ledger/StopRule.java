package org.tidings.mail.internal.ledger;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.tidings.site.ConfigurationKey;
import org.tidings.site.Expected;

/**
 * When a mailing stops by itself (B05): more than so many in a hundred of its tries were refused because of us; or so many within
 * five minutes because of how this site is set up, which the next ones would be as well.
 *
 * @param percent 0 for never
 * @param refusals 0 for never
 */
public record StopRule(int percent, int refusals) {

    static final int WITHIN_MINUTES = 5;
    /** Fewer say nothing. */
    private static final int REFUSALS_AT_LEAST = 3;

    static final ConfigurationKey PERCENT = new ConfigurationKey(
            "tidings.mail.stop.percent",
            "2",
            "A mailing stops by itself when more than this share of its tries, in percent, is refused because of us: policy, content,"
                    + " SPF, DKIM, blocklists; 0 for never.",
            false,
            Expected.wholeNumber(0, 100));
    static final ConfigurationKey REFUSALS = new ConfigurationKey(
            "tidings.mail.stop.refusals",
            "10",
            "A mailing stops by itself when as many of its tries are refused within five minutes because of SPF, DKIM, a blocklist, TLS or"
                    + " the login; 0 for never.",
            false,
            Expected.wholeNumber(0, 1_000_000));
    public static final List<ConfigurationKey> KEYS = List.of(PERCENT, REFUSALS);

    public static StopRule read(Function<String, Optional<String>> configuration) {
        return new StopRule(number(configuration, PERCENT, 100), number(configuration, REFUSALS, 1_000_000));
    }

    private static int number(Function<String, Optional<String>> configuration, ConfigurationKey key, int most) {
        try {
            int value = Integer.parseInt(
                    configuration.apply(key.name()).map(String::strip).orElse(key.fallback()));
            if (value >= 0 && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException(key.name() + " must be a whole number from 0 to " + most);
    }

    /**
     * Whether to stop.
     *
     * @param tries of the mailing since it was begun or resumed, within a day
     * @param ours those of them that were refused because of us
     * @param lately those of the last five minutes that were refused because of how the site is set up
     */
    boolean stops(long tries, long ours, long lately) {
        boolean share = percent > 0 && ours >= REFUSALS_AT_LEAST && ours * 100 > tries * percent;
        boolean burst = refusals > 0 && lately >= refusals;
        return share || burst;
    }
}
