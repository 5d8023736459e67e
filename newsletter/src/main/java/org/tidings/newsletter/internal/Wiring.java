package org.tidings.newsletter.internal;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.Config;
import org.tidings.mail.ConfigurationKey;
import org.tidings.mail.ModuleSchema;

/** Gives this module's beans what the container and the configuration hold. */
@ApplicationScoped
class Wiring {

    private static final ConfigurationKey UNDO = new ConfigurationKey(
            "tidings.newsletter.undo.seconds",
            "30",
            "Seconds between sending an issue and the first mail, in which it can be taken back; 0 to 3600.",
            false);
    private static final ConfigurationKey CONFIRMATION = new ConfigurationKey(
            "tidings.newsletter.confirmation.hours",
            "24",
            "Hours for which the link that confirms a subscription works; 1 to 168.",
            false);
    private static final ConfigurationKey MAILBOX = new ConfigurationKey(
            "tidings.newsletter.unsubscribe.mailbox",
            "",
            "Address of the mailbox that takes unsubscribe mails, plus addressing understood (unsub@example.com becomes"
                    + " unsub+token@example.com); empty for none.",
            false);
    private static final ConfigurationKey ROWS = new ConfigurationKey(
            "tidings.newsletter.import.rows", "1000000", "Most rows of one import file; 1 to 5000000.", false);

    @PersistenceContext(unitName = "newsletter")
    EntityManager entityManager;

    @Resource(lookup = "java:app/jdbc/tidings")
    DataSource dataSource;

    @Produces
    @NewsletterDb
    @Dependent
    EntityManager entityManager() {
        return entityManager;
    }

    @Produces
    @NewsletterDb
    @Dependent
    DataSource dataSource() {
        return dataSource;
    }

    @Produces
    @Dependent
    Settings settings(Config config) {
        String mailbox = text(config, MAILBOX);
        return new Settings(
                withoutSlash(config.getOptionalValue("tidings.public.url", String.class)
                        .orElse("http://localhost:8080")),
                mailbox.contains("@") ? Optional.of(mailbox) : Optional.empty(),
                Duration.ofSeconds(number(config, UNDO, 0, 3_600)),
                Duration.ofHours(number(config, CONFIRMATION, 1, 168)),
                number(config, ROWS, 1, 5_000_000));
    }

    @Produces
    @Dependent
    ConfigurationKey.Keys keys() {
        return new ConfigurationKey.Keys(List.of(UNDO, CONFIRMATION, MAILBOX, ROWS));
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

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
