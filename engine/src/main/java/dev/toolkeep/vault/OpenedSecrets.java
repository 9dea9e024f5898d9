package dev.toolkeep.vault;

import dev.toolkeep.protocol.Secrets;
import dev.toolkeep.secret.Secret;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The secrets opened for one call (or one look at a source), by placeholder name. Only [Vault] makes one. Closing
/// wipes them; from then on it holds none. What [#value] handed out is a Java string, which nobody can wipe: use it
/// on the wire at once and keep it nowhere.
public final class OpenedSecrets implements Secrets, AutoCloseable {
    private static final int MOST_LEARNED = 8;

    private volatile Map<String, Secret> opened;
    private final Set<String> learned = ConcurrentHashMap.newKeySet();

    OpenedSecrets(Map<String, Secret> opened) {
        this.opened = Map.copyOf(opened);
    }

    @Override
    public @Nullable String value(String name) {
        Secret secret = opened.get(name);
        return secret == null ? null : secret.reveal();
    }

    public boolean isEmpty() {
        return opened.isEmpty() && learned.isEmpty();
    }

    @Override
    public void learned(String value) {
        if (learned.size() < MOST_LEARNED) {
            learned.add(value);
        }
    }

    /// Every opened value and what was got by them, for the screen to look for.
    public List<String> values() {
        return Stream.concat(opened.values().stream().map(Secret::reveal), learned.stream())
                .toList();
    }

    @Override
    public void close() {
        Map<String, Secret> held = opened;
        opened = Map.of();
        learned.clear();
        held.values().forEach(Secret::close);
    }

    @Override
    public String toString() {
        return "<" + opened.size() + " secrets>";
    }
}
