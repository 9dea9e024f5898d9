package dev.toolkeep.bench;

import dev.toolkeep.caller.Caller;
import dev.toolkeep.caller.Minted;
import dev.toolkeep.engine.Engine;
import dev.toolkeep.engine.EngineOptions;
import dev.toolkeep.engine.Stores;
import dev.toolkeep.policy.PolicyText;
import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.registry.Origin;
import dev.toolkeep.registry.Source;
import dev.toolkeep.registry.Standing;
import dev.toolkeep.registry.ToolVersion;
import dev.toolkeep.store.SqlStore;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Definitions;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import dev.toolkeep.wire.UtcpManuals;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/// A whole engine on a SQLite file, with approved tools `bench.t0`, `bench.t1`, …, a policy with one CEL rule, a schema
/// that is checked and limits that are counted. What is measured is what ships: nothing is left out.
final class BenchKeep implements AutoCloseable {
    private static final String POLICY = """
            rules:
              - id: bench
                effect: allow
                callers: { roles: [agent] }
                tools: ["bench.*"]
                when: "args.limit <= 500"
            limits:
              - tools: ["bench.*"]
                callsPerMinute: 1000000
                concurrent: 1000
            """;

    private final Vertx vertx = Vertx.vertx();
    private final SqlStore store;
    private final Engine engine;

    private BenchKeep(Path folder) throws IOException {
        store = SqlStore.sqlite(folder);
        Stores stores =
                new Stores(store.catalog(), store.callers(), store.policies(), store.sealedSecrets(), store.toolsets());
        engine = Engine.open(folder, stores, vertx, InstantSource.system(), EngineOptions.defaults("bench"));
    }

    static BenchKeep open(Path folder, int tools) throws IOException {
        BenchKeep keep = new BenchKeep(folder);
        Instant now = Instant.now();
        Stores stores = keep.engine.stores();
        stores.catalog().save(new Source("bench", new Origin.Manual("memory"), new Reach(Set.of("127.0.0.1")), now));
        List<ToolVersion> versions = tools(tools).stream()
                .map(tool -> new ToolVersion(Definitions.digest(tool), tool, now))
                .toList();
        stores.catalog().saveVersions(versions);
        stores.catalog()
                .saveStandings(versions.stream()
                        .map(version -> Standing.first(version.definition().name(), version.digest(), "")
                                .approved(new Standing.Approval(version.digest(), "bench", now, null)))
                        .toList());
        stores.policies().save(new PolicyText(1, POLICY, "bench", now));
        keep.engine.snapshots().rebuild();
        return keep;
    }

    Vertx vertx() {
        return vertx;
    }

    Engine engine() {
        return engine;
    }

    /// Adds an agent and gives its key.
    String agent(String id) {
        engine.stores().callers().save(Caller.of(id, Caller.Kind.AGENT, Set.of("agent"), Set.of()));
        Minted minted = engine.keys().mint(id, Instant.now(), null);
        engine.stores().callers().save(minted.stored());
        engine.snapshots().rebuild();
        return minted.key().reveal();
    }

    void remove(String agent) {
        engine.stores().callers().remove(agent);
        engine.snapshots().rebuild();
    }

    private static List<ToolDefinition> tools(int count) {
        StringBuilder manual = new StringBuilder("{\"utcp_version\":\"1.1.0\",\"tools\":[");
        for (int i = 0; i < count; i++) {
            manual.append(i == 0 ? "" : ",").append("""
                    {"name":"t%d","description":"Lists the items of shelf %d, newest first, with their names.",
                     "inputs":{"type":"object","properties":{
                       "limit":{"type":"integer","minimum":1,"maximum":1000,"description":"how many at most"},
                       "kind":{"type":"string","enum":["all","new"]}},
                      "required":["limit"],"additionalProperties":false},
                     "tool_call_template":{"call_template_type":"http","http_method":"GET",
                       "url":"http://127.0.0.1:9/items/%d"}}""".formatted(i, i, i));
        }
        try {
            byte[] bytes = manual.append("]}").toString().getBytes(StandardCharsets.UTF_8);
            return UtcpManuals.read(StrictJson.parse(bytes, Bounds.DOCUMENT), "bench")
                    .tools();
        } catch (Malformed e) {
            throw new IllegalStateException("the manual of the measurement is wrong", e);
        }
    }

    @Override
    public void close() {
        engine.close();
        store.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
