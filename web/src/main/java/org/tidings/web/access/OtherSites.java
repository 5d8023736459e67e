package org.tidings.web.access;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Optional;
import org.tidings.web.SiteSettings;

/**
 * Forms on other sites. Those that the operator named may ask for a subscription at once; a visitor of another one presses the button once
 * more on a page of ours, and nothing that she typed is lost. It spares people mails that a stranger's page asked for in their browser;
 * who asks without a browser is bounded as everybody is (SEC-23).
 */
@RequestScoped
public class OtherSites {

    @Inject
    HttpServletRequest request;

    @Inject
    SiteSettings settings;

    /** Whether this request comes from a page of ours or of a site that was named, or from no browser at all. */
    public boolean mayAskAtOnce() {
        return named().isPresent()
                || SameOrigin.sent(
                        request.getHeader("Sec-Fetch-Site"),
                        request.getHeader("Origin"),
                        request.getHeader("Host"),
                        settings.publicUrl());
    }

    /** The origin of the site that was named and that this request comes from. */
    public Optional<String> named() {
        return Optional.ofNullable(request.getHeader("Origin"))
                .filter(origin -> settings.formOrigins().contains(origin.toLowerCase(Locale.ROOT)));
    }
}
