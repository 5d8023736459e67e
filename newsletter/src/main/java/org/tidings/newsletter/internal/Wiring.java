package org.tidings.newsletter.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tidings.mail.Receiving;
import org.tidings.newsletter.internal.importing.ImportLimits;
import org.tidings.newsletter.internal.webhooks.SwitchingOff;
import org.tidings.newsletter.internal.webhooks.WebhookSettings;
import org.tidings.site.ConfigurationKey;
import org.tidings.site.Expected;
import org.tidings.site.JdbcTransactions;
import org.tidings.site.ModuleSchema;
import org.tidings.site.Site;

/** Gives this module's beans what the container and the configuration hold. */
@ApplicationScoped
class Wiring {

    private static final ConfigurationKey UNDO = new ConfigurationKey(
            "tidings.newsletter.undo.seconds",
            "30",
            "Seconds between sending an issue and the first mail, in which it can be taken back; 0 to 3600.",
            false,
            Expected.wholeNumber(0, 3_600));
    private static final ConfigurationKey CONFIRMATION = new ConfigurationKey(
            "tidings.newsletter.confirmation.hours",
            "24",
            "Hours for which the link that confirms a subscription works; 1 to 168.",
            false,
            Expected.wholeNumber(1, 168));
    private static final ConfigurationKey MAILBOX = new ConfigurationKey(
            "tidings.newsletter.unsubscribe.mailbox",
            "",
            "Address that takes unsubscribe mails, unsub@example.com (in mails unsub+token@example.com). Only offered if mail to it can come in,"
                    + " by the listener or the mailbox for returned mail; unset, unsub@ the bounce domain where the listener is on.",
            false,
            Expected.mailAddress());
    private static final ConfigurationKey ROWS = new ConfigurationKey(
            "tidings.newsletter.import.rows",
            "1000000",
            "Most rows of one import file; 1 to 5000000.",
            false,
            Expected.wholeNumber(1, 5_000_000));
    private static final ConfigurationKey MEGABYTES = new ConfigurationKey(
            "tidings.newsletter.import.megabytes",
            "256",
            "Largest import file, packed or unpacked, in megabytes; 1 to 2000.",
            false,
            Expected.wholeNumber(1, 2_000));

    private static final ConfigurationKey LENIENT = new ConfigurationKey(
            "tidings.webhooks.out.private",
            "false",
            "Whether webhooks may lead to plain http and into networks that are not public: only for programs beside this one and for tests; true"
                    + " or false.",
            false,
            Expected.oneOf("true", "false"));

    @Inject
    JdbcTransactions transactions;

    @Produces
    @NewsletterDb
    @Dependent
    EntityManager entityManager() {
        return transactions.entityManager("newsletter");
    }

    @Produces
    @NewsletterDb
    @Dependent
    DataSource dataSource() {
        return transactions.dataSource();
    }

    @Produces
    @Dependent
    Settings settings(
            Config config,
            Site site,
            Receiving receiving,
            @ConfigProperty(name = "tidings.data.dir", defaultValue = "./data") String dataFolder) {
        return new Settings(
                site,
                unsubscribeMailbox(text(config, MAILBOX), receiving),
                Duration.ofSeconds(number(config, UNDO, 0, 3_600)),
                Duration.ofHours(number(config, CONFIRMATION, 1, 168)),
                new ImportLimits(
                        number(config, ROWS, 1, 5_000_000),
                        number(config, MEGABYTES, 1, 2_000) * 1024L * 1024L,
                        ImportFolder.in(Path.of(dataFolder))));
    }

    @Produces
    @Dependent
    WebhookSettings webhooks(Config config) {
        return new WebhookSettings(Boolean.parseBoolean(text(config, LENIENT)));
    }

    /** This module's words for the feature that has none of its own. */
    @Produces
    @Dependent
    static SwitchingOff.Words words() {
        return new SwitchingOff.Words() {
            @Override
            public String get(Locale language, String key, String value) {
                return Texts.in(language).get(key, value);
            }

            @Override
            public Locale spoken(Locale language) {
                return Texts.spoken(language);
            }
        };
    }

    /** An address that nothing is received for is not offered: the mail to it would be lost, and with it the opt-out. */
    static Optional<String> unsubscribeMailbox(String configured, Receiving receiving) {
        if (configured.isEmpty()) {
            return receiving.ownDomain().map(domain -> "unsub@" + domain);
        }
        if (configured.indexOf('@') < 1) {
            throw new IllegalArgumentException(MAILBOX.name() + " must be an address");
        }
        return Optional.of(configured).filter(receiving::receives);
    }

    @Produces
    @Dependent
    static ConfigurationKey.Keys keys() {
        return new ConfigurationKey.Keys(List.of(UNDO, CONFIRMATION, MAILBOX, ROWS, MEGABYTES, LENIENT));
    }

    @Produces
    @Dependent
    ModuleSchema schema() {
        return new ModuleSchema("newsletter", "db/newsletter");
    }

    private static String text(Config config, ConfigurationKey key) {
        return config.getOptionalValue(key.name(), String.class)
                .orElse(key.fallback())
                .strip();
    }

    private static int number(Config config, ConfigurationKey key, int least, int most) {
        int value = Integer.parseInt(text(config, key));
        if (value < least || value > most) {
            throw new IllegalArgumentException(key.name() + " must be " + least + " to " + most);
        }
        return value;
    }
}
