package org.tidings.mail.internal;

import java.util.List;

/** The site's mail servers, made as they are configured. */
final class Carriers {

    private Carriers() {}

    static List<Dispatcher.Carrier> of(MailSettings settings, LocalMailboxServer localMailbox) {
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
