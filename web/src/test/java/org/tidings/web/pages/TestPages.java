package org.tidings.web.pages;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.Role;
import org.tidings.accounts.SessionView;
import org.tidings.site.Theme;

/** Renders templates outside the container. */
public final class TestPages {
    private static final Templates TEMPLATES = new Templates();
    private static final Texts TEXTS = new Texts();
    private static final Assets ASSETS = new Assets(Theme.named("evergreen"));

    private TestPages() {}

    /** In English, for nobody who is signed in. */
    public static Document render(String template, Map<String, Object> parameters) {
        return render(template, parameters, anonymous(Locale.ENGLISH));
    }

    public static Document render(String template, Map<String, Object> parameters, PageContext page) {
        return Jsoup.parse(html(template, parameters, page));
    }

    public static String html(String template, Map<String, Object> parameters, PageContext page) {
        var all = new HashMap<>(parameters);
        all.put("page", page);
        return new String(TEMPLATES.render(template, all), StandardCharsets.UTF_8);
    }

    public static Document render(PageModel shown, PageContext page) {
        return render(shown.template(), shown.parameters(), page);
    }

    public static String html(PageModel shown, PageContext page) {
        return html(shown.template(), shown.parameters(), page);
    }

    public static PageContext anonymous(Locale language) {
        return page(language, Optional.empty());
    }

    public static PageContext signedIn(Locale language, Role... roles) {
        var now = OffsetDateTime.parse("2026-11-22T10:00:00Z");
        var session = new SessionView(
                new UUID(1, 1),
                new AccountId(new UUID(2, 2)),
                "Ada",
                Set.of(roles),
                language,
                now,
                now,
                now,
                "Firefox on Linux");
        return page(language, Optional.of(session));
    }

    /** In English, for somebody who said where she lives. */
    public static PageContext livesIn(ZoneId zone) {
        return page(Locale.ENGLISH, Optional.empty(), Optional.of(zone));
    }

    private static PageContext page(Locale language, Optional<SessionView> session) {
        return page(language, session, Optional.empty());
    }

    private static PageContext page(Locale language, Optional<SessionView> session, Optional<ZoneId> ownZone) {
        return new PageContext(
                TEXTS,
                ASSETS,
                language,
                "/somewhere",
                "Tidings",
                ZoneId.of("Europe/Berlin"),
                "nonce",
                "correlation",
                () -> "token",
                session,
                List.of(),
                null,
                List.of(),
                () -> ownZone);
    }
}
