package dev.toolkeep.command;

import dev.toolkeep.remote.Failed;
import dev.toolkeep.remote.Listening;
import dev.toolkeep.remote.Servers;
import dev.toolkeep.start.DataFolder;
import dev.toolkeep.start.Presence;
import dev.toolkeep.start.Running;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Believes what a server said of itself in its data folder, while it holds that folder's lock and no longer.
public final class RunningServers implements Servers {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /// A server that ends lets its lock go without a word in the folder, so it is looked at now and then all the same.
    private static final Duration LOOK = Duration.ofMillis(500);

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
        try {
            Presence presence = DataFolder.presence(data);
            if (presence instanceof Presence.Opening) {
                presence = opened(data);
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

    /// What has become of one that was opening: each change in its folder is a reason to look again.
    private static Presence opened(Path data) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try (WatchService changes = data.getFileSystem().newWatchService()) {
            data.register(changes, StandardWatchEventKinds.ENTRY_CREATE);
            Presence presence = DataFolder.presence(data);
            while (presence instanceof Presence.Opening && System.nanoTime() < end) {
                WatchKey change = changes.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                if (change != null) {
                    change.reset();
                }
                presence = DataFolder.presence(data);
            }
            return presence;
        }
    }
}
