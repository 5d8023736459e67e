package org.tidings.web.pages;

import com.ibm.icu.text.NumberFormat;
import gg.jte.Content;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.Role;
import org.tidings.accounts.SessionView;
import org.tidings.site.Languages;
import org.tidings.web.access.ChosenLanguage;

/** What every template knows about the page that it is part of: who looks at it, in which language, and its words. */
public final class PageContext {
    private final Texts texts;
    private final Assets assets;
    private final Locale language;
    private final String path;
    private final String siteName;
    private final ZoneId zone;
    private final String nonce;
    private final String correlationId;
    private final Supplier<String> csrf;
    private final Optional<SessionView> session;
    private final List<Banner> banners;
    private final @Nullable Flash flash;
    private final List<Navigation.Entry> entries;
    private String query = "";
    private boolean refused;
    private boolean typed;
    private String typedAt = "";
    private final Supplier<Optional<ZoneId>> ownZone;
    private boolean zoneAsked;
    private Optional<ZoneId> knownZone = Optional.empty();

    PageContext(
            Texts texts,
            Assets assets,
            Locale language,
            String path,
            String siteName,
            ZoneId zone,
            String nonce,
            String correlationId,
            Supplier<String> csrf,
            Optional<SessionView> session,
            List<Banner> banners,
            @Nullable Flash flash,
            List<Navigation.Entry> entries,
            Supplier<Optional<ZoneId>> ownZone) {
        this.texts = texts;
        this.assets = assets;
        this.language = language;
        this.path = path;
        this.siteName = siteName;
        this.zone = zone;
        this.nonce = nonce;
        this.correlationId = correlationId;
        this.csrf = csrf;
        this.session = session;
        this.banners = List.copyOf(banners);
        this.flash = flash;
        this.entries = List.copyOf(entries);
        this.ownZone = ownZone;
    }

    /** @param query as it was sent, without its question mark */
    PageContext asked(String query) {
        this.query = query;
        return this;
    }

    /** The page shows a form again, because something in it is wrong. */
    PageContext refused(boolean refused) {
        this.refused = refused;
        return this;
    }

    /** What a screen reader says first: how the last step went, then where one is. */
    public String titled(String title) {
        String outcome = refused ? "danger" : flash == null ? "" : flash.tone();
        return outcome.equals("danger") || outcome.equals("done")
                ? t("site.outcome." + outcome) + " · " + title
                : title;
    }

    /** This page in another language; what its address asks for besides stays. */
    public String inLanguage(Locale language) {
        StringBuilder link = new StringBuilder("?");
        for (String parameter : query.split("&", -1)) {
            if (!parameter.isEmpty() && !parameter.startsWith(ChosenLanguage.PARAMETER + "=")) {
                link.append(parameter).append('&');
            }
        }
        return link.append(ChosenLanguage.PARAMETER)
                .append('=')
                .append(language.getLanguage())
                .toString();
    }

    /**
     * The id of the form whose words stay when the language is changed; only the first such form of a page has one.
     *
     * @param at where this page is looked at, if it may be the answer to a form that was sent elsewhere, or empty
     */
    public @Nullable String keepsTyped(String at) {
        if (typed) {
            return null;
        }
        typed = true;
        typedAt = at;
        return "typed";
    }

    /** Where the form that keeps its words is shown in another language. */
    public String typedInLanguage(Locale language) {
        if (typedAt.isEmpty()) {
            return inLanguage(language);
        }
        return typedAt + (typedAt.contains("?") ? "&" : "?") + ChosenLanguage.PARAMETER + "=" + language.getLanguage();
    }

    /** Whether there is such a form above. */
    public boolean hasTyped() {
        return typed;
    }

    /** The text of this key; escaped where it is put out. */
    public String t(String key, Object... arguments) {
        return texts.text(language, key, arguments);
    }

    /** The text of this key with the HTML in it; arguments are escaped. For {@code <a>} and {@code <strong>} in a sentence. */
    public Content rich(String key, Object... arguments) {
        var escaped = new Object[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            escaped[i] = arguments[i] instanceof String s ? escape(s) : arguments[i];
        }
        var html = texts.text(language, key, escaped);
        return out -> out.writeContent(html);
    }

    /** Why a field was refused, in words. */
    public String t(Form.Reason reason) {
        return t(reason.key(), reason.arguments().toArray());
    }

