package dev.toolkeep.bench;

import dev.toolkeep.call.Snapshot;
import dev.toolkeep.caller.Authenticated;
import dev.toolkeep.limits.Limits;
import dev.toolkeep.policy.Circumstances;
import dev.toolkeep.policy.PermittedCall;
import dev.toolkeep.refusal.Refused;
import dev.toolkeep.registry.Tool;
import dev.toolkeep.tool.Digest;
import dev.toolkeep.trust.Trust;
import dev.toolkeep.trust.TrustedTool;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Definitions;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import tools.jackson.databind.node.ObjectNode;

/// What the stages of deciding cost, each alone and all together, on one thread.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class StagesBenchmark {
    private static final byte[] BODY = "{\"limit\":10,\"kind\":\"all\"}".getBytes(StandardCharsets.UTF_8);

    private final Trust trust = new Trust(4);
    private final Limits limits = new Limits(System::nanoTime);
    private final Circumstances here = new Circumstances(Instant.now(), "127.0.0.1", List.of());
    private @Nullable Parts parts;

    /// What one measurement works with.
    private record Parts(
            Folder folder,
            BenchKeep keep,
            Snapshot snapshot,
            String authorization,
            Authenticated who,
            Tool tool,
            TrustedTool trusted,
            ObjectNode arguments) {}

    @Setup(Level.Trial)
    public void open() throws IOException, Refused, Malformed {
        Folder folder = Folder.make("stages");
        BenchKeep keep = BenchKeep.open(folder.path(), 100);
        String authorization = "Bearer " + keep.agent("caller");
        Snapshot snapshot = keep.engine().snapshots().now();
        Tool tool = Objects.requireNonNull(snapshot.registry().find("bench.t7"));
        parts = new Parts(
                folder,
                keep,
                snapshot,
                authorization,
                snapshot.keys().authenticate(authorization, here.time()),
                tool,
                trust.verify(tool, List.of(), here.time()),
                StrictJson.object(BODY, Bounds.REQUEST));
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
        parts().keep().close();
        parts().folder().close();
    }

    @Benchmark
    public ObjectNode strictParse() throws Malformed {
        return StrictJson.object(BODY, Bounds.REQUEST);
    }

    @Benchmark
    public Authenticated authenticate() throws Refused {
        return parts().snapshot().keys().authenticate(parts().authorization(), here.time());
    }

    @Benchmark
    public List<String> schemaCheck() {
        return parts().tool().problems(parts().arguments());
    }

    @Benchmark
    public PermittedCall policyWithOneCondition() throws Refused {
        return parts().snapshot().policy().decide(parts().who().caller(), parts().trusted(), parts().arguments(), here);
    }

    /// Everything that decides one call: found, seen, trusted, checked, permitted, within the caller's share.
    @Benchmark
    public PermittedCall decide() throws Refused {
        Tool tool = Objects.requireNonNull(parts().snapshot().registry().find("bench.t7"));
        if (!parts().snapshot().policy().discovers(parts().who().caller(), tool.definition())) {
            throw new IllegalStateException("the tool is hidden from its caller");
        }
        TrustedTool trusted = trust.verify(tool, List.of(), here.time());
        if (!tool.problems(parts().arguments()).isEmpty()) {
            throw new IllegalStateException("the arguments do not fit");
        }
        PermittedCall permitted =
                parts().snapshot().policy().decide(parts().who().caller(), trusted, parts().arguments(), here);
        try {
            limits.take(permitted).close();
        } catch (Refused full) {
            return permitted; // a million calls a minute are the most a policy allows: refusing costs what taking does
        }
        return permitted;
    }

    @Benchmark
    public Digest canonicalDigest() {
        return Definitions.digest(parts().tool().definition());
    }

    private Parts parts() {
        return Objects.requireNonNull(parts);
    }
}
