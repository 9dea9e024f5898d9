package dev.toolkeep.command;

import dev.toolkeep.remote.Failed;
import dev.toolkeep.remote.Listening;
import dev.toolkeep.remote.Servers;
import dev.toolkeep.start.DataFolder;
import dev.toolkeep.start.Presence;
import dev.toolkeep.start.Running;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/// Believes what a server said of itself in its data folder, while it holds that folder's lock and no longer.
public final class RunningServers implements Servers {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(50);

    @Override
    public Listening find(Path data) throws Failed {
        Running server = running(data);
        try {
            return new Listening(server.gateway(), server.console());
        } catch (IllegalArgumentException e) {
            throw Failed.with(
                    "not_loopback",
                    "that Toolkeep does not listen on this machine's loopback address, and a key goes no further",
                    "let its console listen on 127.0.0.1 too");
        }
    }

    /// The one that has the folder. One that is still opening, as in a script that just started it, is waited for.
    private static Running running(Path data) throws Failed {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            Presence presence = DataFolder.presence(data);
            while (presence instanceof Presence.Opening && System.nanoTime() < end) {
                Thread.sleep(LOOK);
                presence = DataFolder.presence(data);
            }
            if (presence instanceof Presence.Listening(Running who)) {
                return who;
            }
            boolean opening = presence instanceof Presence.Opening;
            throw Failed.with(
                    NOT_RUNNING,
                    opening
                            ? "the Toolkeep on " + data + " does not listen, after " + PATIENCE.toSeconds() + " s"
                            : "no Toolkeep runs on " + data,
                    opening
                            ? "see what it printed, and try again"
                            : "start it: `toolkeep start --data " + data + "`; or name another folder: --data DIR");
        } catch (IOException e) {
            throw Failed.with(
                    "unreadable",
                    "the data folder " + data + " cannot be looked at",
                    "run this as the user that runs Toolkeep, or name another folder: --data DIR");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failed.with(NOT_RUNNING, "interrupted while Toolkeep was still starting", "try again");
        }
    }
}
