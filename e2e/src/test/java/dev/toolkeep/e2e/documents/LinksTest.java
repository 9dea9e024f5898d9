package dev.toolkeep.e2e.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LinksTest {
    @Test
    void everyRelativeLinkLeadsSomewhere() throws Exception {
        Map<Path, String> documents = Documents.all();
        List<String> broken = new ArrayList<>();
        int followed = 0;
        for (Map.Entry<Path, String> document : documents.entrySet()) {
            for (String link : Documents.found("\\]\\(([^)\\s]+)\\)", Documents.prose(document.getValue()))) {
                if (!link.matches("[a-z]+:.*")) {
                    followed++;
                    if (!leads(documents, document.getKey(), link)) {
                        broken.add(document.getKey() + " -> " + link);
                    }
                }
            }
        }
        assertThat(broken).isEmpty();
        assertThat(followed).isGreaterThan(50);
    }

    private static boolean leads(Map<Path, String> documents, Path from, String link) {
        String[] parts = link.split("#", 2);
        Path beside = Objects.requireNonNullElse(from.getParent(), Path.of(""));
        Path to = parts[0].isEmpty()
                ? from
                : beside.resolve(URLDecoder.decode(parts[0], StandardCharsets.UTF_8))
                        .normalize();
        if (!Files.exists(Documents.root().resolve(to))) {
            return false;
        }
        String text = documents.get(to);
        return parts.length == 1 || text == null || anchors(text).contains(parts[1]);
    }

    private static List<String> anchors(String text) {
        return Documents.found("^#+ +(.+?)\\s*$", Documents.prose(text)).stream()
                .map(heading -> heading.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 _-]", "")
                        .replace(' ', '-'))
                .toList();
    }
}
