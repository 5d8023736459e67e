package org.tidings.mail.internal.wiring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.tidings.mail.LocalMailbox;
import org.tidings.mail.MailTraffic;
import org.tidings.mail.Mailings;
import org.tidings.mail.Outbox;
import org.tidings.mail.RestoredDatabase;
import org.tidings.mail.Senders;
import org.tidings.mail.Sending;
import org.tidings.mail.SendingCheck;
import org.tidings.mail.SendingFigures;
import org.tidings.mail.SigningKeys;
import org.tidings.mail.SiteSecret;
import org.tidings.mail.internal.dns.DnsSettings;
import org.tidings.mail.internal.ledger.StopRule;
import org.tidings.mail.internal.secrets.KeptSiteSecret;
import org.tidings.mail.internal.settings.MailSettings;
import org.tidings.site.ConfigurationKey;
import org.tidings.site.ModuleSchema;

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
        return new ConfigurationKey.Keys(MailSettings.MailKeys.ALL);
    }

    @Produces
    @ApplicationScoped
    static Outbox outbox(MailRuntime runtime) {
        return runtime.letters();
    }

    @Produces
    @ApplicationScoped
    static Mailings mailings(MailRuntime runtime) {
        return runtime.mailings();
    }

    @Produces
    @ApplicationScoped
    static LocalMailbox localMailbox(MailRuntime runtime) {
        return runtime.localMailbox();
    }

    @Produces
    @ApplicationScoped
    static MailTraffic traffic(MailRuntime runtime) {
        return runtime.traffic();
    }

    @Produces
    @ApplicationScoped
    static Sending sending(MailRuntime runtime) {
        return runtime.sending();
    }

    @Produces
    @ApplicationScoped
    static Senders senders() {
        return settings()::sender;
    }

    @Produces
    @ApplicationScoped
    static SigningKeys signingKeys(MailRuntime runtime) {
        return runtime.signingKeys();
    }

    @Produces
    @ApplicationScoped
    static SendingCheck sendingCheck(MailRuntime runtime) {
        return runtime.sendingCheck();
    }

    @Produces
    @ApplicationScoped
    static SendingFigures figures(MailRuntime runtime) {
        return runtime.figures();
    }

    @Produces
    @ApplicationScoped
    static RestoredDatabase restored(MailRuntime runtime) {
        return runtime.restored();
    }

    @Produces
    @Dependent
    static ConfigurationKey.Keys stopKeys() {
        return new ConfigurationKey.Keys(StopRule.KEYS);
    }

    static StopRule stopRule() {
        Config config = ConfigProvider.getConfig();
        return StopRule.read(name -> config.getOptionalValue(name, String.class));
    }

    @Produces
    @Dependent
    static ConfigurationKey.Keys dnsKeys() {
        return new ConfigurationKey.Keys(List.of(DnsSettings.SERVER));
    }

    static DnsSettings dnsSettings() {
        Config config = ConfigProvider.getConfig();
        return DnsSettings.read(name -> config.getOptionalValue(name, String.class));
    }

    static MailSettings settings() {
        Config config = ConfigProvider.getConfig();
        return MailSettings.read(name -> config.getOptionalValue(name, String.class));
    }
}
