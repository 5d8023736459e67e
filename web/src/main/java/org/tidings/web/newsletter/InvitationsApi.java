package org.tidings.web.newsletter;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.ApiTokens.Scope;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.EmailAddressRejected;
import org.tidings.newsletter.Invitations;
import org.tidings.newsletter.NewsletterUnknown;
import org.tidings.newsletter.NewsletterView;
import org.tidings.newsletter.Newsletters;
import org.tidings.site.Languages;
import org.tidings.web.access.ApiScope;
import org.tidings.web.access.Visitor;
import org.tidings.web.api.Idempotent;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.Problem.Violation;
import org.tidings.web.problems.ProblemType;

/** Inviting people to a newsletter, for programs. */
@Path("/api/v1/invitations")
@Produces(MediaType.APPLICATION_JSON)
public class InvitationsApi {

    private final Visitor visitor;
    private final Newsletters newsletters;
    private final Invitations invitations;

    @Inject
    public InvitationsApi(Visitor visitor, Newsletters newsletters, Invitations invitations) {
        this.visitor = visitor;
        this.newsletters = newsletters;
        this.invitations = invitations;
    }

    /**
     * Whom to invite to what.
     *
     * @param newsletter its slug
     * @param language of the mail; the site's if it speaks another
     */
    public record NewInvitations(
            @Nullable String newsletter,
            @Nullable List<String> addresses,
            @Nullable String language) {}

    /**
     * What became of them.
     *
     * @param there have it, or were invited within a day
     * @param keptOut left it, closed the account, were erased, or cannot be written to
     */
    public record InvitedJson(int sent, int there, int keptOut) {}

    @POST
    @ApiScope(Scope.SUBSCRIBERS)
    @Idempotent
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "inviteReaders",
            summary = "Mails a link each by which the newsletter is confirmed; at most 200, who has left is not asked")
    public InvitedJson invite(NewInvitations sent) {
        String slug = Objects.requireNonNullElse(sent.newsletter(), "");
        NewsletterView newsletter = newsletters.findBySlug(slug).orElseThrow(() -> wrong("/newsletter", "unknown"));
        Locale language = Languages.spokenTo(Locale.forLanguageTag(Objects.requireNonNullElse(sent.language(), "")));
        try {
            Invitations.Report report = invitations.invite(
                    newsletter.id(),
                    addresses(Objects.requireNonNullElse(sent.addresses(), List.of())),
                    language,
                    visitor.account());
            return new InvitedJson(report.sent(), report.there(), report.keptOut());
        } catch (NewsletterUnknown e) {
            throw wrong("/newsletter", "not-by-invitation");
        }
    }

    private static List<EmailAddress> addresses(List<String> typed) {
        if (typed.isEmpty() || typed.size() > Invitations.MOST) {
            throw wrong("/addresses", typed.isEmpty() ? "missing" : "too-many");
        }
        List<EmailAddress> addresses = new ArrayList<>();
        for (int i = 0; i < typed.size(); i++) {
            try {
                addresses.add(EmailAddress.pasted(typed.get(i)));
            } catch (EmailAddressRejected e) {
                throw wrong("/addresses/" + i, ApiViews.word(e.reason()));
            }
        }
        return addresses;
    }

    private static Problem wrong(String pointer, String code) {
        return new Problem(ProblemType.INVALID, List.of(new Violation(pointer, code)));
    }
}
