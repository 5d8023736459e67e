package org.tidings.mail.internal.traffic;

import java.util.List;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.MessageClass;
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

    /** Whether one of those that account mail goes to carries the address, as far as is known. */
    public static boolean reach(List<Dispatcher.Carrier> carriers, EmailAddress address) {
        boolean ascii = address.canonical().chars().allMatch(c -> c < 0x80);
        return ascii
                || carriers.isEmpty()
                || carriers.stream()
                        .filter(carrier -> carrier.plan().classes().contains(MessageClass.ACCOUNT))
                        .anyMatch(carrier -> carrier.server().carriesUtf8());
    }
}
