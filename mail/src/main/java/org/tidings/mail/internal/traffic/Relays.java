package org.tidings.mail.internal.traffic;

import java.util.List;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.MessageClass;
import org.tidings.mail.internal.settings.MailSettings;
import org.tidings.mail.internal.smtp.MailboxRelay;
import org.tidings.mail.internal.smtp.Relay;
import org.tidings.mail.internal.smtp.SmtpRelay;

/** The site's relays, made as they are configured. */
public final class Relays {

    private Relays() {}

    public static List<Dispatcher.PlannedRelay> of(MailSettings settings, MailboxRelay localMailbox) {
        return settings.servers().stream()
                .map(server -> new Dispatcher.PlannedRelay(
                        server.plan(),
                        server.url()
                                .<Relay>map(url ->
                                        new SmtpRelay(settings, server.plan().mailsPerConnection(), url))
                                .orElse(localMailbox)))
                .toList();
    }

    /** Whether one of those that account mail goes to carries the address, as far as is known. */
    public static boolean reach(List<Dispatcher.PlannedRelay> relays, EmailAddress address) {
        return address.unusual().isEmpty()
                || relays.isEmpty()
                || relays.stream()
                        .filter(planned -> planned.plan().classes().contains(MessageClass.ACCOUNT))
                        .anyMatch(planned -> planned.relay().carriesUtf8());
    }
}
