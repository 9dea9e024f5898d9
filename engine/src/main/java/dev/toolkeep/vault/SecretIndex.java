package dev.toolkeep.vault;

import dev.toolkeep.tool.ToolName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Sealed secrets by grant and name: immutable, part of the snapshot. It holds ciphertext only.
public final class SecretIndex {
    private final Map<String, Map<String, SealedSecret>> byGrant;

    private SecretIndex(Map<String, Map<String, SealedSecret>> byGrant) {
        this.byGrant = Map.copyOf(byGrant);
    }

    public static SecretIndex of(List<SealedSecret> secrets) {
        Map<String, Map<String, SealedSecret>> byGrant = new HashMap<>();
        for (SealedSecret secret : secrets) {
            byGrant.computeIfAbsent(secret.grant(), grant -> new HashMap<>()).put(secret.name(), secret);
        }
        byGrant.replaceAll((grant, byName) -> Map.copyOf(byName));
        return new SecretIndex(byGrant);
    }

    public static SecretIndex empty() {
        return new SecretIndex(Map.of());
    }

    boolean isEmpty() {
        return byGrant.isEmpty();
    }

    Map<String, SealedSecret> ofSource(String source) {
        return byGrant.getOrDefault("source:" + source, Map.of());
    }

    /// The secret `name` for `tool`: the one granted to the tool itself before the one granted to its source.
    @Nullable
    SealedSecret forTool(ToolName tool, String name) {
        SealedSecret own = byGrant.getOrDefault("tool:" + tool.text(), Map.of()).get(name);
        return own != null ? own : ofSource(tool.source()).get(name);
    }
}
