package dev.toolkeep.testkit.contract;

import dev.toolkeep.protocol.cli.CliProtocol;
import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.protocol.process.ProcessOptions;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.CliCall;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

class CliContractTest extends ProtocolContract {
    @TempDir
    private Path folder;

    private @Nullable CliProtocol protocol;

    @Override
    protected Kit open() {
        CliProtocol opened = new CliProtocol(new ProcessOptions(System.getenv(), folder));
        protocol = opened;
        return new Kit(
                opened,
                new Reach(Set.of("run:/bin/bash")),
                call("echo more than sixteen bytes"),
                call("touch " + folder + "/hung; sleep 1000"),
                call("while :; do printf %01000d 1; done"),
                call("echo \"$KEY\" >&2; exit 1"));
    }

    private static CallTemplate call(String command) {
        return new CallTemplate.Cli(new CliCall(
                new CliCall.Form.Program("/bin/bash", List.of("-c", command)),
                command.contains("KEY") ? Map.of("KEY", "${TOKEN}") : Map.of(),
                CliCall.INHERITABLE,
                "",
                Duration.ofSeconds(60),
                Set.of(0),
                1 << 20,
                false));
    }

    @Override
    protected void awaitHanging() {
        while (!Files.exists(folder.resolve("hung"))) {
            Thread.onSpinWait();
        }
    }

    @Override
    protected void close() {
        CliProtocol opened = protocol;
        if (opened != null) {
            opened.close();
        }
    }
}
