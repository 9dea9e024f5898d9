package dev.toolkeep.protocol.net;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/// One line of a [Reach] that is about this machine, read: `run:/usr/bin/jq` and the like.
record LocalGrant(Kind kind, Path path) {
    enum Kind {
        /// The program may run with the permissions of Toolkeep's own user.
        RUN,
        /// The program may run inside a sandbox.
        SANDBOX,
        /// The program may use the network inside its sandbox.
        NETWORK,
        /// Files in the folder may be read.
        FILE,
        /// Files in the folder may be read, and changed by programs in a sandbox.
        WRITE
    }

    /// Whether `text` is one: no host is followed by a colon and a slash.
    static boolean is(String text) {
        for (Kind kind : Kind.values()) {
            if (text.startsWith(start(kind) + "/")) {
                return true;
            }
        }
        return false;
    }

    static LocalGrant parse(String text) {
        for (Kind kind : Kind.values()) {
            String start = start(kind);
            if (text.startsWith(start)) {
                return new LocalGrant(kind, path(text.substring(start.length())));
            }
        }
        throw new IllegalArgumentException("not a grant of this machine");
    }

    private static Path path(String text) {
        try {
            Path path = Path.of(text);
            boolean plain = text.length() <= 4096 && text.chars().noneMatch(c -> c < ' ' || c == 0x7f);
            if (plain && path.getNameCount() > 0 && path.normalize().toString().equals(text)) {
                return path;
            }
        } catch (InvalidPathException e) {
            // Falls through: it is no path.
        }
        throw new IllegalArgumentException(
                "run:, sandbox:, network:, file: and write: are followed by an absolute path without . and ..");
    }

    private static String start(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT) + ":";
    }
}
