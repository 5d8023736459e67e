package org.tidings.mail.internal.signing;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tidings.mail.MessageClass;
import org.tidings.mail.SigningKeys;
import org.tidings.mail.internal.dns.Dns;
import org.tidings.mail.internal.settings.MailSettings;
import org.tidings.mail.internal.signing.KeyRows.KeyRow;
import org.tidings.mail.internal.signing.dkim.DkimAlgorithm;
import org.tidings.mail.internal.signing.dkim.DkimKey;
import org.tidings.mail.internal.signing.dkim.DkimPublication;
import org.tidings.mail.internal.signing.dkim.DkimRotation;
import org.tidings.mail.internal.signing.dkim.DkimSigner;
import org.tidings.site.Transactions;

/**
 * The signing keys of this site. What signs is kept in memory and read again by {@link #refresh} every few seconds, so that all
 * nodes sign alike and a mail costs no question to the database.
 */
public final class KeyRing implements SigningKeys, Signers {

    private static final Logger LOG = Logger.getLogger(KeyRing.class.getName());
    private static final int KEYS_AT_MOST = 10;
    /** {@code x=}: the longest that a mail may be tried, and a week (D03). */
    private static final Duration VALID = Duration.ofDays(12);

    private final KeyRows rows;
    private final Transactions transactions;
    private final Clock clock;
    private final Dns dns;
    private final Map<String, Set<MessageClass>> senders;
    private final Optional<String> bounceDomain;
    private final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();
    private final Map<UUID, Optional<DkimKey>> opened = new ConcurrentHashMap<>();

    private volatile Map<String, Signing> signing = Map.of();

    /** Who signs for a domain, and with which keys. */
    private record Signing(List<UUID> keys, DkimSigner signer) {}

    public KeyRing(KeyRows rows, Transactions transactions, Clock clock, Dns dns, MailSettings settings) {
        this.rows = rows;
        this.transactions = transactions;
        this.clock = clock;
        this.dns = dns;
        this.senders = senders(settings);
        this.bounceDomain =
                Optional.of(settings.bounceDomain().toLowerCase(Locale.ROOT)).filter(domain -> !domain.isEmpty());
    }

