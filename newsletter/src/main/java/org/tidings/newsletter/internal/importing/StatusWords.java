package org.tidings.newsletter.internal.importing;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The words with which systems that send newsletters, and people, say where somebody stands: listmonk, Mailchimp, Ghost, Substack, Beehiiv,
 * Kit, Keila, MailerLite, Sendy, phpList, Brevo, Buttondown, Mailman, our own. A word that is not here is asked about, never guessed.
 */
final class StatusWords {

    private static final Map<String, Said> WORDS = new HashMap<>();

    static {
        put(
                Said.SUBSCRIBED,
                "subscribed active enabled confirmed verified activated valid deliverable mailable regular premium gifted free paid"
                        + " comp trialed optedin optin doubleoptin singleoptin subscriber member current permissiongranted explicit"
                        + " implicit express implied granted agreed consented accepted normal aktiv abonniert angemeldet bestatigt"
                        + " bestaetigt eingetragen aktiviert verifiziert zugestimmt eingewilligt gultig gueltig mitglied abonnent"
                        + " abonne abonnee inscrit inscrite actif confirme confirmee valide verifie verifiee accepte consenti membre");
        put(
                Said.PENDING,
                "pending unconfirmed unactivated unverified notconfirmed notverified notactivated notyetconfirmed validating"
                        + " waiting awaiting awaitingconfirmation waitingforconfirmation pendingconfirmation confirmationpending"
                        + " confirmationsent needsapproval needsconfirmation invited nonsubscribed transactional ausstehend"
                        + " unbestatigt unbestaetigt nichtbestatigt nichtbestaetigt nochnichtbestatigt nochnichtbestaetigt wartend"
                        + " eingeladen offen unverifiziert nichtverifiziert enattente nonconfirme nonconfirmee pasconfirme"
                        + " pasencoreconfirme aconfirmer nonverifie");
        put(
                Said.LEFT,
                "unsubscribed unsubscribe unsubscribes unsub unsubbed left cancelled canceled cancel optedout optout disabled inactive"
                        + " notactive notenabled notsubscribed nolongersubscribed removed deleted archived withdrawn revoked terminated"
                        + " resigned stopped quit ended denied declined refused nopermission notpermitted noconsent byuser abgemeldet"
                        + " ausgetragen ausgetreten austritt inaktiv deaktiviert geloscht geloescht gekundigt gekuendigt widerrufen"
                        + " widersprochen storniert beendet entfernt archiviert nichtabonniert nichtaktiv nichtangemeldet abbestellt"
                        + " abgelehnt desabonne desabonnee desinscrit desinscrite desinscription resilie resiliee annule annulee"
                        + " supprime supprimee efface effacee inactif desactive desactivee retire retiree nonabonne pasabonne"
                        + " noninscrit refuse refusee oneclick mailto deactivation memberpage");
        put(
                Said.BOUNCED,
                "bounced bounce bounces hardbounced hardbounce hardbounces softbounced softbounce cleaned undeliverable undelivered"
                        + " unreachable invalid nonexistent returned bybounces unzustellbar nichtzustellbar ungultig ungueltig"
                        + " unerreichbar rucklaufer ruecklaeufer zuruckgekommen zurueckgekommen"
                        + " rebond rebondi nondelivre nondistribue nondistribuable invalide injoignable introuvable");
        put(
                Said.BLOCKED,
                "blocked blocklisted blacklisted blocklist blacklist banned suppressed suspended excluded spammy bymoderator"
                        + " donotemail donotmail donotcontact donotsend dnc gesperrt blockiert blockierte gesperrte ausgeschlossen"
                        + " nichtanschreiben nichtkontaktieren bloque bloquee banni bannie exclu exclue listenoire"
                        + " nepascontacter nepasecrire");
        put(
                Said.COMPLAINED,
                "complained complaint complaints spam markedasspam reportedspam reportedasspam spamcomplaint spamreport junk abuse"
                        + " abusecomplaint beschwerde beschwert alsspamgemeldet spamgemeldet"
                        + " plainte plaint signalecommespam indesirable");
    }

