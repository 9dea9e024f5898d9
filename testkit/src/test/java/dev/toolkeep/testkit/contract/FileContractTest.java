package dev.toolkeep.testkit.contract;

import dev.toolkeep.protocol.file.FileProtocol;
import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.FileCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

class FileContractTest extends ProtocolContract {
    @TempDir
    private Path folder;

    @Override
    protected Kit open() throws IOException {
        Files.writeString(folder.resolve("answers"), "more than sixteen bytes");
        Files.writeString(folder.resolve("large"), "x".repeat(1 << 20));
        return new Kit(
                new FileProtocol(),
                new Reach(Set.of("file:" + folder)),
                call("answers"),
                null,
                call("large"),
                call("${TOKEN}"));
    }

    private CallTemplate call(String name) {
        return new CallTemplate.File(new FileCall(folder + "/" + name, List.of(), 16 << 20, "utf-8", List.of()));
    }

    @Override
    protected void close() {}
}
