package org.tidings.web.pages;

import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.AccountView;
import org.tidings.accounts.Accounts;
import org.tidings.web.SiteSettings;
import org.tidings.web.access.Cookies;
import org.tidings.web.access.Csrf;
import org.tidings.web.access.LanguageSwitch;
import org.tidings.web.access.ResponseHeaders;
import org.tidings.web.access.SameOrigin;
import org.tidings.web.access.Visitor;

/** Answers a request with a page, or with the way to the next one. */
@RequestScoped
public class Pages {
    private static final Duration LANGUAGE_KEPT = Duration.ofDays(365);
    private static final Duration DEVICE_KEPT = Duration.ofDays(365);

    /**
     * A mail is a document of its own: no script, no form, nothing from elsewhere. Its styles are what it is made of, and
     * its links open beside the page.
     */
    private static final String POLICY_OF_A_MAIL =
            "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:;"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'self';"
                    + " sandbox allow-popups allow-popups-to-escape-sandbox";

    @Inject
    Templates templates;

    @Inject
    Texts texts;

    @Inject
    Assets assets;

    @Inject
    SiteSettings settings;

    @Inject
    Csrf csrf;

    @Inject
    Visitor visitor;

    @Inject
    Accounts accounts;

    @Inject
    HttpServletRequest request;

    @Inject
    Instance<Banners> banners;

    @Inject
    Instance<Navigation> navigation;

    @Inject
    Instance<Fragments> fragments;

    /** Tone of a flash that is for {@link #sentMail} only. */
    private static final String SENT = "sent";

    private boolean mailIsShown;
    private final Map<String, NewCookie> cookies = new LinkedHashMap<>();
    private String about = "";
    private boolean refused;
    private @Nullable Locale spoken;
    /** What this answer's forms are bound to, when not to the session that the request came with. */
    private @Nullable String formCookie;

    /** A page: {@code accounts/register} is {@code src/main/jte/accounts/register.jte}; {@code page} is given to it. */
    public Response ok(String template, Map<String, Object> parameters) {
        return respond(200, template, parameters);
    }

    /** A page, with what it shows. */
    public Response ok(PageModel shown) {
        return respond(200, shown);
    }

    /** The same form again, 422, with what was typed and what is wrong with it. */
    public Response invalid(PageModel shown) {
        return respond(422, shown);
    }

    public Response respond(int status, PageModel shown) {
        return respond(status, shown.template(), shown.parameters());
    }

    /** The same form again, 422, with what was typed and what is wrong with it. */
    public Response invalid(String template, Map<String, Object> parameters) {
        return respond(422, template, parameters);
    }

    public Response respond(int status, String template, Map<String, Object> parameters) {
        typedBefore(parameters);
        refused = parameters.get("form") instanceof Form form && !form.valid();
        var bytes = render(template, parameters);
        return Response.status(status)
                .header("Content-Type", "text/html; charset=utf-8")
                .cookie(cookies.values().toArray(NewCookie[]::new))
                .entity(bytes)
                .build();
    }

    /** What was typed when the language was changed stands in the page's form again. */
    private void typedBefore(Map<String, Object> parameters) {
        if (parameters.get("form") instanceof Form form
                && request.getAttribute(LanguageSwitch.TYPED) instanceof Map<?, ?> typed) {
            form.typedBefore(typed);
        }
    }

    /**
     * The HTML of a mail, for an {@code <iframe sandbox="allow-popups allow-popups-to-escape-sandbox">} on a page of ours, under
     * a policy of its own. All that is added is that links open beside the frame. A frame needs its own address: what stands in
     * {@code srcdoc} is held to the policy of the page and loses its styles.
     */
    public Response mail(String html) {
        var shown = html.replaceFirst("(?i)<head[^>]*>", "$0<base target=\"_blank\">");
        return Response.ok(shown.getBytes(StandardCharsets.UTF_8))
                .header("Content-Type", "text/html; charset=utf-8")
                .header("Content-Security-Policy", POLICY_OF_A_MAIL)
                .header("X-Frame-Options", "SAMEORIGIN")
                .build();
    }

    /** The way on after a POST. */
    public Response seeOther(String path) {
        return Response.seeOther(URI.create(path))
                .cookie(cookies.values().toArray(NewCookie[]::new))
                .build();
    }

    /** The way on, where the next page says that it is done. */
    public Response done(String path, String textKey, Object... arguments) {
        flash("done", textKey, arguments);
        return seeOther(path);
    }

    /** The way on, where the next page says why not. */
    public Response refused(String path, String textKey, Object... arguments) {
        flash("danger", textKey, arguments);
        return seeOther(path);
    }

    /**
     * The way on to the page that says to look into the mailbox. What it has to know goes along in the cookie that says how the last step
     * went, in no address, and stays there until another page is looked at.
     */
    Response sentMail(String path, SentMail mail) {
        seal(SENT + "\n" + mail.written());
        return seeOther(path);
    }

    /** What the last step sent, if this browser comes from it. */
    Optional<SentMail> sentMail() {
        var sent = flashText().filter(text -> text.startsWith(SENT + "\n"));
        mailIsShown = sent.isPresent();
        return sent.map(text -> SentMail.read(text.substring(SENT.length() + 1)));
    }

    /** What the next page says about this step is in this language: she has just chosen it. */
    public Pages speaking(Locale language) {
        spoken = language;
        return with(Cookies.gone(Cookies.LANGUAGE));
    }

