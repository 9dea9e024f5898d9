package dev.toolkeep.command;

import dev.toolkeep.remote.Failed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads what is not on the command line, up to a bound.
final class Input {
    private Input() {}

    static byte[] standard(Desk desk, int most) throws Failed {
        try {
            return bounded(desk.in().readNBytes(most + 1), most);
        } catch (IOException e) {
            throw Failed.with("unreadable", "standard input cannot be read", "name a file instead");
        }
    }

    static byte[] file(Path file, int most) throws Failed {
        try (InputStream in = Files.newInputStream(file)) {
            return bounded(in.readNBytes(most + 1), most);
        } catch (IOException e) {
            throw Failed.with(
                    "no_such_file", "the file " + file + " cannot be read", "see that it is there, and that you may");
        }
    }

    private static byte[] bounded(byte[] read, int most) throws Failed {
        if (read.length > most) {
            throw Failed.with("too_large", "that is larger than " + most + " bytes", "send less at once");
        }
        return read;
    }
}
