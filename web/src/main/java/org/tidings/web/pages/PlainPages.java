package org.tidings.web.pages;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidings.site.Languages;
import org.tidings.web.SiteSettings;
import org.tidings.web.access.ChosenLanguage;
import org.tidings.web.access.Cookies;
import org.tidings.web.access.ResponseHeaders;

/** Pages that need neither database nor session nor a living request scope: for when one of them is the problem. */
@ApplicationScoped
public class PlainPages {
    private Templates templates;
    private Texts texts;
    private Assets assets;
    private SiteSettings settings;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    protected PlainPages() {}

    @Inject
    public PlainPages(Templates templates, Texts texts, Assets assets, SiteSettings settings) {
        this.templates = templates;
        this.texts = texts;
        this.assets = assets;
        this.settings = settings;
    }

    public byte[] problem(String slug, HttpServletRequest request) {
        var language = Cookies.value(request, Cookies.LANGUAGE)
                .flatMap(Languages::offered)
                .or(() -> Optional.ofNullable(request.getHeader("Accept-Language"))
                        .flatMap(ChosenLanguage::preferred))
                .orElse(Languages.FALLBACK);
        var page = new PageContext(
                texts,
                assets,
                language,
                request.getRequestURI(),
                settings.name(),
                ZoneOffset.UTC,
                String.valueOf(request.getAttribute(ResponseHeaders.NONCE)),
                String.valueOf(request.getAttribute(ResponseHeaders.CORRELATION_ID)),
                () -> "",
                Optional.empty(),
                List.of(),
                null,
                List.of(),
                Optional::empty);
        return templates.render("problems/plain", Map.of("page", page, "slug", slug));
    }
}
