package dev.toolkeep.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What somebody downloads who embeds the client.
class SmallTreeTest {
    private static final List<String> NOT_NEEDED = List.of(
            "spring", "servlet", "tomcat", "jdbi", "jdbc", "sqlite", "postgres", "hikari", "flyway", "picocli", "jte");

    private final List<String> jars = Stream.of(
                    System.getProperty("java.class.path").split(File.pathSeparator))
            .map(entry -> Path.of(entry).getFileName().toString())
            .filter(name -> name.endsWith(".jar"))
            .toList();

    @Test
    void noServerAndNoDatabaseComesAlong() {
        assertThat(jars).anyMatch(jar -> jar.startsWith("vertx-core"));
        assertThat(jars).noneMatch(jar -> NOT_NEEDED.stream().anyMatch(jar::contains));
    }
}
