package dev.toolkeep.registry;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UScript;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.SpoofChecker;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Names that people or models could take for one another: the same once folded (NFKC and case, UAX 31 and 15), or
/// alike to the eye (the skeleton of UTS 39). The names are indexed once, so asking is as fast for 10,000 as for one.
/// Immutable.
public final class LookAlikes {
    private static final Normalizer2 FOLD = Normalizer2.getNFKCCasefoldInstance();
    private static final SpoofChecker CONFUSABLES = new SpoofChecker.Builder().build();
    private static final Set<Integer> OFTEN_MIXED = Set.of(UScript.LATIN, UScript.CYRILLIC, UScript.GREEK);

    private final Map<String, Set<String>> byFold = new HashMap<>();
    private final Map<String, Set<String>> bySkeleton = new HashMap<>();

    private LookAlikes(Collection<String> names) {
        for (String name : names) {
            byFold.computeIfAbsent(fold(name), key -> new TreeSet<>()).add(name);
            bySkeleton.computeIfAbsent(skeleton(name), key -> new TreeSet<>()).add(name);
            bySkeleton
                    .computeIfAbsent(skeleton(fold(name)), key -> new TreeSet<>())
                    .add(name);
        }
    }

    public static LookAlikes of(Collection<String> names) {
        return new LookAlikes(names);
    }

    /// What of `others` could be taken for `name`: the same once folded, or alike. `name` itself never is.
    public static Optional<String> clash(String name, Collection<String> others) {
        LookAlikes index = of(others);
        return index.same(name).or(() -> index.alike(name));
    }

    /// Another name that is the same once width, compatibility forms and case are folded away.
    public Optional<String> same(String name) {
        return another(name, byFold.get(fold(name)), false);
    }

    /// Another name that looks the same, and is not just the same in other letters' case.
    public Optional<String> alike(String name) {
        Optional<String> exact = another(name, bySkeleton.get(skeleton(name)), true);
        return exact.isPresent() ? exact : another(name, bySkeleton.get(skeleton(fold(name))), true);
    }

    /// The first word of `text` that mixes Latin, Cyrillic or Greek letters.
    public static Optional<String> mixed(String text) {
        for (String word : text.split("[^\\p{L}\\p{M}\\p{N}]+", -1)) {
            if (word.codePoints()
                            .filter(UCharacter::isLetter)
                            .map(UScript::getScript)
                            .distinct()
                            .filter(OFTEN_MIXED::contains)
                            .count()
                    > 1) {
                return Optional.of(word);
            }
        }
        return Optional.empty();
    }

    static String fold(String name) {
        return FOLD.normalize(name);
    }

    private static Optional<String> another(String name, @Nullable Set<String> found, boolean otherFold) {
        if (found == null) {
            return Optional.empty();
        }
        String folded = fold(name);
        return found.stream()
                .filter(one -> !one.equals(name) && !(otherFold && fold(one).equals(folded)))
                .findFirst();
    }

    private static String skeleton(String name) {
        return CONFUSABLES.getSkeleton(name);
    }
}
