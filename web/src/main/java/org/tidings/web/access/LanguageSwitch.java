package org.tidings.web.access;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tidings.site.Languages;

/**
 * Changes the language under a form that is being filled in, without scripts (MBR-16): the button at the foot of the page sends the form to the
 * page's own address with the language in its query, and that is no more than looking at the page in this language, with what was typed
 * in its fields again. So such a POST becomes a GET before anything else sees it, and can change nothing. It has to carry this
 * browser's token: nobody else fills in a form of ours.
 */
@Provider
@PreMatching
@Priority(Priorities.AUTHENTICATION + 10)
@ApplicationScoped
public class LanguageSwitch implements ContainerRequestFilter {

    /** Request attribute: the fields as they were typed, a {@code Map<String, List<String>>}. */
    public static final String TYPED = "tidings.form.typed";
    /** Request attribute: the {@link Locale} chosen. */
    static final String CHOSEN = "tidings.language.chosen";

    @Inject
    HttpServletRequest request;

    @Inject
    CsrfFilter csrf;

    @Override
    public void filter(ContainerRequestContext context) throws IOException {
        if (!context.getMethod().equals("POST")) {
            return;
        }
        Optional<Locale> chosen = Optional.ofNullable(
                        context.getUriInfo().getQueryParameters().getFirst(ChosenLanguage.PARAMETER))
                .flatMap(Languages::offered);
        if (chosen.isPresent() && isForm(context) && csrf.isTokenRight(context)) {
            request.setAttribute(CHOSEN, chosen.get());
            request.setAttribute(TYPED, fields(String.valueOf(request.getAttribute(CsrfFilter.SENT))));
            context.setMethod("GET");
        }
    }

    private static boolean isForm(ContainerRequestContext context) {
        MediaType type = context.getMediaType();
        return type != null && type.isCompatible(MediaType.APPLICATION_FORM_URLENCODED_TYPE);
    }

    /** @param form its octets as ISO 8859-1; a field that cannot be read stays as the page has it */
    static Map<String, List<String>> fields(String form) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (String pair : form.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = read(equals < 0 ? pair : pair.substring(0, equals)).orElse("");
            Optional<String> value = read(equals < 0 ? "" : pair.substring(equals + 1));
            if (!name.isEmpty() && !name.equals(Csrf.FIELD)) {
                value.ifPresent(typed ->
                        fields.computeIfAbsent(name, n -> new ArrayList<>()).add(typed));
            }
        }
        return fields;
    }

    private static Optional<String> read(String encoded) {
        try {
            return Optional.of(Utf8.decoded(encoded)).filter(text -> text.indexOf('\0') < 0);
        } catch (CharacterCodingException otherEncoding) {
            return Optional.empty();
        }
    }
}
