package org.tidings.mail.internal.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.tidings.mail.MailBody;
import org.tidings.mail.MessageClass;
import org.tidings.site.Theme;

/** Writes one mail of each class to the folder in {@code MAIL_SHOTS}, to be looked at in a browser. */
@EnabledIfEnvironmentVariable(named = "MAIL_SHOTS", matches = ".+")
class MailLayoutShots {

    @Test
    void writesOneOfEach() throws IOException {
        Path folder = Path.of(System.getenv("MAIL_SHOTS"));
        Files.createDirectories(folder);
        MailLayout layout =
                new MailLayout("Acme", "Acme Ltd, 1 Example Street, 12345 Exampletown", Theme.named("evergreen"));
        write(
                folder,
                layout,
                MessageClass.ACCOUNT,
                MailBody.in(Locale.ENGLISH)
                        .preheader("One click and your account is open.")
                        .heading("Confirm your address")
                        .paragraph("Somebody, probably you, asked for an account at Acme with this address.")
                        .button("Confirm my address", "https://acme.example.com/confirm/abc")
                        .note(
                                "The link works until tomorrow, 9:30. If it was not you, do nothing: the address is forgotten.")
                        .footer("You get this mail because this address was typed at acme.example.com.")
                        .build());
        write(
                folder,
                layout,
                MessageClass.SERVICE,
                MailBody.in(Locale.ENGLISH)
                        .preheader("Sign-in and downloads are not available on Sunday night.")
                        .heading("Maintenance on 29 November")
                        .facts(List.of(
                                new MailBody.Fact("What", "Sign-in and downloads are not available"),
                                new MailBody.Fact(
                                        "When",
                                        "Sun 29 Nov 2026, 22:00 – Mon 30 Nov, 01:00 (Europe/Berlin)\n21:00 – 00:00 UTC"),
                                new MailBody.Fact("Who", "Everybody with an account"),
                                new MailBody.Fact("What to do", "Nothing. Save what you are working on before 22:00.")))
                        .paragraph("We move the database to new machines. What you have stored stays as it is.")
                        .button("Read the announcement", "https://acme.example.com/announcements/1")
                        .footer(
                                "You get this because you hold an account at Acme. It cannot be switched off; it stops when you close the account.")
                        .footer("Close my account", "https://acme.example.com/me/deactivate")
                        .footer("Newsletter preferences", "https://acme.example.com/preferences/x")
                        .build());
        write(
                folder,
                layout,
                MessageClass.NEWSLETTER,
                MailBody.in(Locale.ENGLISH)
                        .preheader("What changed in November.")
                        .heading("Letters from the workshop")
                        .written(
                                "<p>Hello Zoë, this month we <strong>rebuilt the loom</strong> and wrote down <a href=\"https://x.example/\">how it went</a>.</p>"
                                        + "<h2>Three things learned</h2><ul><li>Measure twice.</li><li>Cut once.</li><li>Write it down.</li></ul>"
                                        + "<blockquote><p>The shuttle remembers what the hand forgets.</p></blockquote>"
                                        + "<pre><code>warp = 24\nweft = 18</code></pre><hr><h3>Dates</h3>"
                                        + "<table><tr><th>Day</th><th>What</th></tr><tr><td>3 Dec</td><td>Open workshop</td></tr></table>",
                                "text")
                        .footer("You get this because you subscribed to Letters from the workshop.")
                        .footer("Unsubscribe with one click", "https://acme.example.com/u/x")
                        .footer("Preferences", "https://acme.example.com/preferences/x")
                        .build());
    }

    private static void write(Path folder, MailLayout layout, MessageClass messageClass, MailBody body)
            throws IOException {
        Files.writeString(
                folder.resolve(messageClass + ".html"),
                layout.render(messageClass, "Subject", body).html());
        Files.writeString(
                folder.resolve(messageClass + ".txt"),
                layout.render(messageClass, "Subject", body).text());
    }
}
