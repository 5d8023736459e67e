package org.tidings.web.newsletter;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.Role;
import org.tidings.accounts.SessionView;
import org.tidings.newsletter.NewsletterView;
import org.tidings.newsletter.Newsletters;
import org.tidings.newsletter.Readership;
import org.tidings.web.access.Visitor;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/** The newsletters that whoever asks may know of; for her the others are as if there were none of that name (NLT-D1). */
@RequestScoped
class ReadableNewsletters {

    @Inject
    Newsletters newsletters;

    @Inject
    Readership readership;

    @Inject
    Visitor visitor;

    /** @throws Problem not found, whether it does not exist or is not for her */
    NewsletterView find(String slug) {
        return newsletters.findBySlug(slug).filter(this::isReadable).orElseThrow(ReadableNewsletters::none);
    }

    /** @throws Problem not found unless everybody may know of it: where an address alone is asked for */
    NewsletterView findPublic(String slug) {
        return newsletters.findBySlug(slug).filter(NewsletterView::isPublic).orElseThrow(ReadableNewsletters::none);
    }

    /** Those on offer. */
    List<NewsletterView> offered() {
        return readership.offeredTo(reader());
    }

    /** Not every one that staff may look at is for them. */
    boolean mayJoin(NewsletterView newsletter) {
        return newsletter.offered() && readership.admits(newsletter, reader());
    }

    private boolean isReadable(NewsletterView newsletter) {
        return newsletter.isPublic()
                || visitor.has(Role.EDITOR)
                || visitor.has(Role.PUBLISHER)
                || readership.admits(newsletter, reader());
    }

    private Optional<AccountId> reader() {
        return visitor.session().map(SessionView::account);
    }

    private static Problem none() {
        return new Problem(ProblemType.NOT_FOUND);
    }
}
