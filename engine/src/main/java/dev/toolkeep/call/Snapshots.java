package dev.toolkeep.call;

import dev.toolkeep.caller.Callers;
import dev.toolkeep.caller.KeyRing;
import dev.toolkeep.caller.Keys;
import dev.toolkeep.caller.Seal;
import dev.toolkeep.policy.Policies;
import dev.toolkeep.policy.Policy;
import dev.toolkeep.policy.PolicyText;
import dev.toolkeep.registry.Catalog;
import dev.toolkeep.registry.Registry;
import dev.toolkeep.schema.SchemaCache;
import dev.toolkeep.toolset.ToolsetIndex;
import dev.toolkeep.toolset.Toolsets;
import dev.toolkeep.vault.SealedSecrets;
import dev.toolkeep.vault.SecretIndex;
import dev.toolkeep.wire.Malformed;
import java.time.InstantSource;
import java.util.Optional;

/// Holds the snapshot of this process and builds the next one from the store.
///
/// [#now] is one volatile read. [#rebuild] is called after every change; when it returns, every later decision sees the
/// change. When the next snapshot cannot be built the last one stays and the exception says why.
public final class Snapshots {
    private final Catalog catalog;
    private final Policies policies;
    private final Callers callers;
    private final SealedSecrets secrets;
    private final Toolsets toolsets;
    private final Keys keys;
    private final SchemaCache schemas;
    private long compiledRevision = -1;
    private Policy compiled = Policy.empty();
    private volatile Snapshot now;

    /// Builds the first snapshot.
    ///
    /// @throws IllegalStateException when the store holds something that cannot be trusted; then nothing
    ///     may be served
    public Snapshots(
            Catalog catalog,
            Policies policies,
            Callers callers,
            SealedSecrets secrets,
            Toolsets toolsets,
            Keys keys,
            SchemaCache schemas) {
        this.catalog = catalog;
        this.policies = policies;
        this.callers = callers;
        this.secrets = secrets;
        this.toolsets = toolsets;
        this.keys = keys;
        this.schemas = schemas;
        this.now = build(1);
    }

    /// Seals what clients keep for us, under this store's pepper.
    Seal seal(InstantSource clock) {
        return Seal.of(keys, clock);
    }

    public Snapshot now() {
        return now;
    }

    public synchronized void rebuild() {
        now = build(now.revision() + 1);
    }

    private synchronized Snapshot build(long revision) {
        return new Snapshot(
                revision,
                Registry.build(catalog, schemas),
                policy(),
                KeyRing.of(callers.callers(), callers.keys(), keys),
                SecretIndex.of(secrets.all()),
                ToolsetIndex.of(toolsets.all()));
    }

    private Policy policy() {
        Optional<PolicyText> text = policies.current();
        long revision = text.map(PolicyText::revision).orElse(0L);
        if (revision != compiledRevision) {
            try {
                compiled = text.isPresent() ? Policy.compile(text.get().yaml()) : Policy.empty();
                compiledRevision = revision;
            } catch (Malformed e) {
                throw new IllegalStateException("the stored policy does not compile: " + e.getMessage(), e);
            }
        }
        return compiled;
    }
}
