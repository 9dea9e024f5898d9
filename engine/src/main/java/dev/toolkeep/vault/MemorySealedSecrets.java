package dev.toolkeep.vault;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Sealed secrets that live as long as the process: for tests, benchmarks and embedded use. Thread-safe.
public final class MemorySealedSecrets implements SealedSecrets {
    private final Map<Place, SealedSecret> kept = new TreeMap<>();

    private record Place(String name, String grant) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            return Comparator.comparing(Place::name).thenComparing(Place::grant).compare(this, other);
        }
    }

    @Override
    public synchronized List<SealedSecret> all() {
        return kept.values().stream().map(MemorySealedSecrets::copy).toList();
    }

    @Override
    public synchronized void save(SealedSecret secret) {
        kept.put(new Place(secret.name(), secret.grant()), copy(secret));
    }

    @Override
    public synchronized void remove(String name, String grant) {
        kept.remove(new Place(name, grant));
    }

    private static SealedSecret copy(SealedSecret secret) {
        return new SealedSecret(
                secret.name(), secret.grant(), secret.ciphertext().clone(), secret.created());
    }
}
