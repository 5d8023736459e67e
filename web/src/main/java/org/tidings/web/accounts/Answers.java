package org.tidings.web.accounts;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tidings.accounts.Accounts;
import org.tidings.accounts.ContactWishes;
import org.tidings.accounts.LinkNotValid;
import org.tidings.accounts.NameRejected;
import org.tidings.accounts.PasswordRejected;
import org.tidings.accounts.TooManyTries;
import org.tidings.accounts.UsedLinks;
import org.tidings.mail.EmailAddress;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Mailbox;
import org.tidings.web.pages.Pages;

/** What several pages of people answer alike: broken rules beside their fields, dead links, limits. */
@RequestScoped
class Answers {

    private static final Pattern TOKEN = Pattern.compile("(?<=/)[A-Za-z0-9_-]{43}(?=/|$)");

    @Inject
    Pages pages;

    @Inject
    Mailbox mailbox;

    @Inject
    UsedLinks used;

    @Inject
    HttpServletRequest request;

    @Inject
    Visitor visitor;

    @Inject
    Accounts accounts;

    /** The address of who is signed in, for her password manager. */
    String ownAddress() {
        return accounts.find(visitor.account())
                .map(account -> account.address().original())
                .orElse("");
    }

    static Form refuse(Form form, PasswordRejected why) {
        return form.reject("password", "accounts.password.rejected." + code(why.reason()));
    }

    static Form refuse(Form form, NameRejected why) {
        return form.reject("name", "accounts.name.rejected." + code(why.reason()));
    }

    static ContactWishes wishes(Form form) {
        return new ContactWishes(form.ticked("wishes", "email"), form.ticked("wishes", "phone"), form.value("phone"));
    }

    /**
     * What stands behind a link from a mail; where that is unknown, expired, used or truncated, a page that says what to do next.
     *
     * @param kind of link: {@code registration}, {@code reset}, {@code address}, {@code reactivation}, {@code setup}
     */
    Response whileValid(String kind, Supplier<Response> answer) {
        try {
            return answer.get();
        } catch (LinkNotValid e) {
            // Tapped twice or loaded again: what is so is said, not what became of the link (MBR-07).
            return token().flatMap(used::deedOf)
                    .map(deed -> pages.respond(410, "accounts/link-used", Map.of("deed", code(deed))))
                    .orElseGet(
                            () -> pages.respond(410, "accounts/link-dead", Map.of("kind", kind, "form", Form.empty())));
        }
    }

    /** Of the link that was opened. */
    private Optional<String> token() {
        Matcher token = TOKEN.matcher(request.getRequestURI());
        return token.find() ? Optional.of(token.group()) : Optional.empty();
    }

    /**
     * A form that asks for a mail by an address, whoever has it: the answer is the same (SEC-01).
     *
     * @param path the page that says to look into the mailbox is {@code sent} below it
     */
    Response byMail(String template, String path, MultivaluedMap<String, String> sent, Consumer<EmailAddress> request) {
        Form form = Form.of(sent);
        return mailbox.addressIn(form)
                .map(address -> {
                    request.accept(address);
                    return mailbox.lookInto(path + "/sent", path, address, form);
                })
                .orElseGet(() -> pages.invalid(template, Map.of("form", form)));
    }

    /** The page that says to look into the mailbox. */
    Response sent(String kind, String path) {
        return mailbox.page("accounts/mail-sent", Map.of("kind", kind, "again", path));
    }

    /** The same form again, because a limit was reached (SEC-21). */
    Response slowDown(String template, Map<String, Object> parameters, Form form, TooManyTries why) {
        if (why.onlyByMail()) {
            form.reject("", "accounts.too-many-tries.mail");
        } else {
            form.reject("", "accounts.too-many-tries", minutes(why.retryAfter()));
        }
        return Response.fromResponse(pages.respond(429, template, parameters))
                .header("Retry-After", why.retryAfter().toSeconds())
                .build();
    }

    static long minutes(Duration wait) {
        return Math.max(1, (wait.toSeconds() + 59) / 60);
    }

    /** The same form again, because too many passwords are being checked (SEC-19). */
    Response busy(String template, Map<String, Object> parameters, Form form) {
        form.reject("", "accounts.busy");
        return Response.fromResponse(pages.respond(503, template, parameters))
                .header("Retry-After", 5)
                .build();
    }

    /** {@code TOO_LONG} as {@code too-long}. */
    static String code(Enum<?> reason) {
        return reason.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
