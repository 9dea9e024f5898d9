package dev.toolkeep.start;

import java.util.Collection;
import java.util.Comparator;
import java.util.stream.Collectors;

/// Helps whoever mistyped.
final class Words {
    private Words() {}

    /// Which of `known` was probably meant, as the end of a sentence.
    static String nearest(String word, Collection<String> known) {
        String best = known.stream()
                .min(Comparator.comparingInt(one -> distance(word, one)))
                .orElseThrow();
        return distance(word, best) <= Math.max(2, best.length() / 3)
                ? "did you mean " + best + "?"
                : "known are " + known.stream().sorted().collect(Collectors.joining(", "));
    }

    /// What somebody typed, fit for a message.
    static String printable(String text) {
        String cut = text.length() > 80 ? text.substring(0, 80) + "..." : text;
        return cut.replaceAll("[^\\x20-\\x7e]", "?");
    }

    /// How many letters must be added, removed or changed.
    private static int distance(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(above[j - 1] + change, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[b.length()];
    }
}
