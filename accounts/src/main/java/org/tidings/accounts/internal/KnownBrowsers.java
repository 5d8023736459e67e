package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tidings.accounts.Client;
import org.tidings.site.Now;

/**
 * All browsers that are known. What a browser presents is a list of tokens, one for each account that was signed in with it, so that
 * nothing in the database says that two people share a browser.
 */
@ApplicationScoped
class KnownBrowsers {

    static final Duration KNOWN = Duration.ofDays(365);
    private static final int ACCOUNTS_OF_A_BROWSER = 5;
    private static final int BROWSERS_OF_AN_ACCOUNT = 20;
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final String DIVIDER = ".";

    @Inject
    @AccountsDb
    EntityManager em;

    @Inject
    Now now;

    /**
     * A browser that is known now.
     *
     * @param presented what it presents from now on
     */
    record Remembered(String tokenHash, String presented) {}

    /** Those that the browser is; the same work whatever the address is that is typed into it. */
    List<KnownBrowser> of(Client client) {
        return List.copyOf(byToken(client).values());
    }

    Optional<KnownBrowser> of(Client client, UUID account) {
        return of(client).stream().filter(b -> b.account().equals(account)).findFirst();
    }

    private Map<String, KnownBrowser> byToken(Client client) {
        List<String> tokens = Arrays.stream(client.known().split("\\" + DIVIDER, -1))
                .filter(token -> TOKEN.matcher(token).matches())
                .distinct()
                .limit(ACCOUNTS_OF_A_BROWSER)
                .toList();
        if (tokens.isEmpty()) {
            return Map.of();
        }
        Map<String, KnownBrowser> found = em.createQuery(
                        "select b from KnownBrowser b where b.tokenHash in :hashes and b.lastSignInAt > :since",
                        KnownBrowser.class)
                .setParameter("hashes", tokens.stream().map(Token::hash).toList())
                .setParameter("since", now.get().minus(KNOWN))
                .getResultStream()
                .collect(Collectors.toMap(KnownBrowser::tokenHash, b -> b));
        Map<String, KnownBrowser> byToken = new LinkedHashMap<>();
        for (String token : tokens) {
            KnownBrowser browser = found.get(Token.hash(token));
            if (browser != null) {
                byToken.put(token, browser);
            }
        }
        return byToken;
    }

    /** The holder has just shown that she is it. */
    Remembered remember(Account account, Client client) {
        OffsetDateTime at = now.get();
        Map<String, KnownBrowser> presented = byToken(client);
        Optional<KnownBrowser> own = presented.values().stream()
                .filter(b -> b.account().equals(account.key()))
                .findFirst();
        if (own.isPresent()) {
            own.get().signedIn(Browser.of(client.userAgent()), at);
            return new Remembered(own.get().tokenHash(), String.join(DIVIDER, presented.keySet()));
        }
        Token token = Token.random();
        em.persist(new KnownBrowser(token.hash(), account.key(), Browser.of(client.userAgent()), at));
        forgetTheOldest(account.key());
        String all = Stream.concat(Stream.of(token.value()), presented.keySet().stream())
                .limit(ACCOUNTS_OF_A_BROWSER)
                .collect(Collectors.joining(DIVIDER));
        return new Remembered(token.hash(), all);
    }

    /** A program that signs in anew each time leaves no endless list. */
    private void forgetTheOldest(UUID account) {
        ofAccount(account).stream().skip(BROWSERS_OF_AN_ACCOUNT).forEach(em::remove);
    }

    List<KnownBrowser> ofAccount(UUID account) {
        return em.createQuery(
                        "select b from KnownBrowser b where b.account = :account"
                                + " order by b.lastSignInAt desc, b.tokenHash",
                        KnownBrowser.class)
                .setParameter("account", account)
                .getResultList();
    }

    void forget(UUID account, String tokenHash) {
        em.createQuery("delete from KnownBrowser b where b.account = :account and b.tokenHash = :hash")
                .setParameter("account", account)
                .setParameter("hash", tokenHash)
                .executeUpdate();
    }

    /** @param keep hash of the one that stays; none if empty */
    void forgetOthers(UUID account, String keep) {
        em.createQuery("delete from KnownBrowser b where b.account = :account and b.tokenHash <> :keep")
                .setParameter("account", account)
                .setParameter("keep", keep)
                .executeUpdate();
    }

    void forgetAll(UUID account) {
        forgetOthers(account, "");
    }
}
