package org.tidings.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Payara Micro and the WAR, unpacked: {@code boot.jar}, {@code runtime/*.jar} and {@code app/}, in a folder named after the
 * build of {@code tidings.jar} they came from.
 *
 * <p>Unpacked once for each build and never changed after: starting from files saves seconds at every start. It is written beside its place and moved there when complete, so a start that was
 * interrupted leaves nothing half-made.
 *
 * <p>Libraries of the WAR come beside the container's, on the one class path: there they are not searched for beans, and Java keeps what it
 * has read of them ({@link ClassCache}). In the application stay those that have beans, which are our modules.
 */
record Installation(Path home) {

    private static final String RUNTIME_IN_MICRO = "MICRO-INF/runtime/";
    private static final String LIBRARIES = "WEB-INF/lib";

    /** What Payara Micro's own launcher opens, from the manifest that it writes. */
    private static final List<String> OPENED = List.of("Add-Exports", "Add-Opens");

    /**
     * That of this {@code tidings.jar}, unpacked if it is not yet.
     *
     * @param alone whether nobody else uses the parent; then other builds in it are removed
     */
    static Installation of(Path tidingsJar, Path parent, boolean alone) {
        try {
            Path home = parent.resolve(buildOf(tidingsJar));
            if (!Files.isDirectory(home)) {
                Files.createDirectories(parent);
                unpackInto(home, tidingsJar, alone);
            }
            return new Installation(home);
        } catch (IOException e) {
            throw new CannotStart(
                    "Cannot unpack below " + parent + ": " + e + ". Is there enough space (250 MB)? "
                            + Settings.RUNTIME_DIR + " names another place.",
                    e);
        }
    }

    private static void unpackInto(Path home, Path tidingsJar, boolean alone) throws IOException {
        Path parent = home.resolveSibling("");
        Path draft = Files.createTempDirectory(parent, ".unpacking");
        try {
            unpack(tidingsJar, draft);
            if (alone) {
                removeOthers(parent, draft);
            } else {
                openToReaders(draft);
            }
            Files.move(draft, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            remove(draft);
            // Another one was faster.
            if (!Files.isDirectory(home)) {
                throw e;
            }
        }
    }

    /** Who prepares an image is not who runs it; what is in there is no secret. */
    private static void openToReaders(Path folder) throws IOException {
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    Path bootJar() {
        return home.resolve("boot.jar");
    }

    Path application() {
        return home.resolve("app");
    }

    /** By what is in it: copies and images keep neither its name nor all of its time. */
    private static String buildOf(Path tidingsJar) throws IOException {
        var contents = new StringBuilder();
        try (var jar = new JarFile(tidingsJar.toFile())) {
            jar.stream()
                    .forEach(entry -> contents.append(entry.getName())
                            .append(' ')
                            .append(entry.getSize())
                            .append(' ')
                            .append(entry.getCrc())
                            .append('\n'));
        }
        return Digest.of(contents.toString());
    }

    private static void unpack(Path tidingsJar, Path draft) throws IOException {
        Path micro = draft.resolve("payara-micro.jar");
        try (var jar = new JarFile(tidingsJar.toFile())) {
            try (InputStream in = jar.getInputStream(jar.getEntry("bundle/payara-micro.jar"))) {
                Files.copy(in, micro);
            }
            try (InputStream in = jar.getInputStream(jar.getEntry("bundle/tidings.war"))) {
                unzip(in, draft.resolve("app"));
            }
        }
        Path runtime = Files.createDirectories(draft.resolve("runtime"));
        try (var jar = new JarFile(micro.toFile())) {
            List<String> names = new ArrayList<>();
            LeftOut.mustBeAmong(partsOf(jar));
            for (var entry : jar.stream().filter(Installation::isPartOfRuntime).toList()) {
                String name = entry.getName().substring(RUNTIME_IN_MICRO.length());
                try (InputStream in = jar.getInputStream(entry)) {
                    Files.copy(in, inside(runtime, name));
                }
                names.add("runtime/" + name);
            }
            for (Path library : librariesWithoutBeans(draft.resolve("app"))) {
                String name = String.valueOf(library.getFileName());
                Files.move(library, inside(runtime, name));
                names.add("runtime/" + name);
            }
            writeBootJar(draft.resolve("boot.jar"), jar, tidingsJar, names);
        }
        Files.delete(micro);
    }

    private static List<String> partsOf(JarFile micro) {
        return micro.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.startsWith(RUNTIME_IN_MICRO))
                .map(name -> name.substring(RUNTIME_IN_MICRO.length()))
                .toList();
    }

    private static List<Path> librariesWithoutBeans(Path application) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> libraries = Files.list(application.resolve(LIBRARIES))) {
            for (Path library : libraries.sorted().toList()) {
                try (var jar = new JarFile(library.toFile())) {
                    if (jar.getEntry("META-INF/beans.xml") == null) {
                        found.add(library);
                    }
                }
            }
        }
        return found;
    }

    private static boolean isPartOfRuntime(ZipEntry entry) {
        String name = entry.getName();
        return name.startsWith(RUNTIME_IN_MICRO)
                && !entry.isDirectory()
                && !LeftOut.has(name.substring(RUNTIME_IN_MICRO.length()));
    }

    /** The container's boot classes and this launcher's, so that tidings.jar may be replaced while the server runs. */
    private static void writeBootJar(Path target, JarFile micro, Path tidingsJar, List<String> classPath)
            throws IOException {
        var manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, Server.class.getName());
        attributes.put(Attributes.Name.CLASS_PATH, String.join(" ", classPath));
        for (String opened : OPENED) {
            attributes.putValue(opened, micro.getManifest().getMainAttributes().getValue(opened));
        }
        try (var out = new JarOutputStream(Files.newOutputStream(target), manifest);
                var tidings = new JarFile(tidingsJar.toFile())) {
            copy(micro, out, name -> !name.startsWith(RUNTIME_IN_MICRO) && !name.equals(JarFile.MANIFEST_NAME));
            // Resource adapters of the container: it looks them up as resources of its class path, and unpacks them.
            for (var adapter : micro.stream()
                    .filter(entry -> entry.getName().endsWith(".rar"))
                    .toList()) {
                out.putNextEntry(new ZipEntry(adapter.getName().substring(RUNTIME_IN_MICRO.length())));
                try (InputStream in = micro.getInputStream(adapter)) {
                    in.transferTo(out);
                }
                out.closeEntry();
            }
            copy(tidings, out, name -> name.startsWith("org/tidings/launcher/") && name.endsWith(".class"));
        }
    }

    /** Folders too: the container makes its own by the entries it finds. */
    private static void copy(JarFile from, JarOutputStream to, Function<String, Boolean> wanted) throws IOException {
        for (var entry : from.stream().toList()) {
            if (wanted.apply(entry.getName())) {
                to.putNextEntry(new ZipEntry(entry.getName()));
                try (InputStream in = from.getInputStream(entry)) {
                    in.transferTo(to);
                }
                to.closeEntry();
            }
        }
    }

    private static void unzip(InputStream archive, Path target) throws IOException {
        try (var zip = new ZipInputStream(archive)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path path = inside(target, entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else {
                    Files.createDirectories(path.getParent());
                    try (OutputStream out = Files.newOutputStream(path)) {
                        zip.transferTo(out);
                    }
                }
            }
        }
    }

    private static Path inside(Path folder, String name) throws IOException {
        Path path = folder.resolve(name).normalize();
        if (!path.startsWith(folder)) {
            throw new IOException("entry outside of its folder: " + name);
        }
        return path;
    }

    private static void removeOthers(Path parent, Path kept) throws IOException {
        try (Stream<Path> builds = Files.list(parent)) {
            for (Path build : builds.filter(path -> !path.equals(kept)).toList()) {
                remove(build);
            }
        }
    }

    static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
