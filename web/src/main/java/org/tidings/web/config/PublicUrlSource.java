package org.tidings.web.config;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Gives everybody who reads {@code tidings.public.url} the address as it is written on the wire: {@code https://bücher.example/} is
 * configured, {@code https://xn--bcher-kva.example} is read. What is no address is left to whoever refuses it.
 */
public final class PublicUrlSource implements ConfigSource {

    /** Above system properties (400) and the environment (300), which it reads. */
    private static final int ORDINAL = 500;

    private final Map<String, String> values;

    public PublicUrlSource() {
        values = configured()
                .flatMap(PublicUrlSource::onTheWire)
                .map(url -> Map.of(ServerKeys.PUBLIC_URL, url))
                .orElse(Map.of());
    }

    private static Optional<String> configured() {
        String name = ServerKeys.PUBLIC_URL.replace('.', '_');
        return Stream.of(
                        Optional.ofNullable(System.getProperty(ServerKeys.PUBLIC_URL)),
                        Optional.ofNullable(System.getenv(ServerKeys.PUBLIC_URL)),
                        Optional.ofNullable(System.getenv(name)),
                        Optional.ofNullable(System.getenv("TIDINGS_PUBLIC_URL")))
                .flatMap(Optional::stream)
                .filter(value -> !value.isBlank())
                .findFirst();
    }

    private static Optional<String> onTheWire(String configured) {
        try {
            return Optional.of(PublicUrl.parse(configured)).filter(url -> !url.equals(configured));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public Set<String> getPropertyNames() {
        return values.keySet();
    }

    @Override
    public Map<String, String> getProperties() {
        return values;
    }

    @Override
    public @Nullable String getValue(String name) {
        return values.get(name);
    }

    @Override
    public String getName() {
        return "the public address on the wire";
    }

    @Override
    public int getOrdinal() {
        return ORDINAL;
    }
}
