package org.tidings.newsletter.internal.importing;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.tidings.newsletter.KnownSystem;

/** Tells by the names of the columns which system wrote a list. */
final class Systems {

    private static final List<String> OWN =
            List.of("address", "name", "language", "zone", "state", "since", "confirmed", "endedby");
    private static final List<Set<String>> BEEHIIV = List.of(
            Set.of("status", "subscriptiontier"),
            Set.of("status", "premiumtier"),
            Set.of("status", "freetier"),
            Set.of("status", "subscriptionpremiumtiernames"),
            Set.of("status", "referringsite", "utmsource"));
    private static final List<Set<String>> BREVO = List.of(
            Set.of("email", "emailblacklisted"),
            Set.of("contactid", "email"),
            Set.of("email", "addedtime", "modifiedtime"));
    private static final List<Set<String>> BUTTONDOWN = List.of(
            Set.of("unsubscriptiondate"),
            Set.of("undeliverabilitydate"),
            Set.of("emailaddress", "creationdate", "metadata"),
            Set.of("emailaddress", "notes", "tags", "type"));
    private static final List<Set<String>> GHOST = List.of(Set.of("email", "subscribedtoemails"));
    private static final List<Set<String>> GOOGLE = List.of(Set.of("email1value"));
    private static final List<Set<String>> KEILA = List.of(
            Set.of("email", "firstname", "lastname", "status", "data"),
            Set.of("email", "firstname", "lastname", "status", "externalid"));
    private static final List<Set<String>> KIT = List.of(
            Set.of("firstname", "email", "createdat", "status"),
            Set.of("firstname", "email", "createdat", "state"),
            Set.of("firstname", "emailaddress", "createdat", "state"),
            Set.of("firstname", "emailaddress", "state"),
            Set.of("subscriberid", "firstname", "emailaddress"));
    private static final List<Set<String>> LISTMONK = List.of(
            Set.of("uuid", "email", "name", "status", "attributes"),
            Set.of("uuid", "email", "name", "status", "createdat", "updatedat"));
    private static final List<Set<String>> MAILCHIMP = List.of(
            Set.of("leid", "euid"),
            Set.of("emailaddress", "memberrating"),
            Set.of("emailaddress", "optintime", "confirmtime"));
    private static final List<Set<String>> MAILERLITE = List.of(
            Set.of("subscriber", "subscribed"),
            Set.of("subscriber", "sent", "opens"),
            Set.of("subscriber", "opened", "clicked"),
            Set.of("subscriber", "status", "signupip"));
    private static final List<Set<String>> MAILMAN =
            List.of(Set.of("email", "displayname", "deliverystatus"), Set.of("email", "displayname", "deliverymode"));
    private static final List<Set<String>> OUTLOOK = List.of(
            Set.of("emailaddress", "emaildisplayname"),
            Set.of("emailaddress", "emailtype"),
            Set.of("emailaddress", "email2address"),
            Set.of("emailadresse", "emailtyp"));
    private static final List<Set<String>> PHPLIST = List.of(
            Set.of("email", "confirmed", "blacklisted"),
            Set.of("email", "isthissubscriberconfirmed"),
            Set.of("email", "isthissubscriberblacklisted"),
            Set.of("email", "listmembership"));
    private static final List<Set<String>> SENDY = List.of(
            Set.of("name", "email", "status", "lastactivity"), Set.of("name", "email", "joindate", "lastactivity"));
    private static final List<Set<String>> SUBSTACK = List.of(
            Set.of("email", "emaildisabled"),
            Set.of("email", "activesubscription"),
            Set.of("email", "stripeplan", "startdate"),
            Set.of("email", "subscriptionsourcefree"));

    private Systems() {}

    static boolean isOwn(List<String> names) {
        return names.containsAll(OWN);
    }

    /** @param names of the columns, {@linkplain StatusWords#plain plain} */
    static Optional<KnownSystem> of(List<String> names) {
        if (isOwn(names)) {
            return Optional.of(KnownSystem.TIDINGS);
        }
        Set<String> all = Set.copyOf(names);
        for (KnownSystem system : KnownSystem.values()) {
            if (signs(system).stream().anyMatch(all::containsAll)) {
                return Optional.of(system);
            }
        }
        return Optional.empty();
    }

    private static List<Set<String>> signs(KnownSystem system) {
        return switch (system) {
            case BEEHIIV -> BEEHIIV;
            case BREVO -> BREVO;
            case BUTTONDOWN -> BUTTONDOWN;
            case GHOST -> GHOST;
            case GOOGLE -> GOOGLE;
            case KEILA -> KEILA;
            case KIT -> KIT;
            case LISTMONK -> LISTMONK;
            case MAILCHIMP -> MAILCHIMP;
            case MAILERLITE -> MAILERLITE;
            case MAILMAN -> MAILMAN;
            case OUTLOOK -> OUTLOOK;
            case PHPLIST -> PHPLIST;
            case SENDY -> SENDY;
            case SUBSTACK -> SUBSTACK;
            case TIDINGS -> List.of();
        };
    }

    /**
     * How everybody in a list stands: Mailchimp has a file for each standing, to be seen by its columns, and Sendy one to be seen by the file's
     * name alone. A name only makes it stricter.
     */
    static Said everybody(List<String> names, String fileName) {
        Said said = Said.SUBSCRIBED;
        if (names.contains("leid") || names.contains("euid")) {
            said = names.contains("cleantime") ? Said.BOUNCED : names.contains("unsubtime") ? Said.LEFT : said;
        }
        return said.strictest(byName(fileName));
    }

    private static Said byName(String fileName) {
        String plain = fileName.toLowerCase(Locale.ROOT);
        if (plain.contains("nonsubscribed") || plain.contains("non-subscribed") || plain.contains("non_subscribed")) {
            return Said.PENDING;
        }
        Said said = Said.SUBSCRIBED;
        for (String word : plain.split("[^\\p{L}\\p{M}]+", -1)) {
            if (StatusWords.isUnmistakable(word)) {
                said = said.strictest(StatusWords.of(word).orElse(said));
            }
        }
        return plain.contains("marked-as-spam") || plain.contains("marked_as_spam")
                ? said.strictest(Said.COMPLAINED)
                : said;
    }
}