    public String language() {
        return language.getLanguage();
    }

    public Locale locale() {
        return language;
    }

    /** The languages to choose from, each by its own name. */
    public List<Locale> languages() {
        return Languages.ALL;
    }

    /** This page's path, without the query. */
    public String path() {
        return path;
    }

    public String siteName() {
        return siteName;
    }

    /** Address of an asset, {@code site.css}. */
    public String asset(String name) {
        return assets.url(name);
    }

    /** An asset as text, for what stands inside the file. */
    public String assetText(String name) {
        return assets.text(name);
    }

    /** A picture as part of the page. */
    public Content picture(String name) {
        var svg = assetText(name);
        return out -> out.writeContent(svg);
    }

    /** What lets a script or its module run on this page. */
    public String nonce() {
        return nonce;
    }

    public String correlationId() {
        return correlationId;
    }

    /** Value of the hidden field of a form; use the template {@code form/form}. */
    public String csrf() {
        return csrf.get();
    }

    public boolean signedIn() {
        return session.isPresent();
    }

    /** The name of who is signed in, empty for nobody. */
    public String personName() {
        return session.map(SessionView::name).orElse("");
    }

    public boolean has(Role role) {
        return session.map(s -> s.roles().contains(role)).orElse(false);
    }

    public boolean isStaff() {
        return session.map(s -> !s.roles().isEmpty()).orElse(false);
    }

    public List<Banner> banners() {
        return banners;
    }

    public Optional<Flash> flash() {
        return Optional.ofNullable(flash);
    }

    /** The entries of a menu that who is signed in may see. */
    public List<Navigation.Entry> menu(Navigation.Menu menu) {
        return entries.stream()
                .filter(e -> e.menu() == menu)
                .filter(e -> e.roles().isEmpty() || e.roles().stream().anyMatch(this::has))
                .sorted(java.util.Comparator.comparingInt(Navigation.Entry::order))
                .toList();
    }

    /** Whether an entry leads to this page or one above it, and no longer entry of the menu does. */
    public boolean isCurrent(Navigation.Entry entry) {
        return leadsHere(entry)
                && menu(entry.menu()).stream()
                        .filter(this::leadsHere)
                        .noneMatch(e -> e.path().length() > entry.path().length());
    }

    private boolean leadsHere(Navigation.Entry entry) {
        return path.equals(entry.path()) || path.startsWith(entry.path() + "/");
    }

    /** {@code 22 November 2026}, in the reader's zone or else the site's. */
    public String date(OffsetDateTime time) {
        return date(time.atZoneSameInstant(timesIn()).toLocalDate());
    }

    public String date(LocalDate date) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(dates())
                .format(date);
    }

    /** {@code 22 November 2026, 15:04 CET}, in the reader's zone or else the site's. */
    public String dateTime(OffsetDateTime time) {
        var there = time.atZoneSameInstant(timesIn());
        return date(there.toLocalDate())
                + ", "
                + DateTimeFormatter.ofPattern("HH:mm").format(there)
                + " "
                + DateTimeFormatter.ofPattern("zzz", dates()).format(there);
    }

    /** In which times are said: hers, where she gave one. Staff plan in the site's, whatever their own. */
    private ZoneId timesIn() {
        return path.startsWith("/staff") ? zone : ownZone().orElse(zone);
    }

    /** For the {@code datetime} attribute. */
    public String iso(OffsetDateTime time) {
        return time.toString();
    }

    public ZoneId zone() {
        return zone;
    }

    /** Where the person who is signed in lives, if she said so. Looked up when it is first asked for. */
    public Optional<ZoneId> ownZone() {
        if (!zoneAsked) {
            knownZone = ownZone.get();
            zoneAsked = true;
        }
        return knownZone;
    }

    public String zoneName() {
        return zone.getDisplayName(TextStyle.FULL, language);
    }

    public String number(long value) {
        return NumberFormat.getIntegerInstance(language).format(value);
    }

    /** With its decimals, at most six. */
    public String decimal(java.math.BigDecimal value) {
        NumberFormat format = NumberFormat.getNumberInstance(language);
        format.setMaximumFractionDigits(6);
        return format.format(value);
    }

    /** English dates are written the way that cannot be misread. */
    private Locale dates() {
        return Languages.ofDates(language);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&#34;")
                .replace("'", "&#39;");
    }
}
