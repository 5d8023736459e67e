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

    /**
     * Whether account mail to the address is carried, as far as is known. Which of several takes it is not known before, so each has to; a
     * reserve is not asked.
     *
     * @param from the domain that account mail comes from
     */
    public static boolean reach(List<Dispatcher.PlannedRelay> relays, String from, EmailAddress address) {
        return address.unusual().isEmpty()
                || relays.stream()
                        .filter(planned -> planned.plan().carries(MessageClass.ACCOUNT, from))
                        .filter(planned -> planned.plan().weight() > 0)
                        .allMatch(planned -> planned.relay().carriesUtf8());
    }
}
