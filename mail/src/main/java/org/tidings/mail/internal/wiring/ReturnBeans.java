package org.tidings.mail.internal.wiring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.tidings.mail.ProviderReports;
import org.tidings.mail.Receiving;
import org.tidings.mail.ReturnedMails;
import org.tidings.mail.SuppressedAddresses;
import org.tidings.mail.internal.returned.ReturnSettings;
import org.tidings.site.ConfigurationKey;

/** What the module gives to the container of what comes back. */
@Dependent
class ReturnBeans {

    @Produces
    @ApplicationScoped
    static ReturnedMails returnedMails(ReturningMail runtime) {
        return runtime.post();
    }

    @Produces
    @ApplicationScoped
    static ProviderReports providerReports(ReturningMail runtime) {
        return runtime.post();
    }

    @Produces
    @ApplicationScoped
    static Receiving receiving(ReturningMail runtime) {
        return runtime.post();
    }

    @Produces
    @ApplicationScoped
    static SuppressedAddresses suppressedAddresses(ReturningMail runtime) {
        return runtime.suppressed();
    }

    @Produces
    @Dependent
    static ConfigurationKey.Keys keys() {
        return new ConfigurationKey.Keys(ReturnSettings.ALL);
    }

    static ReturnSettings settings() {
        Config config = ConfigProvider.getConfig();
        return ReturnSettings.read(name -> config.getOptionalValue(name, String.class));
    }
}
