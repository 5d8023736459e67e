package org.tidings.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A driver out of tidings.jar, for the time of a command. It is not taken from the unpacked {@link Installation}: unpacking removes those
 * of other builds, and one of them may be running.
 */
final class Drivers implements AutoCloseable {

    private final Path copy;
    private final URLClassLoader classes;
    private final Driver driver;

    private Drivers(Path copy, URLClassLoader classes, Driver driver) {
        this.copy = copy;
        this.classes = classes;
        this.driver = driver;
    }

    static Drivers h2(Path tidingsJar) throws IOException {
        return load(tidingsJar, "h2-", "org.h2.Driver");
    }

    static Drivers postgresql(Path tidingsJar) throws IOException {
        return load(tidingsJar, "postgresql-", "org.postgresql.Driver");
    }

    private static Drivers load(Path tidingsJar, String prefix, String className) throws IOException {
        Path copy = Files.createTempFile("tidings-driver", ".jar");
        try {
            copyLibrary(tidingsJar, prefix, copy);
            var classes = new URLClassLoader(new URL[] {copy.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
            Driver driver = (Driver)
                    classes.loadClass(className).getDeclaredConstructor().newInstance();
            return new Drivers(copy, classes, driver);
        } catch (ReflectiveOperationException e) {
            Files.delete(copy);
            throw new IOException("the driver in tidings.jar is of no use", e);
        }
    }

    private static void copyLibrary(Path tidingsJar, String prefix, Path to) throws IOException {
        try (var jar = new JarFile(tidingsJar.toFile());
                InputStream in = jar.getInputStream(jar.getEntry("bundle/tidings.war"));
                var war = new ZipInputStream(in)) {
            for (ZipEntry entry = war.getNextEntry(); entry != null; entry = war.getNextEntry()) {
                if (entry.getName().startsWith("WEB-INF/lib/" + prefix)) {
                    Files.copy(war, to, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                    return;
                }
            }
        }
        throw new IOException("tidings.jar came without a library " + prefix);
    }

    Connection connect(String url, Properties properties) throws SQLException {
        Connection connection = driver.connect(url, properties);
        if (connection == null) {
            throw new SQLException("not an address that this driver knows: " + url);
        }
        return connection;
    }

    @Override
    public void close() throws IOException {
        classes.close();
        Files.deleteIfExists(copy);
    }
}
