package org.tidings.mail.internal.layout;

import gg.jte.Content;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.tidings.mail.Appearance;
import org.tidings.mail.MailBody;
import org.tidings.mail.MessageClass;
import org.tidings.mail.RenderedMail;
import org.tidings.site.Theme;

/**
 * The one layout of all mails: makes the HTML document and the text from the same blocks (MSG-10, MSG-16, MSG-17). Slots stay in place.
 *
 * <p>One column of at most 600 pixels in tables, because Outlook knows nothing else; every style inline; the sheet in the head only
 * adds the dark colours and the narrow screen. There are no images: nothing is missing where they are blocked.
 */
public final class MailLayout {

    private static final Set<String> RIGHT_TO_LEFT = Set.of("ar", "fa", "he", "iw", "ur", "yi");

    private static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(
            null, ContentType.Html, MailLayout.class.getClassLoader(), "org.tidings.mail.templates");

    private final String siteName;
    private final String postalAddress;
    private final MailLook look;

    public MailLayout(String siteName, String postalAddress, Theme theme) {
        this.siteName = siteName;
        this.postalAddress = postalAddress;
        this.look = new MailLook(theme);
    }

    /** As it is sent. */
    public RenderedMail render(MessageClass messageClass, String subject, MailBody body) {
        return render(messageClass, subject, body, Appearance.AS_SET);
    }

    public RenderedMail render(MessageClass messageClass, String subject, MailBody body, Appearance appearance) {
        return new RenderedMail(
                subject, html(messageClass, subject, body, appearance), MailText.of(body, siteName, postalAddress));
    }

    private String html(MessageClass messageClass, String subject, MailBody body, Appearance appearance) {
        boolean toTheRight = RIGHT_TO_LEFT.contains(body.language().getLanguage());
        HtmlBlocks html = new HtmlBlocks(TEMPLATES, look, messageClass == MessageClass.SERVICE, toTheRight);
        List<Content> blocks =
                body.blocks().stream().map(block -> block.in(html)).toList();
        StringOutput out = new StringOutput(8192);
        TEMPLATES.render(
                "mail.jte",
                new MailParts.Whole(
                        look,
                        appearance,
                        body.language().toLanguageTag(),
                        toTheRight ? "rtl" : "ltr",
                        messageClass.name().toLowerCase(Locale.ROOT),
                        subject,
                        body.preheader(),
                        siteName,
                        postalAddress,
                        blocks,
                        body.footer().stream().map(MailLayout::line).toList()),
                out);
        return out.toString();
    }

    private static MailParts.Line line(MailBody.FooterLine line) {
        String words = HtmlBlocks.breaks(line.text());
        return new MailParts.Line(output -> output.writeContent(words), line.url());
    }
}
