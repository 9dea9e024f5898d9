package dev.toolkeep.e2e.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Promises and threats name tests; a name that is not there proves nothing.
class RequirementsTest {
    private static final String TEST = "`([A-Z][A-Za-z0-9]*#[a-z][A-Za-z0-9]*)`";

    @Test
    void everyTestThatADocumentNamesExists() throws Exception {
        Map<String, String> sources = Documents.java();
        List<String> missing = new ArrayList<>();
        Set<String> named = new HashSet<>();
        Documents.all().forEach((path, text) -> {
            for (String name : Documents.found(TEST, text)) {
                named.add(name);
                String[] parts = name.split("#", 2);
                String source = sources.getOrDefault(parts[0], "");
                if (!source.contains("@") || !source.contains(" " + parts[1] + "(")) {
                    missing.add(path + ": " + name);
                }
            }
        });
        assertThat(missing).isEmpty();
        assertThat(named).hasSizeGreaterThan(100);
    }

    @Test
    void everyPromiseIsKeptByATestOrHasAReason() throws Exception {
        List<String[]> rows = rows();
        Set<String> numbers = new HashSet<>();
        rows.forEach(row -> numbers.addAll(List.of(row[0].split(", ", -1))));
        List<String> unproved = new ArrayList<>();
        for (String[] row : rows) {
            boolean test = !Documents.found(TEST, row[3]).isEmpty();
            boolean row2 =
                    Documents.found("\\b([UVARE][0-9]+)\\b", row[3]).stream().anyMatch(numbers::contains);
            boolean paper = row[3].contains("](");
            boolean kept = row[2].startsWith("yes");
            boolean yours = row[2].startsWith("yours");
            if (kept ? !(test || row2 || paper) : row[3].isBlank() && !yours) {
                unproved.add(row[0] + " " + row[1]);
            }
            assertThat(row[2]).as(row[0]).matches("(yes|part|no|yours)(, .*)?");
        }
        assertThat(unproved).isEmpty();
        assertThat(rows).hasSizeGreaterThan(200);
    }

    @Test
    void noPromiseOfTheFiveDocumentsIsLeftOut() throws Exception {
        Map<String, Integer> promises = Map.of("U", 90, "V", 30, "A", 48, "R", 148, "E", 48);
        Set<String> given = new HashSet<>();
        for (String[] row : rows()) {
            for (String number : row[0].split(", ", -1)) {
                String[] ends = number.split("\u2013", -1);
                String part = ends[0].substring(0, 1);
                int last = Integer.parseInt(ends[ends.length - 1].substring(1));
                for (int i = Integer.parseInt(ends[0].substring(1)); i <= last; i++) {
                    given.add(part + i);
                }
            }
        }
        List<String> missing = new ArrayList<>();
        promises.forEach((part, count) -> {
            for (int i = 1; i <= count; i++) {
                if (!given.contains(part + i)) {
                    missing.add(part + i);
                }
            }
        });
        assertThat(missing).isEmpty();
    }

    /// The rows of the tables: numbers, promise, state, proof.
    private static List<String[]> rows() throws Exception {
        String text = Objects.requireNonNull(Documents.all().get(Path.of("docs", "requirements.md")));
        return text.lines()
                .filter(line -> line.matches("\\| [UVARE][0-9].*"))
                .map(line -> line.replaceFirst("^\\| ", "").replaceFirst(" ?\\|$", ""))
                .map(line -> line.split(" \\| ?", 4))
                .toList();
    }
}
