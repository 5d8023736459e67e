package org.tidings.announcements.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tidings.announcements.PolicyKind;
import org.tidings.announcements.PolicyText;
import org.tidings.announcements.Wording;
import org.tidings.site.DatabaseReady;

/** Gives a new site a privacy policy that says what this program does; the operator's lawyers may write a better one. */
@ApplicationScoped
class FirstPolicies {

    private static final System.Logger LOG = System.getLogger(FirstPolicies.class.getName());

    @Inject
    PolicyShelf policies;

    @Inject
    Settings settings;

    @Inject
    @ConfigProperty(name = "tidings.privacy.address")
    Optional<String> privacyAddress;

    void onStart(@Observes DatabaseReady ready) {
        try {
            policies.seed(PolicyKind.PRIVACY, texts(settings, privacyAddress.orElse("privacy@" + settings.host())));
        } catch (PersistenceException otherNodeWasFirst) {
            LOG.log(Level.DEBUG, "The first privacy policy is there already.", otherNodeWasFirst);
        }
    }

    static Map<Locale, PolicyText> texts(Settings settings, String contact) {
        Map<Locale, PolicyText> texts = new LinkedHashMap<>();
        for (Locale language : Wording.LANGUAGES) {
            texts.put(
                    language,
                    new PolicyText(
                            resource("policy/privacy_" + language.getLanguage() + ".md")
                                    .replace("SITE_NAME", settings.siteName())
                                    .replace("PRIVACY_ADDRESS", contact),
                            ""));
        }
        return texts;
    }

    private static String resource(String name) {
        String path = "/org/tidings/announcements/" + name;
        try (InputStream in = FirstPolicies.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("not in the module: " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
