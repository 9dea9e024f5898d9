package planted.toolkeep.protocol.mcp;

import java.io.IOException;
import java.util.List;

final class StartsPrograms {
    Process builder() throws IOException {
        return new ProcessBuilder("true").start();
    }

    Process runtime() throws IOException {
        return Runtime.getRuntime().exec(new String[] {"true"});
    }

    List<Process> pipeline(List<ProcessBuilder> all) throws IOException {
        return ProcessBuilder.startPipeline(all);
    }
}
