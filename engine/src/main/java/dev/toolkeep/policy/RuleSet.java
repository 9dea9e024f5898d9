package dev.toolkeep.policy;

import java.util.List;
import java.util.function.Predicate;

/// A set of positions in one list, as bits. Immutable.
record RuleSet(long[] words) {
    static <T> RuleSet of(List<T> all, Predicate<T> member) {
        long[] words = new long[(all.size() + 63) >> 6];
        for (int i = 0; i < all.size(); i++) {
            if (member.test(all.get(i))) {
                words[i >> 6] |= 1L << i;
            }
        }
        return new RuleSet(words);
    }

    /// The first position in both.
    static int first(RuleSet one, RuleSet other) {
        return next(one, other, 0);
    }

    /// The first position from `from` on that is in both, or -1.
    static int next(RuleSet one, RuleSet other, int from) {
        for (int word = from >> 6; word < one.words.length; word++) {
            long both = one.words[word] & other.words[word];
            if (word == from >> 6) {
                both &= -1L << from;
            }
            if (both != 0) {
                return (word << 6) + Long.numberOfTrailingZeros(both);
            }
        }
        return -1;
    }

    /// Whether some position is in all three.
    static boolean meet(RuleSet one, RuleSet other, RuleSet third) {
        for (int word = 0; word < one.words.length; word++) {
            if ((one.words[word] & other.words[word] & third.words[word]) != 0) {
                return true;
            }
        }
        return false;
    }
}
