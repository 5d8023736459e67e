package org.tidings.mail.internal.traffic;

import java.util.List;
import org.tidings.mail.internal.settings.MailSettings;
import org.tidings.mail.internal.smtp.LocalMailboxServer;
import org.tidings.mail.internal.smtp.MailServer;
import org.tidings.mail.internal.smtp.SmtpServer;

/** The site's mail servers, made as they are configured. */
public final class Carriers {

    private Carriers() {}

    public static List<Dispatcher.Carrier> of(MailSettings settings, LocalMailboxServer localMailbox) {
        return settings.servers().stream()
                .map(server -> new Dispatcher.Carrier(
                        server.plan(),
                        server.url()
                                .<MailServer>map(url ->
                                        new SmtpServer(settings, server.plan().mailsPerConnection(), url))
                                .orElse(localMailbox)))
                .toList();
    }
}
