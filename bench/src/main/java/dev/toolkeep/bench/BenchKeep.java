package dev.toolkeep.bench;

import dev.toolkeep.engine.EngineOptions;
import dev.toolkeep.journal.JournalOptions;
import dev.toolkeep.registry.Origin;
import dev.toolkeep.testkit.TestKeep;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import dev.toolkeep.wire.UtcpManuals;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/// A whole engine with tools named `bench.t0`, `bench.t1`, … that all lead to one upstream, a policy with one CEL rule,
/// a schema that is checked and limits that are counted. What is measured is what ships: nothing is left out.
final class BenchKeep {
    static final String POLICY = """
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

    private BenchKeep() {}

    static TestKeep open(Path folder, JournalOptions journal, String upstream, int tools) throws IOException {
        EngineOptions options = EngineOptions.defaults("bench").withJournal(journal);
        TestKeep keep = TestKeep.open(folder, InstantSource.system(), options);
        keep.source("bench", new Origin.Manual("memory"), upstream);
        keep.approved(tools(upstream, tools));
        keep.policy(POLICY);
        return keep;
    }

    static List<ToolDefinition> tools(String upstream, int count) {
        StringBuilder manual = new StringBuilder("{\"utcp_version\":\"1.1.0\",\"tools\":[");
        for (int i = 0; i < count; i++) {
            manual.append(i == 0 ? "" : ",").append("""
                    {"name":"t%d","description":"Lists the items of shelf %d, newest first, with their names.",
                     "inputs":{"type":"object","properties":{
                       "limit":{"type":"integer","minimum":1,"maximum":1000,"description":"how many at most"},
                       "kind":{"type":"string","enum":["all","new"]}},
                      "required":["limit"],"additionalProperties":false},
                     "tool_call_template":{"call_template_type":"http","http_method":"GET",
                       "url":"http://%s/items/%d"}}""".formatted(i, i, upstream, i));
        }
        try {
            byte[] bytes = manual.append("]}").toString().getBytes(StandardCharsets.UTF_8);
            return UtcpManuals.read(StrictJson.parse(bytes, Bounds.DOCUMENT), "bench")
                    .tools();
        } catch (Malformed e) {
            throw new IllegalStateException("the manual of the measurement is wrong", e);
        }
    }
}
