package org.tidings.newsletter.internal.importing;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.tidings.newsletter.ColumnUse;

/**
 * What a column is about, by its name alone. Names are taken apart and looked at for what they contain, so that {@code unsubscribed_at},
 * {@code UNSUB_TIME}, {@code Datum der Abmeldung} and {@code globalUnsubscribe} are the same thing.
 *
 * @param effect what a cell says, if it says it: of a {@link Kind#NEGATIVE} column when it is filled, of a {@link Kind#POSITIVE} one when it is not
 * @param rank of several times or addresses of consent the lowest counts
 */
record ColumnMeaning(Kind kind, Said effect, int rank) {

    /** What kind of values it has. */
    enum Kind {
        /** A word that says where somebody stands. */
        STATUS,
        /** Yes, a date or a word mean {@link #effect}. */
        NEGATIVE,
        /** The same, and any text: a reason, a campaign. */
        NEGATIVE_TEXT,
        /** How often: more than none is asked about. */
        NEGATIVE_COUNT,
        /** No means {@link #effect}; a date is that of the consent. */
        POSITIVE,
        /** When the person proved the mailbox; none means {@link #effect}. */
        CONFIRMED_AT,
        AGREED_AT,
        AGREED_FROM,
        /** When the person came to stand as she does. */
        SINCE,
        OTHER
    }

    private static final ColumnMeaning OTHER = new ColumnMeaning(Kind.OTHER, Said.SUBSCRIBED, 9);

    private static final Set<String> NEVER_ABOUT_IT = Set.of(
            "url",
            "link",
            "href",
            "tier",
            "tiers",
            "plan",
            "price",
            "source",
            "quelle",
            "referrer",
            "utm",
            "rating",
            "score",
            "rate",
            "token",
            "uuid",
            "guid",
            "hash",
            "id");
    private static final Set<String> COUNTS =
            Set.of("count", "counts", "number", "num", "anzahl", "total", "bouncecount");
    private static final Set<String> TIMES = Set.of(
            "at",
            "time",
            "date",
            "on",
            "datetime",
            "timestamp",
            "ts",
            "zeit",
            "datum",
            "am",
            "seit",
            "since",
            "uhrzeit",
            "zeitpunkt",
            "when");
    private static final Set<String> TEXTS = Set.of(
            "reason",
            "grund",
            "campaign",
            "kampagne",
            "title",
            "comment",
            "kommentar",
            "note",
            "by",
            "von",
            "other",
            "remark",
            "durch",
            "source",
            "quelle");
    private static final Set<String> STATES = Set.of(
            "status", "state", "zustand", "stand", "standing", "statut", "estado", "stato", "subscribertype", "stati");

    private static final List<String> COMPLAINED = List.of("complain", "spam", "abuse", "beschwer", "junk");
    private static final List<String> BOUNCED = List.of(
            "bounce",
            "undeliver",
            "unzustell",
            "nichtzustell",
            "rucklauf",
            "ruecklauf",
            "cleaned",
            "cleantime",
            "cleandate",
            "cleancampaign",
            "invalid",
            "ungultig",
            "ungueltig",
            "unreachable",
            "unerreichbar");
    private static final List<String> BLOCKED = List.of(
            "blacklist",
            "blocklist",
            "blocked",
            "suppress",
            "banned",
            "sperr",
            "blockier",
            "donotmail",
            "donotemail",
            "donotcontact",
            "donotsend",
            "noemail",
            "nomail",
            "nocontact",
            "robinson",
            "suspend");
    private static final List<String> PENDING = List.of(
            "unconfirm",
            "notconfirm",
            "unverif",
            "notverif",
            "unbestat",
            "unbestaet",
            "nichtbestat",
            "pending",
            "ausstehend",
            "unactivated");
    private static final List<String> LEFT = List.of(
            "unsub",
            "optout",
            "optedout",
            "optsout",
            "outofemail",
            "abgemeld",
            "abmeld",
            "abbestell",
            "austrag",
            "ausgetrag",
            "austritt",
            "ausgetret",
            "kundig",
            "kuendig",
            "widerruf",
            "widersp",
            "widerspr",
            "cancel",
            "delet",
            "remov",
            "disabl",
            "deactiv",
            "deaktiv",
            "inactiv",
            "inaktiv",
            "notactive",
            "nichtaktiv",
            "notsubscri",
            "nichtabonn",
            "gelosch",
            "geloesch",
            "loschung",
            "loeschung",
            "archived",
            "archiviert",
            "resign",
            "withdr",
            "revok",
            "leftat",
            "leftdate",
            "lefton",
            "dateleft",
            "hasleft",
            "stornier",
            "desabonn",
            "desinscri",
            "disiscri",
            "afgemeld",
            "uitgeschreven",
            "endedat",
            "endedby",
            "endedon",
            "terminated");
    private static final Set<String> LEFT_WORDS =
            Set.of("left", "ended", "quit", "baja", "stopped", "beendet", "ausgeschieden", "exit");
    /** Other ways to somebody than mail, and how the mail looks. */
    private static final List<String> ELSEWHERE = List.of("sms", "whatsapp", "push", "phone", "telefon", "html");

