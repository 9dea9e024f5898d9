package dev.toolkeep.bench;

import dev.toolkeep.journal.JournalOptions;
import dev.toolkeep.testkit.TestKeep;
import dev.toolkeep.web.DoorOptions;
import dev.toolkeep.web.GatewayServer;
import java.nio.file.Files;
import java.nio.file.Path;

/// The gateway with a bench's engine, to be loaded from outside: `Serve DIR PORT UPSTREAM disk|os`. It prints
/// nothing but the key it takes, into `DIR/agent.key`, once it listens; it ends with its process.
final class Serve {
    private Serve() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        JournalOptions usual = JournalOptions.DEFAULT;
        JournalOptions journal = new JournalOptions(usual.segmentBytes(), usual.waiting(), arguments[3].equals("disk"));
        TestKeep keep = BenchKeep.open(folder, journal, arguments[2], 10);
        String key = keep.agent("bench", "agent");
        DoorOptions doors = DoorOptions.loopback(Integer.parseInt(arguments[1]), "bench");
        GatewayServer.start(keep.vertx(), keep.gateway(), doors)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        Files.writeString(folder.resolve("agent.key"), key);
    }
}
