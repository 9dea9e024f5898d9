package dev.toolkeep.client.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// UTCP's `tag_and_description_word_match`: a tag counts when the query holds it or a word of it, a word of the
/// description (3 letters or more) when the query holds it. Tools that match nothing are not given.
public record WordMatch(double descriptionWeight, double tagWeight) implements SearchStrategy {
    private static final Pattern WORDS = Pattern.compile("[^\\p{L}\\p{N}_]+");

    private record Ranked(ToolDescription tool, double score) {}

    @Override
    public List<ToolDescription> search(List<ToolDescription> tools, String query, int limit) {
        String lower = query.toLowerCase(Locale.ROOT);
        Set<String> asked = words(lower);
        List<Ranked> ranked = new ArrayList<>();
        for (ToolDescription tool : tools) {
            double score = score(tool, lower, asked);
            if (score > 0) {
                ranked.add(new Ranked(tool, score));
            }
        }
        ranked.sort(Comparator.comparingDouble(Ranked::score).reversed());
        return ranked.stream().limit(limit).map(Ranked::tool).toList();
    }

    private double score(ToolDescription tool, String query, Set<String> asked) {
        double score = 0;
        for (String tag : tool.tags()) {
            String lower = tag.toLowerCase(Locale.ROOT);
            boolean matches = query.contains(lower) || words(lower).stream().anyMatch(asked::contains);
            score += matches ? tagWeight : 0;
        }
        for (String word : words(tool.description().toLowerCase(Locale.ROOT))) {
            score += word.length() > 2 && asked.contains(word) ? descriptionWeight : 0;
        }
        return score;
    }

    private static Set<String> words(String text) {
        Set<String> words = new HashSet<>();
        WORDS.splitAsStream(text).filter(word -> !word.isEmpty()).forEach(words::add);
        return words;
    }
}