    private static final List<String> CONFIRMED = List.of(
            "confirm", "verif", "bestat", "bestaet", "doubleopt", "doi", "validated", "activatedat", "activationdate");
    private static final List<String> AGREED = List.of(
            "optin", "optedin", "consent", "einwillig", "zustimm", "permission", "agree", "gdpr", "dsgvo", "erlaub");
    private static final List<String> SUBSCRIBED = List.of(
            "subscribe",
            "subscript",
            "abonn",
            "angemeldet",
            "isactive",
            "aktiv",
            "active",
            "enabled",
            "mailable",
            "sendable",
            "deliverable",
            "acceptsmarketing",
            "acceptsemail",
            "acceptmarketing",
            "receive",
            "empfang",
            "wantsemail",
            "wantsmail",
            "inscri",
            "iscritt");
    private static final List<String> BEGUN = List.of(
            "created",
            "added",
            "joined",
            "signup",
            "signedup",
            "registered",
            "registration",
            "eingetragen",
            "erstellt",
            "anmeld",
            "angelegt",
            "entered",
            "membersince",
            "hinzugefugt",
            "hinzugefuegt",
            "registrier",
            "beitritt");
    private static final List<String> CHANGED =
            List.of("updated", "modified", "changed", "geandert", "geaendert", "aktualisiert");

    /** What somebody says a column is; empty where it says nothing about her standing. */
    static Optional<ColumnMeaning> as(ColumnUse use) {
        return Optional.ofNullable(
                switch (use) {
                    case STATUS -> new ColumnMeaning(Kind.STATUS, Said.SUBSCRIBED, 9);
                    case LEFT -> new ColumnMeaning(Kind.NEGATIVE, Said.LEFT, 9);
                    case BOUNCED -> new ColumnMeaning(Kind.NEGATIVE, Said.BOUNCED, 9);
                    case BLOCKED -> new ColumnMeaning(Kind.NEGATIVE, Said.BLOCKED, 9);
                    case COMPLAINED -> new ColumnMeaning(Kind.NEGATIVE, Said.COMPLAINED, 9);
                    case UNCONFIRMED -> new ColumnMeaning(Kind.NEGATIVE, Said.PENDING, 9);
                    case CONFIRMED -> new ColumnMeaning(Kind.POSITIVE, Said.PENDING, 0);
                    case CONFIRMED_AT -> new ColumnMeaning(Kind.CONFIRMED_AT, Said.PENDING, 0);
                    case AGREED -> new ColumnMeaning(Kind.POSITIVE, Said.PENDING, 1);
                    case AGREED_AT -> new ColumnMeaning(Kind.AGREED_AT, Said.SUBSCRIBED, 1);
                    case AGREED_FROM -> new ColumnMeaning(Kind.AGREED_FROM, Said.SUBSCRIBED, 1);
                    case SUBSCRIBED -> new ColumnMeaning(Kind.POSITIVE, Said.LEFT, 2);
                    case SINCE -> new ColumnMeaning(Kind.SINCE, Said.SUBSCRIBED, 1);
                    case ADDRESS,
                            NAME,
                            FIRST_NAME,
                            LAST_NAME,
                            LANGUAGE,
                            ZONE,
                            SOURCE,
                            TAGS,
                            ATTRIBUTES,
                            ATTRIBUTE,
                            NOTHING -> null;
                });
    }

    /** How somebody would say what it is. */
    ColumnUse use() {
        return switch (kind) {
            case STATUS -> ColumnUse.STATUS;
            case NEGATIVE, NEGATIVE_TEXT, NEGATIVE_COUNT ->
                switch (effect) {
                    case BOUNCED -> ColumnUse.BOUNCED;
                    case BLOCKED -> ColumnUse.BLOCKED;
                    case COMPLAINED -> ColumnUse.COMPLAINED;
                    case PENDING -> ColumnUse.UNCONFIRMED;
                    case SUBSCRIBED, LEAVE_OUT, LEFT -> ColumnUse.LEFT;
                };
            case POSITIVE ->
                effect == Said.LEFT ? ColumnUse.SUBSCRIBED : rank == 0 ? ColumnUse.CONFIRMED : ColumnUse.AGREED;
            case CONFIRMED_AT -> ColumnUse.CONFIRMED_AT;
            case AGREED_AT -> ColumnUse.AGREED_AT;
            case AGREED_FROM -> ColumnUse.AGREED_FROM;
            case SINCE -> ColumnUse.SINCE;
            case OTHER -> ColumnUse.NOTHING;
        };
    }

