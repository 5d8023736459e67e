package org.tidings.mail.internal.settings;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Settings of the made-up site Acme. */
public final class TestSettings {

    private final Map<String, String> values = new HashMap<>(Map.of(
            "tidings.site.name", "Acme",
            "tidings.site.postal-address", "Acme Ltd, 1 Example Street, 12345 Exampletown",
            "tidings.public.url", "https://acme.example.com",
            // Everybody lives at example.org; limits have tests of their own.
            "tidings.mail.receiving.limits", "off"));

    public static TestSettings acme() {
        return new TestSettings();
    }

    public TestSettings with(String key, String value) {
        values.put(key, value);
        return this;
    }

    /** For what reads its own keys. */
    public Optional<String> value(String key) {
        return Optional.ofNullable(values.get(key));
    }

    public MailSettings read() {
        return MailSettings.read(key -> Optional.ofNullable(values.get(key)));
    }
}
