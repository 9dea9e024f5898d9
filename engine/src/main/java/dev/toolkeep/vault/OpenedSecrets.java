package dev.toolkeep.vault;

import dev.toolkeep.protocol.Secrets;
import dev.toolkeep.secret.Secret;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The secrets opened for one call (or one look at a source), by placeholder name. Only [Vault] makes one. Closing
/// wipes them; from then on it holds none. What [#value] handed out is a Java string, which nobody can wipe: use it
/// on the wire at once and keep it nowhere.
public final class OpenedSecrets implements Secrets, AutoCloseable {
    private volatile Map<String, Secret> opened;

    OpenedSecrets(Map<String, Secret> opened) {
        this.opened = Map.copyOf(opened);
    }

    @Override
    public @Nullable String value(String name) {
        Secret secret = opened.get(name);
        return secret == null ? null : secret.reveal();
    }

    public boolean isEmpty() {
        return opened.isEmpty();
    }

    /// Every opened value, for the screen to look for.
    public List<String> values() {
        return opened.values().stream().map(Secret::reveal).toList();
    }

    @Override
    public void close() {
        Map<String, Secret> held = opened;
        opened = Map.of();
        held.values().forEach(Secret::close);
    }

    @Override
    public String toString() {
        return "<" + opened.size() + " secrets>";
    }
}
