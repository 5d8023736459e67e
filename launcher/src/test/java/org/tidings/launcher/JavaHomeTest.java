package org.tidings.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaHomeTest {

    @TempDir
    Path machine;

    private Path folder;
    private Path own;

    @BeforeEach
    void make() throws IOException {
        folder = Files.createDirectory(machine.resolve("jvm"));
        own = java("default-17", "17.0.15");
    }

    private Path java(String name, String version) throws IOException {
        Path home = Files.createDirectories(folder.resolve(name));
        Files.createDirectories(home.resolve("bin"));
        Files.createFile(home.resolve("bin/java"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    private JavaHome find() {
        return JavaHome.find(Optional.empty(), own, Optional.empty(), List.of(folder));
    }

    @Test
    void takesTheNewestOneWithLongTermSupport() throws IOException {
        java("jdk-21", "21.0.9");
        java("jdk-25", "25");
        java("jdk-26", "26-ea");

        assertThat(find().path()).isEqualTo(folder.resolve("jdk-25"));
        assertThat(find().version()).isEqualTo(25);
    }

    @Test
    void anyNewEnoughOneIsBetterThanNone() throws IOException {
        java("jdk-23", "23.0.1");

        assertThat(find().version()).isEqualTo(23);
    }

    @Test
    void staysWithTheOneThatItWasStartedWith() throws IOException {
        java("jdk-25", "25.0.1");
        own = java("mine", "21.0.9");

        assertThat(find().path()).isEqualTo(own);
        assertThat(find().java()).isEqualTo(own.resolve("bin/java"));
    }

    @Test
    void javaHomeComesBeforeTheFolders() throws IOException {
        java("jdk-25", "25.0.1");
        Path said = java("said", "21.0.9");

        JavaHome found = JavaHome.find(Optional.empty(), own, Optional.of(said.toString()), List.of(folder));

        assertThat(found.path()).isEqualTo(said);
    }

    @Test
    void anOldJavaHomeIsPassedOver() throws IOException {
        java("jdk-25", "25.0.1");
        Path old = java("old", "1.8.0_402");

        JavaHome found = JavaHome.find(Optional.empty(), own, Optional.of(old.toString()), List.of(folder));

        assertThat(found.version()).isEqualTo(25);
    }

    @Test
    void whatIsConfiguredIsTakenOrRefused() throws IOException {
        java("jdk-25", "25.0.1");
        Path said = java("said", "21.0.9");

        assertThat(JavaHome.find(Optional.of(said.toString()), own, Optional.empty(), List.of(folder))
                        .path())
                .isEqualTo(said);
        assertThatThrownBy(() -> JavaHome.find(Optional.of(own.toString()), own, Optional.empty(), List.of(folder)))
                .isInstanceOf(CannotStart.class)
                .hasMessageContainingAll("tidings.java.home", own.toString(), "Java 17", "Java 21");
        assertThatThrownBy(() -> JavaHome.find(Optional.of(machine.toString()), own, Optional.empty(), List.of(folder)))
                .isInstanceOf(CannotStart.class)
                .hasMessageContainingAll("tidings.java.home", "no Java", "bin/java");
    }

    @Test
    void saysWhatItFoundAndWhatItNeeds() throws IOException {
        java("jdk-11", "11.0.2");
        Files.createDirectory(folder.resolve("no-java-at-all"));

        assertThatThrownBy(this::find)
                .isInstanceOf(CannotStart.class)
                .hasMessageContainingAll("Java 21", "Java 17 in " + own, "Java 11", "tidings.java.home");
    }

    /** As on a Mac, where a bundle holds it. */
    @Test
    void findsAHomeInsideOfABundle() throws IOException {
        java("temurin-25.jdk/Contents/Home", "25.0.1");

        assertThat(find().version()).isEqualTo(25);
    }

    @Test
    void aReleaseFileThatSaysNothingIsNoJava() throws IOException {
        Path home = java("odd", "x");
        Files.writeString(home.resolve("release"), "JAVA_VERSION=");

        assertThatThrownBy(this::find).isInstanceOf(CannotStart.class).hasMessageNotContaining("odd");
    }
}
