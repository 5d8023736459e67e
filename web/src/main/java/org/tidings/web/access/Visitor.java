package org.tidings.web.access;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.ApiTokens;
import org.tidings.accounts.Role;
import org.tidings.accounts.SessionView;
import org.tidings.accounts.Sessions;
import org.tidings.site.Languages;

/** Whoever sent this request. Nothing is looked up before it is asked for. */
@RequestScoped
public class Visitor {
    private HttpServletRequest request;
    private Sessions sessions;
    private Clock clock;
    private @Nullable SessionView session;
    private boolean lookedUp;
    private Optional<ApiTokens.TokenView> apiToken = Optional.empty();

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    protected Visitor() {}

    @Inject
    public Visitor(HttpServletRequest request, Sessions sessions, Clock clock) {
        this.request = request;
        this.sessions = sessions;
        this.clock = clock;
    }

    /** The session of the browser, if it is signed in. */
    public Optional<SessionView> session() {
        if (!lookedUp) {
            session = sessionToken().flatMap(sessions::resolve).orElse(null);
            lookedUp = true;
        }
        return Optional.ofNullable(session);
    }

    /** The session cookie's value, as sent; says nothing about whether it is valid. */
    public Optional<String> sessionToken() {
        return Cookies.value(request, Cookies.SESSION);
    }

    /**
     * The session of a resource that is for members or staff.
     *
     * @throws NotSignedIn if nobody is
     */
    public SessionView member() {
        return session().orElseThrow(NotSignedIn::new);
    }

    /**
     * The account behind a page or an API call.
     *
     * @throws NotSignedIn if there is none
     */
    public AccountId account() {
        return apiToken.map(ApiTokens.TokenView::account).orElseGet(() -> member().account());
    }

    public boolean has(Role role) {
        return session().map(s -> s.roles().contains(role)).orElse(false);
    }

    /** Whether the password was given within so many minutes. */
    public boolean signedInFreshly(int minutes) {
        var limit = OffsetDateTime.now(clock).minus(Duration.ofMinutes(minutes));
        return session().map(s -> !s.authenticatedAt().isBefore(limit)).orElse(false);
    }

    /** The token of an API call that was let in. */
    public Optional<ApiTokens.TokenView> apiToken() {
        return apiToken;
    }

    void cameWith(ApiTokens.TokenView token) {
        apiToken = Optional.of(token);
    }

    /** What texts are shown in: what was chosen in this browser, then what the person chose, then what it prefers. */
    public Locale language() {
        return ChosenLanguage.choose(
                languageOfLink(),
                session().map(SessionView::language),
                Cookies.value(request, Cookies.LANGUAGE),
                Optional.ofNullable(request.getHeader("Accept-Language")));
    }

    /** The language that this very link asks for. */
    public Optional<Locale> languageOfLink() {
        // Not of a POST: reading a parameter would use up the form.
        var get = "GET".equals(request.getMethod()) || "HEAD".equals(request.getMethod());
        return get
                ? Optional.ofNullable(request.getParameter(ChosenLanguage.PARAMETER))
                        .flatMap(Languages::offered)
                : Optional.empty();
    }
}
