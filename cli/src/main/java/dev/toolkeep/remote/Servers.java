package dev.toolkeep.remote;

import java.nio.file.Path;

/// Finds the server that runs on a data folder.
@FunctionalInterface
public interface Servers {
    /// The code of the failure that nobody runs there.
    String NOT_RUNNING = "not_running";

    /// @throws Failed (`not_running`) when nobody holds the folder's lock, whatever an old `server.json` says
    Listening find(Path data) throws Failed;
}
