package org.tidings.web.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;
import org.tidings.site.ConfigurationKey;

/** What is in force, key by key, and what was set but means nothing. */
@ApplicationScoped
public class EffectiveConfiguration {

    private static final String PREFIX = "tidings.";
    private static final String NAME = "<name>";
    private static final Pattern NOT_ALPHANUMERIC = Pattern.compile("[^A-Za-z0-9]");
    private static final Pattern SECRET_IN_URL = Pattern.compile("(?i)((?:password|user)=)[^&;]*|(?<=//)[^/@]*@");

    private final Map<String, ConfigurationKey> keys = new TreeMap<>();
    private Config config;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    protected EffectiveConfiguration() {}

    @Inject
    public EffectiveConfiguration(Instance<ConfigurationKey.Keys> modules) {
        this(modules.stream().flatMap(module -> module.keys().stream()).toList(), ConfigProvider.getConfig());
    }

    EffectiveConfiguration(Collection<ConfigurationKey> known, Config config) {
        for (ConfigurationKey key : known) {
            keys.merge(key.name(), key, (one, other) -> one.secret() ? one : other);
        }
        this.config = config;
    }

    /** One line a key: its name, what holds, and whether that is the default. Secrets read {@code (set)}. */
    public List<String> lines() {
        int width = keys.keySet().stream().mapToInt(String::length).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (ConfigurationKey key : keys.values()) {
            for (String name : isFamily(key.name()) ? members(key) : List.of(key.name())) {
                lines.add(String.format("%-" + width + "s  %s", name, shown(key, config.getConfigValue(name)))
                        .stripTrailing());
            }
        }
        return lines;
    }

    /** A sentence for each key whose value cannot be. */
    public List<String> refused() {
        List<String> refused = new ArrayList<>();
        for (ConfigurationKey key : keys.values()) {
            for (String name : isFamily(key.name()) ? members(key) : List.of(key.name())) {
                @Nullable String value = config.getConfigValue(name).getValue();
                if (value != null) {
                    key.refuse(name, value).ifPresent(refused::add);
                }
            }
        }
        return refused;
    }

    /** The names that are set of a key that there are several of. */
    private Set<String> members(ConfigurationKey family) {
        Set<String> members = new TreeSet<>();
        for (Pattern pattern : patterns(family.name())) {
            StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                    .filter(name -> pattern.matcher(name).matches())
                    .forEach(members::add);
        }
        return members;
    }

    private static String shown(ConfigurationKey key, ConfigValue set) {
        @Nullable String value = set.getValue();
        if (value == null || value.isEmpty()) {
            return key.fallback().isEmpty() ? "-" : key.fallback();
        }
        boolean ours = set.getSourceOrdinal() <= ConfigSource.DEFAULT_ORDINAL;
        return (key.secret() ? "(set)" : SECRET_IN_URL.matcher(value).replaceAll("$1***"))
                + (ours || value.equals(key.fallback()) ? "" : "  *");
    }

    /** Names that look like ours and are not: most likely misspelt. */
    public Set<String> unknown() {
        Set<String> known = new HashSet<>();
        List<Pattern> families = new ArrayList<>();
        for (String name : keys.keySet()) {
            if (isFamily(name)) {
                families.addAll(patterns(name));
                continue;
            }
            String underscored = underscored(name);
            known.add(name);
            known.add(underscored);
            known.add(underscored.toUpperCase(Locale.ROOT));
        }
        Set<String> unknown = new TreeSet<>();
        StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(name -> name.startsWith(PREFIX) || name.startsWith("TIDINGS_"))
                .filter(name -> !known.contains(name))
                .filter(name -> families.stream()
                        .noneMatch(family -> family.matcher(name).matches()))
                .forEach(unknown::add);
        return unknown;
    }

    /** A key that there are several of, such as {@code tidings.smtp.<name>.url}. */
    private static boolean isFamily(String name) {
        return name.contains(NAME);
    }

    private static String underscored(String name) {
        return NOT_ALPHANUMERIC.matcher(name).replaceAll("_");
    }

    private static List<Pattern> patterns(String family) {
        int at = family.indexOf(NAME);
        String before = family.substring(0, at);
        String after = family.substring(at + NAME.length());
        return List.of(
                Pattern.compile(Pattern.quote(before) + "[a-z][a-z0-9-]*" + Pattern.quote(after)),
                Pattern.compile("(?i)" + Pattern.quote(underscored(before)) + "[a-z][a-z0-9_]*"
                        + Pattern.quote(underscored(after))));
    }

    /** The key that was most likely meant. */
    public Optional<String> nearest(String unknown) {
        String given = normal(unknown);
        return keys.keySet().stream()
                .filter(key -> distance(normal(key), given) <= 3)
                .min(java.util.Comparator.comparingInt(key -> distance(normal(key), given)));
    }

    private static String normal(String name) {
        return NOT_ALPHANUMERIC.matcher(name).replaceAll(".").toLowerCase(Locale.ROOT);
    }

    /** Levenshtein's. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
