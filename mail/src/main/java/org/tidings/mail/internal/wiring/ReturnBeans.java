package org.tidings.mail.internal.wiring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.tidings.mail.ProviderReports;
import org.tidings.mail.Receiving;
import org.tidings.mail.ReturnedMails;
import org.tidings.mail.SuppressedAddresses;
import org.tidings.mail.internal.returned.ReturnSettings;
import org.tidings.mail.internal.returned.webhooks.Webhooks;
import org.tidings.site.ConfigurationKey;

/** What the module gives to the container of what comes back. */
@Dependent
class ReturnBeans {

    @Produces
    @ApplicationScoped
    static ReturnedMails returnedMails(ReturningMail runtime) {
        return runtime.post().mails();
    }

    @Produces
    @ApplicationScoped
    static ProviderReports providerReports(ReturningMail runtime) {
        return runtime.post().reports();
    }

    @Produces
    @ApplicationScoped
    static Receiving receiving(ReturningMail runtime) {
        return runtime.post().receiving();
    }

    @Produces
    @ApplicationScoped
    static SuppressedAddresses suppressedAddresses(ReturningMail runtime) {
        return runtime.suppressed();
    }

    @Produces
    @Dependent
    static ConfigurationKey.Keys keys() {
        return new ConfigurationKey.Keys(Stream.concat(ReturnSettings.ALL.stream(), Webhooks.KEYS.stream())
                .toList());
    }

    static Function<String, Optional<String>> configuration() {
        Config config = ConfigProvider.getConfig();
        return name -> config.getOptionalValue(name, String.class);
    }
}
