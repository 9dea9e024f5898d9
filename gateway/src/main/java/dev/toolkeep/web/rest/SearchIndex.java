package dev.toolkeep.web.rest;

import dev.toolkeep.call.Listing;
import dev.toolkeep.tool.ToolDefinition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Finds tools by words: a word weighs 6 in the name, 4 in a tag, 3 in the title and 1 in the description, half of it
/// when the tool's word only begins with it. A search costs its words, not the tools. Immutable.
final class SearchIndex {
    private static final int WORDS = 16;
    private static final int DESCRIPTION_WORDS = 200;

    private record Hit(int tool, int weight) {}

    private final TreeMap<String, List<Hit>> words = new TreeMap<>();
    private final List<Listing.Listed> tools;

    SearchIndex(Listing listing) {
        tools = listing.tools();
        for (int i = 0; i < tools.size(); i++) {
            ToolDefinition tool = tools.get(i).definition();
            Map<String, Integer> weights = new HashMap<>();
            weigh(tool.description(), 1, weights);
            weigh(tool.title(), 3, weights);
            tool.tags().forEach(tag -> weigh(tag, 4, weights));
            weigh(tool.name().text(), 6, weights);
            for (Map.Entry<String, Integer> word : weights.entrySet()) {
                words.computeIfAbsent(word.getKey(), _ -> new ArrayList<>()).add(new Hit(i, word.getValue()));
            }
        }
    }

    /// How many entries it holds.
    int size() {
        return words.values().stream().mapToInt(List::size).sum();
    }

    /// The best `limit`, best first, equals by name.
    List<Listing.Listed> search(String text, int limit) {
        Map<Integer, Integer> scores = new HashMap<>();
        for (String word : words(text, WORDS)) {
            Map<Integer, Integer> best = new HashMap<>();
            for (Map.Entry<String, List<Hit>> entry :
                    words.subMap(word, true, word + Character.MAX_VALUE, true).entrySet()) {
                int factor = entry.getKey().equals(word) ? 2 : 1;
                for (Hit hit : entry.getValue()) {
                    best.merge(hit.tool(), hit.weight() * factor, Math::max);
                }
            }
            best.forEach((tool, score) -> scores.merge(tool, score, Integer::sum));
        }
        return scores.entrySet().stream()
                .sorted(Map.Entry.<Integer, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(limit)
                .map(entry -> tools.get(entry.getKey()))
                .toList();
    }

    private static void weigh(String text, int weight, Map<String, Integer> weights) {
        words(text, DESCRIPTION_WORDS).forEach(word -> weights.merge(word, weight, Math::max));
    }

    /// The first words of `text`, lower case: runs of letters and digits, a change from lower to upper case parting
    /// two.
    static Set<String> words(String text, int most) {
        Set<String> words = new HashSet<>();
        StringBuilder word = new StringBuilder();
        boolean lower = false;
        for (int i = 0; i <= text.length() && words.size() < most; i++) {
            char c = i < text.length() ? text.charAt(i) : ' ';
            boolean breaks = !Character.isLetterOrDigit(c) || (lower && Character.isUpperCase(c));
            if (breaks && !word.isEmpty()) {
                words.add(word.toString().toLowerCase(Locale.ROOT));
                word.setLength(0);
            }
            if (Character.isLetterOrDigit(c)) {
                word.append(c);
            }
            lower = Character.isLowerCase(c);
        }
        return words;
    }
}
