package dev.toolkeep.testkit;

import dev.toolkeep.call.Gateway;
import dev.toolkeep.call.Keep;
import dev.toolkeep.caller.Caller;
import dev.toolkeep.caller.Minted;
import dev.toolkeep.engine.Engine;
import dev.toolkeep.engine.EngineOptions;
import dev.toolkeep.engine.Stores;
import dev.toolkeep.journal.JournalOptions;
import dev.toolkeep.policy.PolicyText;
import dev.toolkeep.policy.ToolPattern;
import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.registry.Origin;
import dev.toolkeep.registry.Source;
import dev.toolkeep.registry.Standing;
import dev.toolkeep.registry.ToolVersion;
import dev.toolkeep.tool.Digest;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.toolset.Toolset;
import dev.toolkeep.wire.Definitions;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// A whole engine for tests: everything real, storage in memory, keys and journal in a folder of the test's.
///
/// It begins with the built-in tools approved and a policy that lets role `agent` call `keep.*`; [#policy], [#approved]
/// and [#pending] change that, each with a new snapshot.
public final class TestKeep implements AutoCloseable {
    private final Vertx vertx;
    private final Engine engine;

    private TestKeep(Vertx vertx, Engine engine) {
        this.vertx = vertx;
        this.engine = engine;
    }

    public static TestKeep open(Path folder) throws IOException {
        return open(folder, InstantSource.system());
    }

    public static TestKeep open(Path folder, InstantSource clock) throws IOException {
        Vertx vertx = Vertx.vertx();
        EngineOptions options = EngineOptions.defaults("test").withJournal(new JournalOptions(1 << 20, 65_536, false));
        TestKeep keep = new TestKeep(vertx, Engine.open(folder, Stores.inMemory(), vertx, clock, options));
        keep.source(Keep.SOURCE, new Origin.Builtin());
        keep.approved(keep.engine.keep().definitions());
        keep.policy("""
                rules:
                  - id: keep-for-agents
                    effect: allow
                    callers: { roles: [agent] }
                    tools: ["keep.*"]
                """);
        return keep;
    }

    public Vertx vertx() {
        return vertx;
    }

    public Engine engine() {
        return engine;
    }

    public Gateway gateway() {
        return engine.gateway();
    }

    /// Adds an agent and gives its key.
    public String agent(String id, String... roles) {
        return caller(id, Caller.Kind.AGENT, roles);
    }

    public String operator(String id) {
        return caller(id, Caller.Kind.OPERATOR);
    }

    /// Revokes every key of a caller.
    public void revoke(String callerId) {
        engine.stores().callers().remove(callerId);
        engine.snapshots().rebuild();
    }

    public void policy(String yaml) {
        long revision =
                engine.stores().policies().current().map(PolicyText::revision).orElse(0L) + 1;
        engine.stores().policies().save(new PolicyText(revision, yaml, "test", Instant.now()));
        engine.snapshots().rebuild();
    }

    /// Saves a toolset of what these sources and patterns select.
    public void toolset(String name, List<String> sources, String... patterns) {
        List<ToolPattern> tools = Stream.of(patterns).map(ToolPattern::new).toList();
        Toolset.Selection selection = new Toolset.Selection(sources, tools, List.of());
        engine.stores().toolsets().save(new Toolset(name, "", selection, "test", Instant.now()));
        engine.snapshots().rebuild();
    }

    /// Adds a source that may reach these private targets beside the public internet.
    public void source(String name, Origin origin, String... reach) {
        engine.stores().catalog().save(new Source(name, origin, new Reach(Set.of(reach)), Instant.now()));
    }

    /// Offers and approves these tools.
    public void approved(List<ToolDefinition> tools) {
        offer(tools, true);
    }

    /// Offers these tools, and nobody has decided yet.
    public void pending(List<ToolDefinition> tools) {
        offer(tools, false);
    }

    private void offer(List<ToolDefinition> tools, boolean approve) {
        Instant now = engine.clock().instant();
        for (ToolDefinition tool : tools) {
            Digest digest = Definitions.digest(tool);
            engine.stores().catalog().saveVersions(List.of(new ToolVersion(digest, tool, now)));
            Standing standing = Standing.first(tool.name(), digest, "");
            engine.stores()
                    .catalog()
                    .saveStandings(List.of(
                            approve ? standing.approved(new Standing.Approval(digest, "test", now, null)) : standing));
        }
        engine.snapshots().rebuild();
    }

    private String caller(String id, Caller.Kind kind, String... roles) {
        engine.stores().callers().save(Caller.of(id, kind, Set.of(roles), Set.of()));
        Minted minted = engine.keys().mint(id, engine.clock().instant(), null);
        engine.stores().callers().save(minted.stored());
        engine.snapshots().rebuild();
        return minted.key().reveal();
    }

    @Override
    public void close() {
        engine.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
