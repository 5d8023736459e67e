package org.tidings.web.newsletter;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.function.Function;
import org.tidings.accounts.FormMail;
import org.tidings.newsletter.Preferences;
import org.tidings.newsletter.Preferences.Behind;
import org.tidings.newsletter.Preferences.Kind;
import org.tidings.web.access.Caller;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Pages;

/** What the links at the foot of a newsletter answer alike, whatever became of them on their way and since (MBR-08). */
@RequestScoped
class NewsletterLinks {

    @Inject
    Pages pages;

    @Inject
    Preferences preferences;

    @Inject
    FormMail formMail;

    @Inject
    Caller caller;

    /**
     * The page behind a link.
     *
     * @param prefix of the link's path
     * @param own what is shown when the link is good
     */
    Response look(String prefix, String token, Function<Behind, Response> own) {
        return look(prefix, token, "", own);
    }

    /** @param suffix of the link's path, behind the token */
    Response look(String prefix, String token, String suffix, Function<Behind, Response> own) {
        Behind behind = preferences.behind(token);
        return behind.kind() == Kind.OWN ? own.apply(behind) : notOwn(prefix, token, suffix, behind.kind());
    }

    private Response notOwn(String prefix, String token, String suffix, Kind kind) {
        return switch (kind) {
            case ERASED -> pages.ok("newsletters/erased", Map.of());
            case NOBODYS -> pages.ok("newsletters/nothing", Map.of());
            case MOVED -> damaged(410, "moved");
            default ->
                preferences
                        .mended(token)
                        .map(whole -> pages.seeOther(prefix + whole + suffix))
                        .orElseGet(() -> damaged(404, "damaged"));
        };
    }

    /** Never a dead end: an address is all that is needed to go on. */
    Response damaged(int status, String kind) {
        return pages.respond(status, "newsletters/damaged", Map.of("kind", kind, "form", Form.empty()));
    }

    /**
     * The network of this request.
     *
     * @throws org.tidings.accounts.AskedTooOften when it has asked for too much already
     */
    String admitted() {
        String network = formMail.networkOf(caller.client());
        formMail.admit(network);
        return network;
    }

    /** Has the link to everything mailed, to the address that the page does not show. */
    Response everything(String token) {
        preferences.requestEverything(token, admitted());
        return pages.seeOther("/manage/sent");
    }
}
