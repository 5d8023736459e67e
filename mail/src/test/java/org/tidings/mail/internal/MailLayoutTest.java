package org.tidings.mail.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tidings.mail.MailBody;
import org.tidings.mail.MessageClass;
import org.tidings.mail.RenderedMail;

class MailLayoutTest {

    @ParameterizedTest
    @EnumSource(MessageClass.class)
    void keepsTheColourOfItsClassInTheDark(MessageClass messageClass) {
        MailBody body = MailBody.in(Locale.ENGLISH).paragraph("Hello").build();

        String html =
                new MailLayout("Tidings", "").render(messageClass, "Hi", body).html();

        String name = "of-" + messageClass.name().toLowerCase(Locale.ROOT);
        assertThat(html).contains("class=\"card " + name + "\"");
        String dark = html.substring(html.indexOf("prefers-color-scheme:dark"));
        assertThat(dark).contains("." + name + "{border-top-color:#");
        // A shorthand with !important would win over the line above.
        assertThat(dark).doesNotContainPattern("\\.card\\{[^}]*border(-top)?-?color:");
    }

    /** N09: who sends it and from where, in both parts. */
    @ParameterizedTest
    @EnumSource(MessageClass.class)
    void namesTheSenderAndWhereItIs(MessageClass messageClass) {
        MailBody body = MailBody.in(Locale.ENGLISH).paragraph("Hello").build();

        RenderedMail mail = new MailLayout("Acme", "Acme Ltd, 1 Example Street").render(messageClass, "Hi", body);

        assertThat(mail.html()).contains("Acme Ltd, 1 Example Street");
        assertThat(mail.text()).contains("Acme Ltd, 1 Example Street");
    }
}
