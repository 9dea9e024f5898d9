package dev.toolkeep.command;

import dev.toolkeep.remote.Failed;
import dev.toolkeep.remote.Listening;
import dev.toolkeep.remote.Servers;
import dev.toolkeep.start.DataFolder;
import dev.toolkeep.start.Running;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// Believes what a server said of itself in its data folder, while it holds that folder's lock and no longer.
public final class RunningServers implements Servers {
    @Override
    public Listening find(Path data) throws Failed {
        Optional<Running> running;
        try {
            running = DataFolder.running(data);
        } catch (IOException e) {
            throw Failed.with(
                    "unreadable",
                    "the data folder " + data + " cannot be looked at",
                    "run this as the user that runs Toolkeep, or name another folder: --data DIR");
        }
        Running server = running.orElseThrow(() -> Failed.with(
                NOT_RUNNING,
                "no Toolkeep runs on " + data + ", or it is still starting",
                "start it: `toolkeep start --data " + data + "`; or name another folder: --data DIR"));
        try {
            return new Listening(server.gateway(), server.console());
        } catch (IllegalArgumentException e) {
            throw Failed.with(
                    "not_loopback",
                    "that Toolkeep does not listen on this machine's loopback address, and a key goes no further",
                    "let its console listen on 127.0.0.1 too");
        }
    }
}
