package org.tidings.announcements.internal;

import jakarta.persistence.Embeddable;
import org.tidings.mail.RenderedMail;

/** The mail in one language as it went out, so that a later version of this program shows the same. */
@Embeddable
class SentMail {
    private String subject = "";
    private String html = "";
    private String plain = "";

    protected SentMail() {}

    SentMail(RenderedMail mail) {
        subject = mail.subject();
        html = mail.html();
        plain = mail.text();
    }

    RenderedMail mail() {
        return new RenderedMail(subject, html, plain);
    }
}
