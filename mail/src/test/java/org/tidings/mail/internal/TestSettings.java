package org.tidings.mail.internal;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Settings of the made-up site Acme. */
final class TestSettings {

    private final Map<String, String> values = new HashMap<>(Map.of(
            "tidings.site.name", "Acme",
            "tidings.site.postal-address", "Acme Ltd, 1 Example Street, 12345 Exampletown",
            "tidings.public.url", "https://acme.example.com",
            // Everybody lives at example.org; limits have tests of their own.
            "tidings.mail.receiving.limits", "off"));

    static TestSettings acme() {
        return new TestSettings();
    }

    TestSettings with(String key, String value) {
        values.put(key, value);
        return this;
    }

    /** For what reads its own keys. */
    Optional<String> value(String key) {
        return Optional.ofNullable(values.get(key));
    }

    MailSettings read() {
        return MailSettings.read(key -> Optional.ofNullable(values.get(key)));
    }
}