    private static Map<String, Set<MessageClass>> senders(MailSettings settings) {
        Map<String, Set<MessageClass>> senders = new TreeMap<>();
        for (MessageClass messageClass : MessageClass.values()) {
            String address = settings.sender(messageClass);
            String domain = address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
            senders.computeIfAbsent(domain, d -> EnumSet.noneOf(MessageClass.class))
                    .add(messageClass);
        }
        return senders;
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    // Signing

    @Override
    public Optional<DkimSigner> forDomain(String senderDomain) {
        Map<String, Signing> known = signing;
        if (known.isEmpty()) {
            return Optional.empty();
        }
        for (String domain : upwards(senderDomain)) {
            Signing found = known.get(domain);
            if (found != null) {
                return Optional.of(found.signer());
            }
        }
        return Optional.empty();
    }

    /** The domain and those above it that have two labels at least: their signatures are aligned with it (RFC 7489 3.1.1). */
    private static List<String> upwards(String domain) {
        List<String> all = new ArrayList<>();
        String at = domain;
        while (at.indexOf('.') > 0) {
            all.add(at);
            at = at.substring(at.indexOf('.') + 1);
        }
        return all;
    }

    /** Reads from the database what signs. */
    synchronized void refresh() {
        OffsetDateTime now = now();
        List<KeyRow> all = rows.all();
        opened.keySet().retainAll(all.stream().map(KeyRow::id).toList());
        Map<String, Signing> before = signing;
        Map<String, Signing> next = new HashMap<>();
        all.stream().map(KeyRow::domain).distinct().forEach(domain -> {
            List<KeyRow> usable = all.stream()
                    .filter(row -> row.domain().equals(domain))
                    .filter(KeyRing::maySign)
                    .toList();
            Map<DkimKey, UUID> names = new HashMap<>();
            List<DkimRotation.Entry> entries = new ArrayList<>();
            for (KeyRow row : usable) {
                open(row).ifPresent(key -> {
                    names.put(key, row.id());
                    entries.add(new DkimRotation.Entry(key, row.createdAt(), row.activeFrom(), row.retiredAt()));
                });
            }
            List<DkimKey> keys = DkimRotation.signing(entries, now, key -> true);
            if (!keys.isEmpty()) {
                List<UUID> named = keys.stream()
                        .map(key -> names.getOrDefault(key, NOBODY))
                        .toList();
                Signing known = before.get(domain);
                boolean same = known != null && known.keys().equals(named);
                next.put(domain, same ? known : signing(domain, named, keys));
            }
        });
        before.keySet().stream()
                .filter(domain -> !next.containsKey(domain))
                .forEach(domain -> LOG.warning(() -> "mail of " + domain + " is not signed any more"));
        signing = Map.copyOf(next);
    }

    private static final UUID NOBODY = new UUID(0, 0);

    private static Signing signing(String domain, List<UUID> names, List<DkimKey> keys) {
        LOG.info(() -> "mail of " + domain + " is signed by "
                + String.join(" and ", keys.stream().map(DkimKey::toString).toList()));
        return new Signing(names, new DkimSigner(keys, VALID));
    }

    /** D09: never before it was published, nor after it was taken back. A silent or forgetful DNS stops nothing. */
    private static boolean maySign(KeyRow row) {
        return row.seenAt().isPresent() && row.found() != Found.REVOKED;
    }

    private Optional<DkimKey> open(KeyRow row) {
        return opened.computeIfAbsent(row.id(), id -> {
            Optional<DkimKey> key = rows.open(row);
            if (key.isEmpty()) {
                LOG.log(
                        Level.SEVERE,
                        "the DKIM key {0} of {1} cannot be opened: it was sealed under another tidings.secret",
                        new Object[] {row.selector(), row.domain()});
            }
            return key;
        });
    }

    // Publication

    /** Keys whose record matters: those that sign, and those that may sign one day. */
    List<KeyRow> watched() {
        return rows.all().stream().filter(row -> row.retiredAt().isEmpty()).toList();
    }

    /** Says that this node asks DNS for the key's record; false when another one was faster. */
    boolean mayAsk(KeyRow row) {
        return rows.mayAsk(row, now());
    }

    /** Asks DNS and writes down what it said. */
    Found ask(KeyRow row) {
        Optional<DkimKey> key = open(row);
        if (key.isEmpty()) {
            return row.found();
        }
        Found found = switch (new DkimPublication(dns).of(key.get())) {
            case PUBLISHED -> Found.PUBLISHED;
            case MISSING -> Found.MISSING;
            case REVOKED -> Found.REVOKED;
            case DIFFERENT -> Found.DIFFERENT;
            case MALFORMED -> Found.MALFORMED;
            case UNKNOWN -> Found.NO_ANSWER;
        };
        rows.asked(row.id(), found, now());
        return found;
    }

    /** The keys that sign for a domain or are to, for who checks what DNS says of it. */
    public List<DkimKey> keysFor(String senderDomain) {
        List<KeyRow> watched = watched();
        for (String domain : upwards(senderDomain)) {
            List<DkimKey> keys = watched.stream()
                    .filter(row -> row.domain().equals(domain))
                    .flatMap(row -> open(row).stream())
                    .toList();
            if (!keys.isEmpty()) {
                return keys;
            }
        }
        return List.of();
    }

    // For staff

    @Override
    public List<SenderDomain> senderDomains() {
        OffsetDateTime now = now();
        List<SigningKey> all = rows.all().stream().map(row -> view(row, now)).toList();
        Map<String, Set<MessageClass>> domains = new TreeMap<>(senders);
        bounceDomain.ifPresent(domain -> domains.putIfAbsent(domain, Set.of()));
        return domains.entrySet().stream()
                .map(e -> senderDomain(e.getKey(), e.getValue(), all))
                .toList();
    }

    private SenderDomain senderDomain(String domain, Set<MessageClass> classes, List<SigningKey> all) {
        List<String> above = upwards(domain);
        return new SenderDomain(
                domain,
                Set.copyOf(classes),
                bounceDomain.filter(domain::equals).isPresent(),
                above,
                forDomain(domain).isPresent(),
                classes.isEmpty()
                        ? List.of()
                        : all.stream()
                                .filter(key -> above.contains(key.domain()))
                                .sorted(Comparator.comparingInt(
                                        (SigningKey key) -> above.indexOf(key.domain()))) // stable: newest first stays
                                .toList());
    }

    private SigningKey view(KeyRow row, OffsetDateTime now) {
        boolean signs = row.signsAt(now);
        State state = signs
                ? State.SIGNING
                : row.retiredAt().isPresent()
                        ? State.RETIRED
                        : row.seenAt().isPresent() ? State.READY : State.UNPUBLISHED;
        Optional<OffsetDateTime> needed = row.retiredAt().map(end -> end.plus(DkimRotation.OVERLAP));
        return new SigningKey(
                row.id(),
                row.domain(),
                row.selector(),
                row.algorithm() == DkimAlgorithm.RSA ? Algorithm.RSA : Algorithm.ED25519,
                state,
                open(row).isPresent(),
                row.found(),
                row.askedAt(),
                row.seenAt(),
                row.createdAt(),
                row.activeFrom(),
                row.retiredAt(),
                needed,
                needed.filter(until -> !now.isBefore(until)).isPresent(),
                signs
                        && row.activeFrom()
                                .filter(from -> !now.isBefore(from.plus(DkimRotation.AGE_AT_MOST)))
                                .isPresent(),
                row.selector() + "._domainkey." + row.domain(),
                row.record(),
                DkimKey.strings(row.record()),
                DkimKey.zoneLine(row.selector() + "._domainkey." + row.domain(), row.record()),
                "v=DKIM1; k=" + row.algorithm().keyType() + "; p=");
    }

    private SigningKey view(UUID key) {
        return view(row(key), now());
    }

    private KeyRow row(UUID key) {
        return rows.find(key).orElseThrow(SigningKeyUnknown::new);
    }

    @Override
    public SigningKey generate(String domain, Algorithm algorithm) {
        if (senders.keySet().stream().noneMatch(sender -> upwards(sender).contains(domain))) {
            throw new NotASigningDomain();
        }
        long there =
                rows.all().stream().filter(row -> row.domain().equals(domain)).count();
        if (there >= KEYS_AT_MOST) {
            throw new TooManySigningKeys();
        }
        DkimAlgorithm kind = algorithm == Algorithm.RSA ? DkimAlgorithm.RSA : DkimAlgorithm.ED25519;
        Set<String> taken = rows.selectorsOf(domain);
        DkimKey key = DkimKey.generate(kind, domain, DkimRotation.selectorFor(kind, now(), taken::contains));
        UUID id = ids.generate();
        rows.add(id, key, now());
        return view(id);
    }

    @Override
    public SigningKey check(UUID key) {
        ask(row(key));
        return view(key);
    }

    @Override
    public SigningKey activate(UUID key) {
        Found found = ask(row(key));
        KeyRow row = row(key);
        boolean silentButSeen = found == Found.NO_ANSWER && row.seenAt().isPresent();
        if ((found != Found.PUBLISHED && !silentButSeen) || open(row).isEmpty()) {
            throw new SigningKeyNotPublished(found);
        }
        transactions.run(() -> rows.activate(row, now()));
        refresh(); // the other nodes follow within seconds
        return view(key);
    }

    @Override
    public SigningKey retire(UUID key) {
        row(key);
        rows.retire(key, now());
        refresh(); // the other nodes follow within seconds
        return view(key);
    }

    @Override
    public void remove(UUID key) {
        SigningKey seen = view(key);
        if (seen.state() == State.SIGNING || (seen.state() == State.RETIRED && !seen.recordFree())) {
            throw new SigningKeyInUse();
        }
        rows.remove(key, now());
    }

    @Override
    public String rsaProvider() {
        return DkimSigner.rsaProvider();
    }
}