    static ColumnMeaning of(String header) {
        List<String> words = Arrays.stream(
                        header.replaceAll("([\\p{Ll}\\d])(\\p{Lu})", "$1 $2").split("[^\\p{L}\\p{M}\\d]+", -1))
                .map(StatusWords::plain)
                .filter(word -> !word.isEmpty())
                .toList();
        String name = StatusWords.plain(header).toLowerCase(Locale.ROOT);
        if (words.isEmpty()) {
            return OTHER;
        }
        boolean address = words.contains("ip")
                || name.endsWith("ipaddress")
                || name.endsWith("ipadresse")
                || name.endsWith("optinip");
        if (address) {
            Said against = against(name, words);
            return against == Said.SUBSCRIBED
                    ? new ColumnMeaning(Kind.AGREED_FROM, Said.SUBSCRIBED, rank(name))
                    : new ColumnMeaning(Kind.NEGATIVE_TEXT, against, 9);
        }
        boolean last = words.get(0).equals("last") || words.get(0).startsWith("letzte");
        boolean activity = last && (name.contains("activ") || name.contains("aktiv"));
        if (activity || (isAny(name, ELSEWHERE) && !name.contains("mail"))) {
            return OTHER;
        }
        Said against = against(name, words);
        boolean text = words.stream().anyMatch(TEXTS::contains);
        if (against != Said.SUBSCRIBED && text && !words.contains("url")) {
            return new ColumnMeaning(Kind.NEGATIVE_TEXT, against, 9);
        }
        if (words.stream().anyMatch(NEVER_ABOUT_IT::contains)) {
            return OTHER;
        }
        boolean time = TIMES.contains(words.get(words.size() - 1))
                || TIMES.contains(words.get(0))
                || name.endsWith("date")
                || name.endsWith("datum")
                || name.endsWith("time")
                || name.endsWith("zeitpunkt");
        if (words.stream().anyMatch(STATES::contains) || name.endsWith("status")) {
            return time || isAny(name, CHANGED)
                    ? new ColumnMeaning(Kind.SINCE, Said.SUBSCRIBED, 0)
                    : new ColumnMeaning(Kind.STATUS, against, 9);
        }
        boolean count = words.stream().anyMatch(COUNTS::contains);
        if (against != Said.SUBSCRIBED) {
            return new ColumnMeaning(count ? Kind.NEGATIVE_COUNT : Kind.NEGATIVE, against, 9);
        }
        if (count) {
            return OTHER;
        }
        if (isAny(name, CONFIRMED) && !name.contains("unconfirm")) {
            return new ColumnMeaning(time ? Kind.CONFIRMED_AT : Kind.POSITIVE, Said.PENDING, 0);
        }
        if (isAny(name, AGREED)) {
            return time
                    ? new ColumnMeaning(Kind.AGREED_AT, Said.SUBSCRIBED, 1)
                    : new ColumnMeaning(Kind.POSITIVE, Said.PENDING, 1);
        }
        String withoutPerson = name.replace("subscriber", "").replace("abonnent", "");
        if (isAny(withoutPerson, SUBSCRIBED) || name.equals("newsletter")) {
            if (!time) {
                return new ColumnMeaning(Kind.POSITIVE, Said.LEFT, 2);
            }
            return withoutPerson.contains("activ") || withoutPerson.contains("aktiv")
                    ? OTHER
                    : new ColumnMeaning(Kind.AGREED_AT, Said.SUBSCRIBED, 2);
        }
        if (BEGUN.contains(name) || (time && isAny(name, BEGUN))) {
            return new ColumnMeaning(Kind.AGREED_AT, Said.SUBSCRIBED, 3);
        }
        if (name.equals("since") || name.equals("seit")) {
            return new ColumnMeaning(Kind.SINCE, Said.SUBSCRIBED, 1);
        }
        if (isAny(name, CHANGED)) {
            return new ColumnMeaning(Kind.SINCE, Said.SUBSCRIBED, 2);
        }
        return OTHER;
    }

    private static Said against(String name, List<String> words) {
        if (isAny(name, COMPLAINED)) {
            return Said.COMPLAINED;
        }
        if (isAny(name, BLOCKED) || words.contains("dnc")) {
            return Said.BLOCKED;
        }
        if (isAny(name, BOUNCED) || name.equals("clean")) {
            return Said.BOUNCED;
        }
        if (isAny(name, LEFT) || words.stream().anyMatch(LEFT_WORDS::contains)) {
            return Said.LEFT;
        }
        return isAny(name, PENDING) ? Said.PENDING : Said.SUBSCRIBED;
    }

    private static int rank(String name) {
        if (isAny(name, CONFIRMED)) {
            return 0;
        }
        return isAny(name, AGREED) ? 1 : 2;
    }

    private static boolean isAny(String name, List<String> parts) {
        return parts.stream().anyMatch(name::contains);
    }
}
