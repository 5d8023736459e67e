package org.tidings.web.pages;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.tidings.site.Theme;
import org.tidings.web.SiteSettings;

/**
 * Styles, scripts and pictures, read once. Their address holds a hash over all of them, so that browsers may keep them for
 * ever and modules may import each other by relative names. {@code css/*.css} are joined in order of name to {@code site.css},
 * behind the {@link ThemeSheet}; in pictures {@code {{accent}}} stands for a colour of the theme.
 */
public class Assets {
    private static final String FOLDER = "/org/tidings/web/assets/";
    private static final int SMALLEST_WORTH_PACKING_BYTES = 600;

    private static final Map<String, String> TYPES = Map.of(
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "ico", "image/x-icon",
            "woff2", "font/woff2",
            "txt", "text/plain; charset=utf-8",
            "webmanifest", "application/manifest+json");

    /** @param packed gzip, null if it does not pay */
    record Asset(byte[] bytes, byte @Nullable [] packed, String type) {}

    private final Map<String, Asset> byName;
    private final String version;

    public Assets(Theme theme) {
        var sheet = new ThemeSheet(theme);
        byName = new TreeMap<>();
        var css = new ByteArrayOutputStream();
        css.writeBytes(sheet.bytes());
        read().forEach((name, bytes) -> {
            if (name.startsWith("css/")) {
                css.writeBytes(bytes);
            } else if (name.endsWith(".css")) {
                byName.put(name, asset(name, sheet.before(bytes)));
            } else {
                byName.put(name, asset(name, name.endsWith(".svg") ? sheet.filled(bytes) : bytes));
            }
        });
        byName.put("site.css", asset("site.css", css.toByteArray()));
        version = hash(byName);
    }

    /** The address of an asset, {@code /assets/3f9a…/site.css}. */
    public String url(String name) {
        if (!byName.containsKey(name)) {
            throw new IllegalArgumentException("no asset " + name);
        }
        return "/assets/" + version + "/" + name;
    }

    /** The bytes as text, for a picture that stands inside a page. */
    public String text(String name) {
        return new String(find(name).orElseThrow().bytes(), StandardCharsets.UTF_8);
    }

    Optional<Asset> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    String version() {
        return version;
    }

    private static Asset asset(String name, byte[] bytes) {
        var ending = name.substring(name.lastIndexOf('.') + 1);
        var type = TYPES.get(ending);
        if (type == null) {
            throw new IllegalStateException("asset of unknown type: " + name);
        }
        var text = type.startsWith("text/") || type.contains("svg");
        return new Asset(bytes, text && bytes.length >= SMALLEST_WORTH_PACKING_BYTES ? pack(bytes) : null, type);
    }

    private static byte[] pack(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static String hash(Map<String, Asset> assets) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            assets.forEach((name, asset) -> {
                digest.update(name.getBytes(StandardCharsets.UTF_8));
                digest.update(asset.bytes());
            });
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Map<String, byte[]> read() {
        try {
            // A known file, because a folder has no entry of its own in some archives.
            var anchor = Assets.class.getResource(FOLDER + "mark.svg");
            if (anchor == null) {
                throw new IllegalStateException("the assets are missing");
            }
            var uri = anchor.toURI();
            if ("file".equals(uri.getScheme())) {
                return readFolder(Path.of(uri).resolveSibling(""));
            }
            var archive = URI.create(uri.toString().substring(0, uri.toString().indexOf("!/")));
            try (var files = FileSystems.newFileSystem(archive, Map.of())) {
                var inside = uri.toString().substring(uri.toString().indexOf("!/") + 1);
                return readFolder(files.getPath(inside).resolveSibling(""));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Map<String, byte[]> readFolder(Path folder) throws IOException {
        var files = new TreeMap<String, byte[]>();
        try (var paths = Files.walk(folder)) {
            for (var path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                files.put(folder.relativize(path).toString().replace('\\', '/'), Files.readAllBytes(path));
            }
        }
        return files;
    }

    /** The assets in the operator's theme. */
    @Dependent
    static class Wiring {
        @Produces
        @Singleton
        static Assets assets(SiteSettings site) {
            return new Assets(site.theme());
        }
    }
}
