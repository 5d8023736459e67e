package org.tidings.announcements.internal.policies;

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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import org.tidings.announcements.PolicyKind;
import org.tidings.announcements.PolicyText;
import org.tidings.announcements.internal.settings.Settings;
import org.tidings.site.DatabaseReady;
import org.tidings.site.WrittenLanguages;

/** Gives a new site a privacy policy that says what this program does; the operator's lawyers may write a better one. */
@ApplicationScoped
public class FirstPolicies {

    private static final String SITE_NAME = "SITE_NAME";
    private static final String PRIVACY_ADDRESS = "PRIVACY_ADDRESS";
    private static final System.Logger LOG = System.getLogger(FirstPolicies.class.getName());

    @Inject
    PolicyShelf policies;

    @Inject
    WrittenLanguages languages;

    public void onStart(@Observes DatabaseReady ready) {
        try {
            policies.seed(PolicyKind.PRIVACY, texts(languages.all()));
        } catch (PersistenceException otherNodeWasFirst) {
            LOG.log(Level.DEBUG, "The first privacy policy is there already.", otherNodeWasFirst);
        }
    }

    /** With the site's name and address still to be filled in, see {@link #filled}. */
    public static Map<Locale, PolicyText> texts(List<Locale> languages) {
        Map<Locale, PolicyText> texts = new LinkedHashMap<>();
        for (Locale language : languages) {
            texts.put(language, new PolicyText(resource("policy/privacy_" + language.getLanguage() + ".md"), ""));
        }
        return texts;
    }

    /** The shipped text as it is read: a site begins before it has a name, and the name is no change of its policy. */
    public static PolicyText filled(PolicyText text, Settings settings) {
        return new PolicyText(
                text.markdown()
                        .replace(SITE_NAME, settings.site().name())
                        .replace(PRIVACY_ADDRESS, settings.site().privacyAddress()),
                text.summary());
    }

    /**
     * The first version of a site that began before names were filled in when it is read: the placeholders of then, which reached
     * nobody and named no site, are read as what is configured now. Everything else stands as it was published.
     */
    public static PolicyText corrected(PolicyText text, Settings settings) {
        String name = Matcher.quoteReplacement(settings.site().name());
        return new PolicyText(
                text.markdown()
                        .replace("privacy@localhost", settings.site().privacyAddress())
                        .replaceFirst("^This is how Tidings handles", "This is how " + name + " handles")
                        .replaceFirst("^So geht Tidings mit dem um", "So geht " + name + " mit dem um"),
                text.summary());
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