    /** In any column: these are said of nobody but who is not to be written to. Shorter ones could be a name or an answer. */
    private static final Set<String> TOO_COMMON = Set.of(
            "left",
            "offen",
            "spam",
            "junk",
            "stopped",
            "quit",
            "ended",
            "returned",
            "invalid",
            "waiting",
            "wartend",
            "invited",
            "eingeladen",
            "cancel",
            "link",
            "mailto",
            "transactional",
            "free",
            "austritt",
            "retire",
            "efface",
            "exclu",
            "exclue",
            "plainte",
            "plaint",
            "invalide",
            "abuse",
            "bounces",
            "suspended");

    private static final Set<String> NOT =
            Set.of("not", "no", "non", "never", "nicht", "kein", "keine", "nie", "un", "pas", "jamais");
    private static final Set<String> NO = Set.of(
            "false", "no", "n", "f", "0", "nein", "falsch", "off", "-", "null", "nil", "none", "never", "nie", "non",
            "faux", "jamais", "\\n", "n/a", "0.0");
    private static final Set<String> YES =
            Set.of("true", "yes", "y", "t", "1", "ja", "j", "wahr", "oui", "vrai", "on", "x", "✓", "✔", "1.0");

    private StatusWords() {}

    private static void put(Said said, String words) {
        for (String word : words.split(" ", -1)) {
            WORDS.put(word, said);
        }
    }

    /** Letters and digits alone, small, without accents: {@code Un-subscribed} is {@code unsubscribed}. */
    static String plain(String text) {
        StringBuilder simple = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                return folded(text);
            }
            if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
                simple.append(c);
            } else if (c >= 'A' && c <= 'Z') {
                simple.append((char) (c + 32));
            }
        }
        return simple.toString();
    }

    private static String folded(String text) {
        String apart = Normalizer.normalize(text.toLowerCase(Locale.ROOT).replace("ß", "ss"), Normalizer.Form.NFKD);
        StringBuilder plain = new StringBuilder(apart.length());
        apart.codePoints().filter(Character::isLetterOrDigit).forEach(plain::appendCodePoint);
        return plain.toString();
    }

    /** What a value means where somebody's standing is said; empty if that is not understood. */
    static Optional<Said> of(String value) {
        String plain = plain(value);
        Said exact = plain.isEmpty() || value.codePoints().noneMatch(Character::isLetter) ? null : WORDS.get(plain);
        if (exact != null) {
            return Optional.of(exact);
        }
        // "Unsubscribed by an administrator", "Hard bounce (5.1.1)": only towards the strict side, and not past a
        // "not".
        List<String> words = Arrays.stream(value.split("[^\\p{L}\\p{M}]+", -1))
                .map(StatusWords::plain)
                .filter(word -> !word.isEmpty())
                .toList();
        Said strict = Said.SUBSCRIBED;
        boolean denied = false;
        for (int i = 0; i < words.size(); i++) {
            Said one = WORDS.get(words.get(i));
            if (NOT.contains(words.get(i))) {
                one = i + 1 < words.size() ? WORDS.get(words.get(i) + words.get(i + 1)) : null;
                denied |= one == null;
                i++;
            }
            strict = strict.strictest(one == null ? Said.SUBSCRIBED : one);
        }
        return denied || strict == Said.SUBSCRIBED ? Optional.empty() : Optional.of(strict);
    }

    /** Whether a value, in whatever column, can only mean that somebody is not to be written to; also one of several. */
    static boolean isUnmistakable(String value) {
        if (value.length() > 200 || value.indexOf('@') >= 0 || value.startsWith("http")) {
            return false;
        }
        boolean several = value.indexOf(',') >= 0 || value.indexOf(';') >= 0 || value.indexOf('|') >= 0;
        for (String part : several ? value.split("[,;|]", -1) : new String[] {value}) {
            String plain = plain(part);
            Said said = WORDS.get(plain);
            if (said != null && said != Said.SUBSCRIBED && !TOO_COMMON.contains(plain)) {
                return true;
            }
        }
        return false;
    }

    static boolean isNo(String value) {
        return NO.contains(value.toLowerCase(Locale.ROOT)) || value.startsWith("0000-00-00");
    }

    static boolean isYes(String value) {
        return YES.contains(value.toLowerCase(Locale.ROOT));
    }
}
