package org.tidings.web.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The project's own texts as they lie in the checkout, each read once. */
final class Checkout {

    static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

    private static final Set<String> NOT_OURS = Set.of("target", ".git", "data", "node_modules");
    private static final List<String> TEXTS =
            List.of(".java", ".jte", ".properties", ".xml", ".md", ".sh", ".css", ".js", ".sql");

    private static final Map<String, String> ALL = readAll();

    private Checkout() {}

    /** Paths from the root, with their texts. */
    static Map<String, String> texts() {
        return ALL;
    }

    static String read(String path) {
        String text = ALL.get(path);
        if (text == null) {
            throw new IllegalArgumentException("there is no " + path);
        }
        return text;
    }

    /** Whether the class has a test of this name, among the tests of all modules. */
    static boolean hasTest(String type, String method) {
        Pattern declared = Pattern.compile("\\b(?:void|Stream<DynamicTest>) " + method + "\\(");
        return ALL.entrySet().stream()
                .filter(file -> isTest(file.getKey()) && file.getKey().endsWith("/" + type + ".java"))
                .anyMatch(file -> declared.matcher(file.getValue()).find());
    }

    static boolean isTest(String path) {
        return path.contains("/src/test/java/");
    }

    private static Map<String, String> readAll() {
        Map<String, String> texts = new TreeMap<>();
        try {
            Files.walkFileTree(PROJECT, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return NOT_OURS.contains(folder.getFileName().toString())
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (TEXTS.stream().anyMatch(file.toString()::endsWith)) {
                        texts.put(PROJECT.relativize(file).toString().replace('\\', '/'), Files.readString(file));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }
}
