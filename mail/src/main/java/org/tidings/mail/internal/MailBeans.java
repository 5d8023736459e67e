package org.tidings.mail.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.tidings.mail.ConfigurationKey;
import org.tidings.mail.ModuleSchema;
import org.tidings.mail.SiteSecret;

/** What the module gives to the container. */
@Dependent
class MailBeans {

    @Produces
    @ApplicationScoped
    static SiteSecret siteSecret() {
        Config config = ConfigProvider.getConfig();
        return KeptSiteSecret.read(
                config.getOptionalValue(MailSettings.MailKeys.SECRET.name(), String.class)
                        .orElse(""),
                settings().dataDir().resolve("secret.key"));
    }

    @Produces
    @Dependent
    static Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Dependent
    static ModuleSchema schema() {
        return new ModuleSchema("mail", "db/mail");
    }

    @Produces
    @Dependent
    static ConfigurationKey.Keys keys() {
        return new ConfigurationKey.Keys(List.copyOf(MailSettings.MailKeys.ALL));
    }

    static MailSettings settings() {
        Config config = ConfigProvider.getConfig();
        return MailSettings.read(name -> config.getOptionalValue(name, String.class));
    }
}
