package dev.toolkeep.protocol.process;

import java.nio.file.Path;
import java.util.List;

/// What keeps a child in.
public sealed interface Walls {
    /// Nothing but its user's own permissions.
    record None() implements Walls {}

    /// Limits of the operating system on file size, open files, memory and core dumps, where prlimit is there.
    record Limited() implements Walls {}

    /// The limits, and bubblewrap: the system's programs and libraries to read, a private `/tmp`, its own process
    /// numbers, nothing of anybody's home, and nothing it could outlive us in.
    ///
    /// @param network whether it may use the network; otherwise it sees none, not even loopback
    /// @param readable folders and files it may read beside the system's
    /// @param writable folders it may change beside its fresh working directory
    record Sandboxed(boolean network, List<Path> readable, List<Path> writable) implements Walls {
        public Sandboxed {
            readable = List.copyOf(readable);
            writable = List.copyOf(writable);
        }
    }
}