    /** What the next page has in its field for the address already: it goes along with what that page says, in no address of a page. */
    public Pages fillingIn(String address) {
        about = address;
        return this;
    }

    /** The address that the last step was about, or nothing. */
    public String filledIn() {
        return flashText().map(Flash::read).map(Flash::about).orElse("");
    }

    /** The way on to a path that came from outside, if it is one of this site (SEC-52). */
    public Response seeOtherOr(@Nullable String wanted, String fallback) {
        return seeOther(SameOrigin.pathOr(wanted, fallback));
    }

    /** Gives the browser this cookie with whatever answer comes. */
    public Pages with(NewCookie cookie) {
        cookies.put(cookie.getName(), cookie);
        return this;
    }

    /** Signs the browser in with this session, and makes it forget the form cookie of before (SEC-33). */
    public Pages signedIn(String sessionToken) {
        formCookie = sessionToken;
        // From here on her own language counts, until she chooses another one for this browser.
        return with(Cookies.session(sessionToken))
                .with(Cookies.gone(Cookies.FORM))
                .with(Cookies.gone(Cookies.LANGUAGE));
    }

    /** Makes this browser known; an empty value leaves it as it is. */
    public Pages knownBy(String known) {
        return known.isEmpty() ? this : with(Cookies.lasting(Cookies.DEVICE, known, DEVICE_KEPT));
    }

    public Pages signedOut() {
        return with(Cookies.gone(Cookies.SESSION)).with(Cookies.gone(Cookies.FORM));
    }

    /** The words for whom this request is. */
    public String t(String key, Object... arguments) {
        return texts.text(visitor.language(), key, arguments);
    }

    public Locale language() {
        return visitor.language();
    }

    /** What all areas show at this place, in order. */
    public List<Fragment> fragments(Fragments.Place place) {
        return fragments.stream()
                .flatMap(f -> f.at(place, visitor).stream())
                .sorted(Comparator.comparingInt(Fragment::order))
                .toList();
    }

    /** The page as bytes; {@link #cookies} has what must go with it. */
    private byte[] render(String template, Map<String, Object> parameters) {
        visitor.languageOfLink()
                .ifPresent(l -> with(Cookies.lasting(Cookies.LANGUAGE, l.getLanguage(), LANGUAGE_KEPT)));
        var all = new HashMap<>(parameters);
        var page = context();
        all.put("page", page);
        all.computeIfPresent("fragments", (name, given) -> contents(page, given));
        return templates.render(template, all);
    }

    private Object contents(PageContext page, Object given) {
        var contents = new ArrayList<gg.jte.Content>();
        for (var element : (List<?>) given) {
            if (element instanceof Fragment fragment) {
                var parameters = new HashMap<>(fragment.parameters());
                typedBefore(parameters);
                parameters.put("page", page);
                contents.add(templates.fragment(fragment.template(), parameters));
            }
        }
        return contents;
    }

    private PageContext context() {
        return new PageContext(
                        texts,
                        assets,
                        visitor.language(),
                        request.getRequestURI(),
                        settings.name(),
                        settings.zone(),
                        (String) request.getAttribute(ResponseHeaders.NONCE),
                        (String) request.getAttribute(ResponseHeaders.CORRELATION_ID),
                        this::csrfToken,
                        visitor.session(),
                        banners.stream().flatMap(b -> b.now(visitor).stream()).toList(),
                        takeFlash().orElse(null),
                        navigation.stream().flatMap(n -> n.entries().stream()).toList(),
                        () -> visitor.session()
                                .flatMap(session -> accounts.find(session.account()))
                                .flatMap(AccountView::zone))
                .asked(request.getQueryString() == null ? "" : request.getQueryString())
                .refused(refused);
    }

    private String csrfToken() {
        var cookie = formCookie;
        if (cookie == null && visitor.session().isPresent()) {
            return csrf.tokenFor(visitor.sessionToken().orElseThrow());
        }
        if (cookie == null) {
            cookie = Cookies.value(request, Cookies.FORM).orElseGet(() -> {
                var fresh = Csrf.newFormCookie();
                with(Cookies.untilTheBrowserCloses(Cookies.FORM, fresh));
                return fresh;
            });
            formCookie = cookie;
        }
        return csrf.tokenFor(cookie);
    }

    private void flash(String tone, String textKey, Object... arguments) {
        var language = spoken == null ? visitor.language() : spoken;
        seal(new Flash(tone, texts.text(language, textKey, arguments), about).written());
    }

    private void seal(String text) {
        var value = Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        // Sealed, so that nobody can put words into the site's mouth.
        with(Cookies.untilTheBrowserCloses(Cookies.FLASH, value + "." + csrf.tokenFor("flash:" + value)));
    }

    private Optional<Flash> takeFlash() {
        if (mailIsShown || Cookies.value(request, Cookies.FLASH).isEmpty()) {
            return Optional.empty();
        }
        with(Cookies.gone(Cookies.FLASH));
        return flashText().map(Flash::read).filter(flash -> !flash.tone().equals(SENT));
    }

    private Optional<String> flashText() {
        var sent = Cookies.value(request, Cookies.FLASH);
        if (sent.isEmpty()) {
            return Optional.empty();
        }
        int dot = sent.get().indexOf('.');
        var value = sent.get().substring(0, Math.max(dot, 0));
        if (dot < 0 || !csrf.matches(sent.get().substring(dot + 1), "flash:" + value)) {
            return Optional.empty();
        }
        return Optional.of(new String(Base64.getUrlDecoder().decode(value), StandardCharsets.UTF_8));
    }
}
