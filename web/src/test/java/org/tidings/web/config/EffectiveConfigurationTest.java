package org.tidings.web.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tidings.site.ConfigurationKey;
import org.tidings.site.Expected;

class EffectiveConfigurationTest {

    private static final List<ConfigurationKey> KEYS = List.of(
            new ConfigurationKey("tidings.smtp.connections", "4", "Connections.", false, Expected.wholeNumber(1, 200)),
            new ConfigurationKey(
                    "tidings.smtp.<name>.url", "", "A server.", true, Expected.matching("a server", "right"::equals)),
            new ConfigurationKey("tidings.smtp.<name>.per-second", "", "Its rate.", false, Expected.wholeNumber(0, 9)));

    private static EffectiveConfiguration with(Map<String, String> values) {
        Config config = (Config) Proxy.newProxyInstance(
                Config.class.getClassLoader(),
                new Class<?>[] {Config.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getPropertyNames" -> values.keySet();
                    case "getOptionalValue" -> Optional.ofNullable(values.get(arguments[0]));
                    case "getConfigValue" -> value(values.get(arguments[0]));
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        return new EffectiveConfiguration(KEYS, config);
    }

    private static ConfigValue value(@Nullable Object set) {
        return (ConfigValue) Proxy.newProxyInstance(
                ConfigValue.class.getClassLoader(),
                new Class<?>[] {ConfigValue.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getValue" -> set;
                    case "getSourceOrdinal" -> 300;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @Test
    void namesWhatIsMisspelt() {
        EffectiveConfiguration configuration =
                with(Map.of("tidings.smtp.conections", "5", "TIDINGS_SMTP_CONNECTIONS", "5", "PATH", "/bin"));

        assertThat(configuration.unknown()).containsExactly("tidings.smtp.conections");
        assertThat(configuration.nearest("tidings.smtp.conections")).contains("tidings.smtp.connections");
    }

    @Test
    void namesEachKeyWhoseValueCannotBeAndRepeatsNoSecret() {
        EffectiveConfiguration configuration = with(Map.of(
                "tidings.smtp.connections", "many",
                "tidings.smtp.bulk.url", "hunter2",
                "tidings.smtp.spare.url", "right",
                "tidings.smtp.bulk.per-second", "3"));

        assertThat(configuration.refused())
                .containsExactlyInAnyOrder(
                        "tidings.smtp.connections is \"many\", which is not a whole number from 1 to 200.",
                        "tidings.smtp.bulk.url has a value (not shown), which is not a server.");
    }

    @Test
    void knowsKeysThatThereMayBeSeveralOf() {
        EffectiveConfiguration configuration = with(Map.of(
                "tidings.smtp.bulk.url", "smtp://user:secret@bulk.example.net",
                "tidings.smtp.bulk.per-second", "50",
                "TIDINGS_SMTP_SPARE_PER_SECOND", "5",
                "tidings.smtp.bulk.colour", "blue"));

        assertThat(configuration.unknown()).containsExactly("tidings.smtp.bulk.colour");
        assertThat(configuration.lines())
                .anyMatch(line -> line.matches("tidings\\.smtp\\.bulk\\.per-second +50 +\\*"))
                .anyMatch(line -> line.matches("tidings\\.smtp\\.bulk\\.url +\\(set\\) +\\*"))
                .noneMatch(line -> line.contains("secret") || line.contains("<name>"));
    }
}
