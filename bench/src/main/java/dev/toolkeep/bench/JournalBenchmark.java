package dev.toolkeep.bench;

import dev.toolkeep.journal.Event;
import dev.toolkeep.journal.Journal;
import dev.toolkeep.journal.JournalBroken;
import dev.toolkeep.journal.JournalKey;
import dev.toolkeep.journal.JournalOptions;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/// How long one record takes to be durable, for one writer alone and for 64 that share the commits.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class JournalBenchmark {
    @Param({"disk", "os"})
    public String sync = "disk";

    private @Nullable Folder folder;
    private @Nullable Journal journal;

    @Setup(Level.Trial)
    public void open() throws IOException {
        JournalOptions usual = JournalOptions.DEFAULT;
        JournalOptions options = new JournalOptions(usual.segmentBytes(), usual.waiting(), sync.equals("disk"));
        folder = Folder.make("journal");
        journal = Journal.open(folder.path(), JournalKey.of(new byte[32]), InstantSource.system(), options);
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
        journal().close();
        Objects.requireNonNull(folder).close();
    }

    @Benchmark
    @Threads(1)
    public long oneWriter() throws JournalBroken {
        return journal().record(event());
    }

    @Benchmark
    @Threads(64)
    public long manyWriters() throws JournalBroken {
        return journal().record(event());
    }

    private Journal journal() {
        return Objects.requireNonNull(journal);
    }

    /// As long as a call's first record is.
    private static Event event() {
        return Event.of("call.opened")
                .with("address", "127.0.0.1")
                .with("args", "5d0c5d0c5d0c5d0c5d0c5d0c5d0c5d0c")
                .with("call", "k3vk3vk3vk3vk3vk3vk3vk")
                .with("caller", "agent")
                .with("door", "REST")
                .with("key", "abcdefghijkl")
                .with("rule", "bench")
                .with("tool", "bench.t7")
                .with("version", "sha256:" + "0".repeat(64));
    }
}
