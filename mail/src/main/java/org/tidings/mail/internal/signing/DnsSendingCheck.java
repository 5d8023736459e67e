package org.tidings.mail.internal.signing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.tidings.mail.SendingCheck;
import org.tidings.mail.internal.dns.Dns;
import org.tidings.mail.internal.signing.dkim.DkimAlgorithm;
import org.tidings.mail.internal.signing.dkim.DkimKey;
import org.tidings.mail.internal.signing.dkim.DkimPublication;

/** Asks DNS for SPF (RFC 7208), DKIM (RFC 6376), DMARC and MX of a sender domain. */
public final class DnsSendingCheck implements SendingCheck {
    private static final Pattern DOMAIN =
            Pattern.compile("(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,62}\\.)+[a-z][a-z0-9-]{1,62}");
    private static final int SPF_LOOKUPS_AT_MOST = 10;

    private final Dns dns;
    private final Function<String, List<DkimKey>> keys;

    /** @param keys the keys that sign for a domain */
    public DnsSendingCheck(Dns dns, Function<String, List<DkimKey>> keys) {
        this.dns = dns;
        this.keys = keys;
    }

    @Override
    public List<Finding> check(String domain) {
        if (!DOMAIN.matcher(domain).matches()) {
            throw new IllegalArgumentException("not a domain");
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(asked(Subject.SPF, domain, () -> spf(domain)));
        findings.addAll(dkim(domain));
        findings.add(asked(Subject.DMARC, "_dmarc." + domain, () -> dmarc(domain)));
        findings.add(asked(Subject.MX, domain, () -> mx(domain)));
        return findings;
    }

    private interface Question {
        Finding ask();
    }

    private static Finding asked(Subject subject, String name, Question question) {
        try {
            return question.ask();
        } catch (Dns.DnsUnavailable silent) {
            return new Finding(subject, State.UNKNOWN, Advice.ASK_AGAIN_LATER, name, "", "");
        }
    }

    private Finding spf(String domain) {
        List<String> records = dns.txt(domain).stream()
                .filter(r -> r.equalsIgnoreCase("v=spf1")
                        || r.toLowerCase(Locale.ROOT).startsWith("v=spf1 "))
                .toList();
        if (records.isEmpty()) {
            return new Finding(Subject.SPF, State.BAD, Advice.SPF_ADD_RECORD, domain, "", "v=spf1 mx ~all");
        }
        if (records.size() > 1) {
            return new Finding(
                    Subject.SPF, State.BAD, Advice.SPF_KEEP_ONE_RECORD, domain, String.join("\n", records), "");
        }
        String record = records.get(0);
        List<String> terms = List.of(record.toLowerCase(Locale.ROOT).strip().split("\\s+", 100));
        if (terms.contains("+all") || terms.contains("all") || terms.contains("?all")) {
            boolean everybody = !terms.contains("?all");
            return new Finding(
                    Subject.SPF,
                    everybody ? State.BAD : State.WARNING,
                    Advice.SPF_NEVER_ALLOW_EVERYBODY,
                    domain,
                    record,
                    record.replaceAll("(?i)(?<=\\s)[+?]?all(?=\\s|$)", "~all"));
        }
        long lookups = terms.stream()
                .map(term -> term.replaceFirst("^[+~?-]", ""))
                .filter(term -> term.startsWith("include:")
                        || term.startsWith("redirect=")
                        || term.startsWith("exists:")
                        || term.matches("(?:a|mx|ptr)(?:[:/].*)?"))
                .count();
        if (lookups > SPF_LOOKUPS_AT_MOST) {
            return new Finding(Subject.SPF, State.BAD, Advice.SPF_TOO_MANY_LOOKUPS, domain, record, "");
        }
        boolean ends = terms.contains("-all")
                || terms.contains("~all")
                || terms.stream().anyMatch(t -> t.startsWith("redirect="));
        return ends
                ? new Finding(Subject.SPF, State.GOOD, Advice.NOTHING, domain, record, "")
                : new Finding(
                        Subject.SPF, State.WARNING, Advice.SPF_END_WITH_ALL, domain, record, record.strip() + " ~all");
    }

    private List<Finding> dkim(String domain) {
        List<DkimKey> own = keys.apply(domain);
        if (own.isEmpty()) {
            return List.of(new Finding(Subject.DKIM, State.BAD, Advice.DKIM_CREATE_KEY, domain, "", ""));
        }
        List<Finding> findings = new ArrayList<>();
        DkimPublication publication = new DkimPublication(dns);
        for (DkimKey key : own) {
            DkimPublication.State state = publication.of(key);
            findings.add(
                    switch (state) {
                        case PUBLISHED -> dkim(key, State.GOOD, Advice.NOTHING);
                        case MISSING -> dkim(key, State.BAD, Advice.DKIM_PUBLISH_RECORD);
                        case REVOKED -> dkim(key, State.BAD, Advice.DKIM_RECORD_IS_REVOKED);
                        case DIFFERENT, MALFORMED -> dkim(key, State.BAD, Advice.DKIM_REPLACE_RECORD);
                        case UNKNOWN -> dkim(key, State.UNKNOWN, Advice.ASK_AGAIN_LATER);
                    });
        }
        if (own.stream().noneMatch(key -> key.algorithm() == DkimAlgorithm.RSA)) {
            findings.add(new Finding(Subject.DKIM, State.WARNING, Advice.DKIM_ADD_RSA_KEY, domain, "", ""));
        }
        return findings;
    }

    private static Finding dkim(DkimKey key, State state, Advice advice) {
        return new Finding(
                Subject.DKIM,
                state,
                advice,
                key.recordName(),
                state == State.GOOD ? key.recordValue() : "",
                state == State.GOOD ? "" : key.zoneLine());
    }

    private Finding dmarc(String domain) {
        // Receivers ask the organizational domain when the sender domain itself has no record; one label up is tried
        // for that.
        String name = "_dmarc." + domain;
        List<String> records = dmarcRecords(name);
        String parent = domain.substring(domain.indexOf('.') + 1);
        if (records.isEmpty() && parent.indexOf('.') > 0) {
            List<String> above = dmarcRecords("_dmarc." + parent);
            if (!above.isEmpty()) {
                name = "_dmarc." + parent;
                records = above;
            }
        }
        String wanted = "v=DMARC1; p=none; rua=mailto:dmarc@" + domain;
        if (records.isEmpty()) {
            return new Finding(Subject.DMARC, State.BAD, Advice.DMARC_ADD_RECORD, name, "", wanted);
        }
        if (records.size() > 1) {
            return new Finding(
                    Subject.DMARC, State.BAD, Advice.DMARC_KEEP_ONE_RECORD, name, String.join("\n", records), "");
        }
        String record = records.get(0);
        Optional<String> policy = Optional.ofNullable(tags(record).get("p")).map(p -> p.toLowerCase(Locale.ROOT));
        if (policy.filter(p -> List.of("none", "quarantine", "reject").contains(p))
                .isEmpty()) {
            return new Finding(Subject.DMARC, State.BAD, Advice.DMARC_REPAIR_RECORD, name, record, wanted);
        }
        if (!tags(record).containsKey("rua")) {
            return new Finding(
                    Subject.DMARC,
                    State.WARNING,
                    Advice.DMARC_ASK_FOR_REPORTS,
                    name,
                    record,
                    record.strip().replaceAll(";$", "") + "; rua=mailto:dmarc@" + domain);
        }
        return policy.get().equals("none")
                ? new Finding(
                        Subject.DMARC,
                        State.WARNING,
                        Advice.DMARC_RAISE_POLICY,
                        name,
                        record,
                        record.replaceFirst("(?i)\\bp\\s*=\\s*none", "p=quarantine"))
                : new Finding(Subject.DMARC, State.GOOD, Advice.NOTHING, name, record, "");
    }

    private List<String> dmarcRecords(String name) {
        return dns.txt(name).stream()
                .filter(r -> r.toLowerCase(Locale.ROOT).replaceAll("\\s", "").startsWith("v=dmarc1"))
                .toList();
    }

    private static Map<String, String> tags(String record) {
        Map<String, String> tags = new TreeMap<>();
        for (String pair : record.split(";", 50)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                tags.putIfAbsent(
                        pair.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                        pair.substring(equals + 1).strip());
            }
        }
        return tags;
    }

    private Finding mx(String domain) {
        List<Dns.Mx> exchangers = dns.mx(domain);
        if (exchangers.stream().anyMatch(mx -> mx.host().isEmpty())) {
            return new Finding(Subject.MX, State.BAD, Advice.MX_REFUSES_REPLIES, domain, "0 .", "");
        }
        if (exchangers.isEmpty()) {
            return new Finding(Subject.MX, State.BAD, Advice.MX_ADD_RECORD, domain, "", "");
        }
        String found = String.join(
                "\n",
                exchangers.stream().map(mx -> mx.preference() + " " + mx.host()).toList());
        return new Finding(Subject.MX, State.GOOD, Advice.NOTHING, domain, found, "");
    }
}
