package dev.toolkeep.e2e.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The repository's own Markdown and Java files, read from the work tree.
final class Documents {
    private static final Set<String> FOREIGN = Set.of(".git", "target", "node_modules", "data", ".idea", ".vscode");

    private Documents() {}

    static Path root() {
        return Path.of("..").toAbsolutePath().normalize();
    }

    /// Every Markdown file by its path, with its text.
    static Map<Path, String> all() throws IOException {
        return files(".md");
    }

    /// Every Java file by its class's simple name; files of one name are joined.
    static Map<String, String> java() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        files(".java").forEach((path, text) -> {
            String name = path.getFileName().toString();
            sources.merge(name.substring(0, name.length() - 5), text, String::concat);
        });
        return sources;
    }

    static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(text)
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    /// `text` without its fenced blocks.
    static String prose(String text) {
        return Pattern.compile("^```.*?^```", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(text)
                .replaceAll(Matcher.quoteReplacement(""));
    }

    private static Map<Path, String> files(String ending) throws IOException {
        Map<Path, String> texts = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(root())) {
            for (Path path : walk.filter(path -> ours(path) && path.toString().endsWith(ending))
                    .toList()) {
                texts.put(root().relativize(path), Files.readString(path));
            }
        }
        return texts;
    }

    private static boolean ours(Path path) {
        for (Path part : root().relativize(path)) {
            if (FOREIGN.contains(part.toString())) {
                return false;
            }
        }
        return Files.isRegularFile(path);
    }
}
